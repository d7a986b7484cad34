import { describe, expect, it } from 'vitest';
import { WrittenData, writeResult } from './write-result.js';

describe('writeResult', () => {
  it('writes what `JSON.stringify` writes, in UTF-8', () => {
    const data = { name: 'Åsa жук 𝄞 "q"' };
    const written = new WrittenData(WrittenData.encode(JSON.stringify(data))) as never;
    for (const rest of [{}, { errors: undefined }, { extensions: { by: 'Ž"' } }]) {
      const bytes = writeResult({ data: written, ...rest });
      expect(bytes.toString()).toBe(JSON.stringify({ data, ...rest }));
    }
    expect(writeResult({ data, errors: undefined })).toBe(JSON.stringify({ data }));
  });
});
