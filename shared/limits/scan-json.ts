import type { OperationLimits } from './limits.js';
import { tooComplex } from './too-complex.js';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
/** Values outside the variables: parameters of the request, and unknown extensions. */
const otherValues = 1_000;
/** `[` and `{`. */
const opening: readonly number[] = [0x5b, 0x7b];
const closing: readonly number[] = [0x5d, 0x7d];

/**
 * Counts nested brackets and values of JSON before it is parsed: a megabyte of brackets takes the
 * parser a quarter of a second, a megabyte of names 40 ms. Invalid JSON is left to the parser.
 * @throws HubError `QUERY_TOO_COMPLEX`
 */
export function scanJson(
  json: Uint8Array,
  { nesting, values }: Pick<OperationLimits, 'nesting' | 'values'>,
): void {
  // The body and its `variables` are two objects around the counted values.
  const most = nesting + 2;
  let open = 0;
  let commas = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index] ?? 0;
    if (isInString) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) isInString = true;
    else if (byte === comma) commas += 1;
    else if (opening.includes(byte)) open += 1;
    else if (closing.includes(byte)) open -= 1;
    if (commas > values + otherValues) throw tooComplex('values', values);
    if (open > most) throw tooComplex('nesting', nesting);
  }
}
