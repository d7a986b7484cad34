import { describe, expect, it } from 'vitest';
import { chooseEncoding, zstdCompress } from './content-encoding.js';

describe('chooseEncoding', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br ; q=0.5 , gzip;q=0.4', 'br'],
    ['deflate', undefined],
    ['identity', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.1, gzip;q=0.5', 'gzip'],
    ['identity;q=0', undefined],
    ['*;q=0', undefined],
    ['gzip, *;q=0', 'gzip'],
    ['gzip;q=0, br;q=0, zstd;q=0, *', undefined],
    ['gzip;q=nonsense', undefined],
    ['gzip;q=', undefined],
    ['gzip;q=-1', undefined],
    ['gzip;q=2', undefined],
    [',,gzip,,', 'gzip'],
    ['compress, gzip', 'gzip'],
  ])('chooses of %j: %j', (header, expected) => {
    expect(chooseEncoding(header)).toBe(expected);
  });

  it.each(['zstd, br', '*'])('prefers zstd of %j where Node has it, and br elsewhere', (header) => {
    expect(chooseEncoding(header)).toBe(zstdCompress ? 'zstd' : 'br');
  });
});
