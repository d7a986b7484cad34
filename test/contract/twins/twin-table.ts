import { testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import * as ofOffices from '../../../subgraphs/ncm-offices/testing/test-mutations.js';
import type { Facts, Names, Side, Values } from './twin-sides.js';

export const rule = (name: string, argument: string, situation?: string) => ({
  code: 'RULE_VIOLATED',
  rule: name,
  argument: `input.${argument}`,
  ...(situation && { situation }),
});
export const unknown = (argument: string) => ({ code: 'NOT_FOUND', argument: `input.${argument}` });
const bad = (argument: string) => ({
  code: 'BAD_USER_INPUT',
  argument: `input.${argument}`,
});
export const conflict = (argument: string, currentVersion = 1) => ({
  code: 'CONFLICT',
  argument: `input.${argument}`,
  currentVersion,
});

/** What is wrong; what the input has instead; the refusal; the facts that differ. */
export type Case = readonly [what: string, input: Values, refusal: object, facts?: Facts];

/** `{code}` and the like stand for what a side calls it. */
export interface Twins {
  readonly mutations: readonly [one: string, other: string];
  readonly input: Values;
  readonly cases: readonly Case[];
  prepare?(side: Side): Promise<unknown>;
}

export const departedGroup = { group: { visits: [ofOffices.departed] } };
export const cancelledGroup = { group: { cancelledOn: '2010-01-01' } };
/** What the network says of a group that is back. */
export const back: Facts = {
  group: { visits: [ofOffices.returned] },
  visit: { departedOn: '2010-04-12', returnedOn: '2010-04-17' },
};
export const underWay: Facts = {
  group: { visits: [ofOffices.departed] },
  visit: { departedOn: '2010-04-12' },
};
export const blanks = (...names: readonly string[]): Case[] =>
  names.map((name) => [`a blank ${name}`, { [name]: ' ' }, bad(name)]);
export const days: Case[] = [
  ['before the programme', { on: '2008-12-31' }, rule('OUTSIDE_PROGRAMME', 'on')],
  ['after the programme', { on: '2011-01-01' }, rule('OUTSIDE_PROGRAMME', 'on')],
  ['tomorrow', { on: '2999-01-01' }, rule('FUTURE', 'on')],
];
/** The names of one side in place of those in braces. */
function inWordsOf({ words, ...names }: Names, input: Values): Values {
  const own: Readonly<Record<string, string>> = { ...names, own: names.host, ...words };
  const fill = (text: string, known: typeof own) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? name);
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [
      fill(key, own),
      typeof value === 'string' ? fill(value, own) : value,
    ]),
  );
}

type Open = (kind: TestDatabaseKind) => Promise<Side>;

/** Expects that both sides refuse the same, each in its own words, and then write nothing. */
export function describeTwins(
  twins: readonly Twins[],
  [openOne, openOther]: readonly [Open, Open],
): void {
  describe.each(twins)('$mutations', ({ mutations, input, cases, prepare }) => {
    it.each(testDatabases)('are refused alike, in the words of each side: $name', async (kind) => {
      await using one = await openOne(kind);
      await using other = await openOther(kind);
      for (const [side, mutation] of [
        [one, mutations[0]],
        [other, mutations[1]],
      ] as const) {
        await prepare?.(side);
        const before = await side.rows();
        for (const [what, change, expected, facts] of cases) {
          const call = inWordsOf(side.names, { ...input, ...change });
          const refusal = await side.refusal(mutation, call, facts);
          const argument = String((expected as { argument?: string }).argument);
          const own = argument.replace(/\w+$/, (name) => side.names.words[name] ?? name);
          const inOwnWords = 'argument' in expected ? { ...expected, argument: own } : expected;
          expect.soft(refusal, `${mutation}: ${what}`).toMatchObject(inOwnWords);
        }
        expect(await side.rows(), mutation).toEqual(before);
      }
    });
  });
}
