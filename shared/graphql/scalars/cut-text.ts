/** The sign at the end of a cut text. */
const sign = '…';

/** Cuts a text to at most `most` UTF-16 code units. A cut text ends with `…`. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - sign.length);
  // Do not leave half of a surrogate pair.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}${sign}`;
}
