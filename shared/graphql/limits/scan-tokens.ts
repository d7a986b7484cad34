import { Lexer, Source, TokenKind, type Token } from 'graphql';
import { HubError } from '../../errors/hub-error.js';
import type { OperationLimits } from './limits.js';
import { tooComplex } from './too-complex.js';

const opening: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const closing: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/**
 * The longest name of a field, an argument, an alias or a type. Errors, plans and records repeat
 * names.
 */
const longestName = 1_000;

/**
 * Counts tokens and nested brackets before parsing, because the parser is recursive and its stack
 * could overflow. An invalid token is left to the parser, which stops there.
 * @throws HubError `QUERY_TOO_COMPLEX`, and `BAD_REQUEST` for a name that is too long
 */
export function scanTokens(
  text: string,
  { characters, tokens, nesting }: Pick<OperationLimits, 'characters' | 'tokens' | 'nesting'>,
): void {
  if (text.length > characters) throw tooComplex('characters', characters);
  const lexer = new Lexer(new Source(text));
  let open = 0;
  for (let count = 1; ; count += 1) {
    const token = readToken(lexer);
    if (token === undefined || token.kind === TokenKind.EOF) return;
    const { kind } = token;
    if (kind === TokenKind.NAME && token.end - token.start > longestName) {
      const message = `A name in a document must have at most ${longestName} characters.`;
      throw new HubError('BAD_REQUEST', { message });
    }
    if (count > tokens) throw tooComplex('tokens', tokens);
    if (opening.has(kind)) open += 1;
    if (closing.has(kind)) open -= 1;
    if (open > nesting) throw tooComplex('nesting', nesting);
  }
}

function readToken(lexer: Lexer): Token | undefined {
  try {
    return lexer.advance();
  } catch {
    return undefined;
  }
}
