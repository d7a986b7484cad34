import { createResponseParser } from './compile-parser.js';

/** For tests: a parser that was used often enough to be compiled. */
export function createWarmParser(...selected: Parameters<typeof createResponseParser>) {
  const read = createResponseParser(...selected);
  for (let use = 0; use < 20; use += 1) read(Buffer.from('{"data":null}'));
  return read;
}

/** For tests: the result of a parser: a value, or nothing if it threw. */
export function attempt(parser: (bytes: Buffer) => unknown, bytes: Buffer): unknown {
  try {
    return { value: parser(bytes) };
  } catch {
    return 'no JSON';
  }
}
