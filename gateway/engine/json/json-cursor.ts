import { randomInt } from 'node:crypto';

/**
 * What JSON of a response may have at most. V8 parses a megabyte of rows in 10 ms. A megabyte of
 * brackets, of short texts, or of objects with ever other names takes it 50 to 200 ms.
 */
const most = {
  /** Operations are at most 200 fields deep, and each field may be a list. */
  depth: 1_000,
  /** Lists, objects and commas: as many as an operation may cost. */
  values: 1_000_000,
  /** Names after other names: as many as a document for a partner has fields. */
  shapes: 10_000,
} as const;

/** Shorter JSON is not worth a scan. */
const shortest = 1_000;

/** Twice as many slots as there may be entries, so that a free one is found soon. */
const slots = 32_768;
/** Differs in each process, so that nobody can prepare names with equal hashes. */
const seed = randomInt(2 ** 31);
/** The hashes of the shapes that were found. 0 is a free slot. */
const table = new Uint32Array(slots);
/** The hash of the names so far, for each of the objects around the current place. */
const shapeAt = new Uint32Array(most.depth + 1);

/**
 * Finds out before parsing what makes JSON slow to parse, in a single pass over its bytes. Invalid
 * JSON is left to the parser.
 * @returns what it has too much of. Undefined if it can be parsed.
 */
export function findExcess(bytes: Buffer): keyof typeof most | undefined {
  if (bytes.length <= shortest) return undefined;
  table.fill(0);
  let depth = 0;
  let values = 0;
  let shapes = 0;
  let name = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case 34: // "
        name = seed;
        for (at += 1; at < bytes.length && bytes[at] !== 34; at += 1) {
          // What follows a backslash does not end the text.
          if (bytes[at] === 92) name = addByte(name, bytes[(at += 1)]);
          name = addByte(name, bytes[at]);
        }
        break;
      case 58: // :
        shapes += addShape(depth, name);
        if (shapes > most.shapes) return 'shapes';
        break;
      case 91: // [
      case 123: // {
        depth += 1;
        if (depth > most.depth) return 'depth';
        shapeAt[depth] = 0;
        values += 1;
        break;
      case 44: // ,
        values += 1;
        break;
      case 93: // ]
      case 125: // }
        depth -= 1;
        break;
      default:
      // Other values take little time.
    }
    if (values > most.values) return 'values';
  }
  return undefined;
}

const addByte = (hash: number, byte = 0): number => Math.imul(hash ^ byte, 0x01000193);

/**
 * Adds a name to the object at this depth. V8 makes a hidden class for each new sequence of names.
 * @returns 1 for a sequence that was not there before, else 0
 */
function addShape(depth: number, name: number): 0 | 1 {
  const mixed = Math.imul((shapeAt[depth] ?? 0) ^ name, 0x9e3779b1);
  // 0 is a free slot.
  const shape = (mixed ^ (mixed >>> 15)) >>> 0 || 1;
  shapeAt[depth] = shape;
  let slot = shape % slots;
  while (table[slot] !== 0 && table[slot] !== shape) slot = (slot + 1) % slots;
  if (table[slot] === shape) return 0;
  table[slot] = shape;
  return 1;
}

/**
 * A position in a text that is being parsed. Any unexpected form ends the parsing with {@link
 * unexpected}.
 */
export interface JsonCursor {
  /** JSON in UTF-8. */
  readonly bytes: Buffer;
  /** The same bytes, for comparing several at a time. */
  readonly view: DataView;
  /** One character for each byte. Equal to the text if the bytes are ASCII. */
  readonly text: string;
  /** The next byte. */
  at: number;
}

/** Opens a cursor at the first byte. */
export const openCursor = (bytes: Buffer): JsonCursor => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
  text: bytes.toString('latin1'),
  at: 0,
});

/**
 * Thrown for an unexpected form. It carries no detail, because the text is then parsed in another
 * way.
 */
export const unexpected = new Error('JSON in another form than expected');

const quotation = 34;
const comma = 44;
const minus = 45;
const point = 46;
const zero = 48;
const closingBracket = 93;
const backslash = 92;

/** Lists in a scalar that are nested deeper go to a parser that is not recursive. */
const deepestList = 8;

/** Parses a value without a selection: a scalar, or a list of scalars. */
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

/**
 * 1 for each byte that stands for itself in a string: ASCII without control characters, quotation
 * mark and backslash.
 */
const plainBytes = Uint8Array.from({ length: 256 }, (_none, byte) =>
  byte >= 32 && byte < 128 && byte !== quotation && byte !== backslash ? 1 : 0,
);

/** Skips all bytes that stand for themselves. */
export function skipPlain(bytes: Buffer, from: number): number {
  let at = from;
  // Beyond the end there is no byte.
  while (plainBytes[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

/** Parses a string without escapes. */
function readString(cursor: JsonCursor): string {
  const { bytes } = cursor;
  const start = cursor.at + 1;
  const at = skipPlain(bytes, start);
  if (bytes[at] !== quotation) return readWideString(cursor, start, at);
  cursor.at = at + 1;
  return cursor.text.slice(start, at);
}

/** Parses a string with characters that are not ASCII, from the first of them. */
function readWideString(cursor: JsonCursor, start: number, from: number): string {
  const { bytes } = cursor;
  let at = from;
  for (let byte = bytes[at] ?? 0; byte !== quotation; byte = bytes[at] ?? 0) {
    if (byte < 32 || byte === backslash) throw unexpected;
    at += 1;
  }
  cursor.at = at + 1;
  // Faster than with the name of the encoding.
  return bytes.toString(undefined, start, at);
}

/** Parses a null. */
export const readNull = (cursor: JsonCursor): null => readWord(cursor, 'null', null);

function readWord<Value>(cursor: JsonCursor, word: string, value: Value): Value {
  if (!cursor.text.startsWith(word, cursor.at)) throw unexpected;
  cursor.at += word.length;
  return value;
}

/** Every integer with this many digits is exact. */
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

/** The number has a fraction or an exponent. */
const continuesNumber = (byte: number | undefined): boolean =>
  byte === point || byte === 69 /* E */ || byte === 101; /* e */

/** Negative if there is no digit. */
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
