/** A text as searches compare it: composed, in lower case, which databases do differently beyond ASCII. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** What a search looks through: the texts folded, one a line, so that no match spans two of them. */
export function toSearchText(texts: readonly string[]): string {
  return texts.map(fold).join('\n');
}

/** The pattern of `LIKE … ESCAPE '\'` that finds a text literally, anywhere. */
export function toSearchPattern(search: string): string {
  return `%${fold(search).replace(/[\\%_]/g, '\\$&')}%`;
}
