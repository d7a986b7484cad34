// cspell:ignore factsonly
import { describe, expect, it } from 'vitest';
import { UsageError, readNetworkConfig } from '../../config.js';
import { readStartOptions } from './start-options.js';

const { network } = readNetworkConfig({});
const read = (...argv: string[]) => readStartOptions(argv, network, () => undefined);

describe('npm start', () => {
  it('starts all partners with all data by default', () => {
    expect(read()).toEqual({
      without: [],
      factsOnly: false,
      newDatabase: false,
      workers: undefined,
    });
  });

  it('leaves out the named partners, and the demonstration', () => {
    expect(read('--without', 'no,se', '--facts-only')).toEqual({
      without: ['no', 'se'],
      factsOnly: true,
      newDatabase: false,
      workers: undefined,
    });
    expect(read('--workers', '2').workers).toBe(2);
    expect(read('--without=no', '--without', ' se, dk')).toEqual({
      without: ['no', 'se', 'dk'],
      factsOnly: false,
      newDatabase: false,
      workers: undefined,
    });
  });

  it('rejects unknown partners and flags, and lists the known ones', () => {
    expect(() => read('--without', 'no,xx')).toThrow('no partner has the code xx');
    for (const argv of [
      ['--without', 'NO'],
      ['--without'],
      ['--factsonly'],
      ['--workers', '0'],
      ['no'],
    ]) {
      expect(() => read(...argv), argv.join(' ')).toThrow(UsageError);
      expect(() => read(...argv), argv.join(' ')).toThrow('Usage: npm start');
    }
  });
});
