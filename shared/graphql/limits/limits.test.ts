import { describe, expect, it } from 'vitest';
import { readLimits } from './limit-variables.js';
import { defaultLimits, foreignLimits, partnerLimits, type Limits } from './limits.js';

const names = Object.keys(defaultLimits) as (keyof Limits)[];

describe('partnerLimits', () => {
  it('are never stricter than those of the hub', () => {
    expect(names.filter((name) => partnerLimits[name] < defaultLimits[name])).toEqual([]);
    for (const name of [
      'tokens',
      'aliases',
      'rootFields',
      'directives',
      'fields',
      'cost',
    ] as const) {
      expect(partnerLimits[name], name).toBeGreaterThanOrEqual(10 * defaultLimits[name]);
    }
  });
});

describe('foreignLimits', () => {
  it('are never stricter than the hub’s own, except for the assumed size of lists', () => {
    const stricter = names.filter((name) => foreignLimits[name] < defaultLimits[name]);
    expect(stricter).toEqual(['listSize']);
  });
});

describe('readLimits', () => {
  it('reads the environment, with defaults', () => {
    const set = { HUB_LIMIT_BODY_BYTES: 5, HUB_LIMIT_CONNECTIONS_PER_ADDRESS: 6 };
    expect(readLimits(set, defaultLimits)).toEqual({
      ...defaultLimits,
      bodyBytes: 5,
      connectionsPerAddress: 6,
    });
  });

  it('finds a variable for each limit', () => {
    const variables = names.map(
      (name) => `HUB_LIMIT_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`,
    );
    const set = Object.fromEntries(variables.map((variable) => [variable, 7]));
    expect(new Set(Object.values(readLimits(set, defaultLimits)))).toEqual(new Set([7]));
  });
});
