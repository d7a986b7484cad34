/** Where a text is being read. What is not written as expected ends the reading by {@link unexpected}. */
export interface JsonCursor {
  /** JSON in UTF-8. */
  readonly bytes: Buffer;
  /** The same, to compare several at a time. */
  readonly view: DataView;
  /** A character for each byte, which is what the bytes say where they are ASCII. */
  readonly text: string;
  /** The next byte. */
  at: number;
}

/** Begins to read. */
export const openCursor = (bytes: Buffer): JsonCursor => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
  text: bytes.toString('latin1'),
  at: 0,
});

/** Thrown where a text is not written as expected. It says no more, since the text is then read by other means. */
export const unexpected = new Error('JSON in another form than expected');

const quotation = 34;
const comma = 44;
const minus = 45;
const point = 46;
const zero = 48;
const closingBracket = 93;
const backslash = 92;

/** Lists of a scalar’s that are deeper than this are left to a parser that does not call itself. */
const deepestList = 8;

/** Reads a value of which nothing is selected: a scalar, or a list of them. */
export function readLeaf(cursor: JsonCursor, depth = 0): unknown {
  switch (cursor.bytes[cursor.at]) {
    case quotation:
      return readString(cursor);
    case 91: // [
      if (depth === deepestList) throw unexpected;
      return readLeaves(cursor, depth + 1);
    case 110: // n
      return readNull(cursor);
    case 116: // t
      return readWord(cursor, 'true', true);
    case 102: // f
      return readWord(cursor, 'false', false);
    default:
      return readNumber(cursor);
  }
}

function readLeaves(cursor: JsonCursor, depth: number): unknown[] {
  const { bytes } = cursor;
  const leaves: unknown[] = [];
  cursor.at += 1;
  if (bytes[cursor.at] === closingBracket) {
    cursor.at += 1;
    return leaves;
  }
  for (;;) {
    leaves.push(readLeaf(cursor, depth));
    const next = bytes[cursor.at];
    cursor.at += 1;
    if (next === closingBracket) return leaves;
    if (next !== comma) throw unexpected;
  }
}

/** 1 for each byte that stands for itself in a string: all ASCII but control characters, quotation mark and backslash. */
const plainBytes = Uint8Array.from({ length: 256 }, (_none, byte) =>
  byte >= 32 && byte < 128 && byte !== quotation && byte !== backslash ? 1 : 0,
);

/** A string without escapes: none is needed but for quotation marks, backslashes and control characters. */
function readString(cursor: JsonCursor): string {
  const { bytes } = cursor;
  const start = cursor.at + 1;
  let at = start;
  // Beyond the end there is no byte.
  while (plainBytes[bytes[at] ?? 0] === 1) at += 1;
  if (bytes[at] !== quotation) return readWideString(cursor, start, at);
  cursor.at = at + 1;
  return cursor.text.slice(start, at);
}

/** One with other letters than ASCII’s, from the first of them. */
function readWideString(cursor: JsonCursor, start: number, from: number): string {
  const { bytes } = cursor;
  let at = from;
  for (let byte = bytes[at] ?? 0; byte !== quotation; byte = bytes[at] ?? 0) {
    if (byte < 32 || byte === backslash) throw unexpected;
    at += 1;
  }
  cursor.at = at + 1;
  // Quicker than by the encoding’s name.
  return bytes.toString(undefined, start, at);
}

/** Reads a null. */
export const readNull = (cursor: JsonCursor): null => readWord(cursor, 'null', null);

function readWord<Value>(cursor: JsonCursor, word: string, value: Value): Value {
  if (!cursor.text.startsWith(word, cursor.at)) throw unexpected;
  cursor.at += word.length;
  return value;
}

/** As many digits as a number has that every integer of is exact. */
const mostDigits = 15;

function readNumber(cursor: JsonCursor): number {
  const { bytes } = cursor;
  const isNegative = bytes[cursor.at] === minus;
  const start = isNegative ? cursor.at + 1 : cursor.at;
  let at = start;
  let value = 0;
  for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
    value = value * 10 + digit;
    at += 1;
  }
  const length = at - start;
  const isPlain = length === 1 || (length > 0 && length <= mostDigits && bytes[start] !== zero);
  if (!isPlain || continuesNumber(bytes[at])) return readOtherNumber(cursor);
  cursor.at = at;
  return isNegative ? -value : value;
}

/** A fraction or an exponent is still to come. */
const continuesNumber = (byte: number | undefined): boolean =>
  byte === point || byte === 69 /* E */ || byte === 101; /* e */

/** Less than 0 where there is none. */
function digitAt(bytes: Buffer, at: number): number {
  const digit = (bytes[at] ?? 0) - zero;
  return digit > 9 ? -1 : digit;
}

const otherNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readOtherNumber(cursor: JsonCursor): number {
  otherNumber.lastIndex = cursor.at;
  const [found] = otherNumber.exec(cursor.text) ?? [];
  if (found === undefined) throw unexpected;
  cursor.at += found.length;
  return Number(found);
}
