import { Lexer, Source, TokenKind } from 'graphql';
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
 * Counts tokens and open brackets before anything is parsed: the parser calls itself for each bracket, and would end
 * for lack of stack. What is no token is left to the parser, which comes no further.
 * @throws HubError `QUERY_TOO_COMPLEX`
 */
export function scanTokens(
  text: string,
  { tokens, nesting }: Pick<OperationLimits, 'tokens' | 'nesting'>,
): void {
  const lexer = new Lexer(new Source(text));
  let open = 0;
  for (let count = 1; ; count += 1) {
    const kind = readKind(lexer);
    if (kind === undefined || kind === TokenKind.EOF) return;
    if (count > tokens) throw tooComplex('tokens', tokens);
    if (opening.has(kind)) open += 1;
    if (closing.has(kind)) open -= 1;
    if (open > nesting) throw tooComplex('nesting', nesting);
  }
}

function readKind(lexer: Lexer): string | undefined {
  try {
    return lexer.advance().kind;
  } catch {
    return undefined;
  }
}
