import { Lexer, parse, print, Source, TokenKind, type Token } from 'graphql';

/** All tokens of a document in their order, with its comments. */
function listTokens(text: string): readonly Token[] {
  const lexer = new Lexer(new Source(text));
  const tokens: Token[] = [];
  // The lexer passes over comments, but keeps them in its chain of tokens.
  while (lexer.advance().kind !== TokenKind.EOF);
  for (let token = lexer.token.prev; token; token = token.prev) tokens.push(token);
  return tokens.reverse().filter(({ kind }) => kind !== TokenKind.SOF);
}

const isComment = ({ kind }: Token): boolean => kind === TokenKind.COMMENT;

/** Printing leaves out the word `query` where a selection follows, outside of all selections. */
function listLeftOut(tokens: readonly Token[]): ReadonlySet<Token> {
  const others = tokens.filter((token) => !isComment(token));
  let depth = 0;
  return new Set(
    others.filter(({ kind, value }, index) => {
      if (kind === TokenKind.BRACE_L) depth += 1;
      if (kind === TokenKind.BRACE_R) depth -= 1;
      return depth === 0 && value === 'query' && others[index + 1]?.kind === TokenKind.BRACE_L;
    }),
  );
}

/**
 * Writes the comments of a document into its printed form: behind the token that they stand behind,
 * else above the line of the token that follows. Both forms have the same tokens.
 */
function keepComments(source: readonly Token[], printed: string): string {
  const places = listTokens(printed).map(({ line }) => line - 1);
  const lines = printed.split('\n');
  const above = lines.map(() => [] as string[]);
  const behind = lines.map(() => [] as string[]);
  const leftOut = listLeftOut(source);
  let before = 0;
  let lastLine = 0;
  for (const token of source) {
    if (!isComment(token)) {
      if (!leftOut.has(token)) before += 1;
      lastLine = token.line;
      continue;
    }
    const text = `#${token.value}`;
    const isBehind = token.line === lastLine;
    const place = (isBehind ? places[before - 1] : places[before]) ?? lines.length - 1;
    (isBehind ? behind : above)[place]?.push(text);
  }
  return lines
    .flatMap((line, index) => {
      const indent = /^\s*/.exec(line)?.[0] ?? '';
      const own = (above[index] ?? []).map((text) => `${indent}${text}`);
      return [...own, [line, ...(behind[index] ?? [])].join(' ').trimEnd()];
    })
    .join('\n');
}

/** The document in its usual form, with its comments; undefined while it has an error. */
export function format(query: string): string | undefined {
  try {
    return keepComments(listTokens(query), `${print(parse(query))}\n`);
  } catch {
    return undefined;
  }
}
