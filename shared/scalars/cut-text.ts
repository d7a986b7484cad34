/** The sign at the end of a text that is not whole. */
const sign = '…';

/** A text of at most `most` UTF-16 code units: a longer one is cut, and ends with `…`. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - sign.length);
  // Do not leave half of a surrogate pair.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}${sign}`;
}
