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
