import fc from 'fast-check';
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenHub } from '../../e2e/network/open-hub.js';
import { sampleOf, sampleSize } from '../../sample.js';
import { fixedSeeds } from '../seeds.js';
import { openOracle, type Oracle } from './compare.js';
import { left, leftFields } from './operations.js';
import { filterOf, pageThrough, pagedLists, wholePage } from './paging.js';
import { polices } from './rows.js';

/** What the engine joins into one fetch with `members`, and does not ask where that is skipped. */
const besideSkipped = `query ($no: Boolean!) { groups(first: 12) { nodes { delegates { nominations { group {
  members @skip(if: $no) { report { receivedOn } } coordinatingOffice { kind } } } } } } }`;

/** What the engine fetches for the groups of officers too, though only those of delegates show it. */
const besideOfficers = `{ programmes { groups { members {
  ... on Officer { isRehearsal groups { id } } ... on Delegate { groups { stateIsCertain } } } } } }`;

/** The same for the groups of delegates. All that have ended are theirs, so that no police is needed. */
const besideDelegates = `{ endings { nodes { group { members {
  ... on Officer { groups { formalitiesOpen } } ... on Delegate { groups { id } } } } } } }`;

/** Aliases with the name of what the hub itself needs to know whom to ask of a loan. */
const asKey = `{ visit(id: "nbnp:demo-visit-2") {
  experts { expertId: loanGranted } again: experts { expertId: visit { hostings { status } } loanGrantedVersion } } }`;

/**
 * The root fields that need no argument, each with all that it and what it leads to say of themselves: two steps on, and
 * one, because the hub refuses the two of a list whose records lead to many lists.
 */
function everyRoot(schema: GraphQLSchema): (readonly [far: string, near: string])[] {
  const isOpen = ({ args }: Pick<GraphQLField<unknown, unknown>, 'args'>) =>
    args.every(({ type }) => !isNonNullType(type));
  const select = (named: GraphQLNamedType, depth: number): string => {
    if (isLeafType(named)) return '';
    const fields = Object.values('getFields' in named ? named.getFields() : {});
    const parts = fields.flatMap((field) => {
      const type = getNamedType(field.type as GraphQLOutputType);
      const isOpenHere = 'args' in field && isOpen(field) && !leftFields.includes(field.name);
      const isShown = isOpenHere && (isLeafType(type) || depth > 0);
      return isShown ? `${field.name} ${select(type, depth - 1)}` : [];
    });
    return `{ __typename ${parts.join(' ')} }`;
  };
  return Object.values(schema.getQueryType()?.getFields() ?? {})
    .filter((field) => !left.includes(field.name) && isOpen(field))
    .map(({ name, type }) => {
      const query = (depth: number) => `{ ${name} ${select(getNamedType(type), depth)} }`;
      return [query(2), query(1)] as const;
    });
}

/** Some of the partners, the same for a seed. Without the network there would be little to compare. */
const drawAway = (seed: number): string[] =>
  fc.sample(fc.subarray([...polices, 'ncm'], { minLength: 1 }), { seed, numRuns: 1 })[0] ?? [];

const isOfOffices = (field: string): boolean => field.startsWith('delegate');

async function compareRoots(oracle: Oracle, hub: OpenHub, away: readonly string[]): Promise<void> {
  const check = (query: string) => oracle.check(hub, away, { query, variables: {} });
  for (const [far, near] of sampleOf(9, everyRoot(oracle.schema)))
    if ((await check(far)) === 'refused') expect(await check(near), near).toBe('compared');
}

describe('the network beside one schema over its partners’ databases', () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await openOracle();
  });
  afterAll(() => oracle[Symbol.asyncDispose]());

  it.each(fixedSeeds)('has the same data, and no errors, when all are there: seed %i', (seed) =>
    oracle.compare(oracle.network, [], { seed, numRuns: sampleSize(6, 30) }),
  );

  it('has every root field with all its values', () => compareRoots(oracle, oracle.network, []));

  it.each([true, false])(
    'has what is selected beside something that is skipped: %s',
    async (no) => {
      const operation = { query: besideSkipped, variables: { no } };
      expect(await oracle.check(oracle.network, [], operation)).toBe('compared');
    },
  );

  it('lacks nothing that another type or name alone selects', async () => {
    const away = ['dk', 'is', 'lv', 'no', 'se'];
    await using hub = await oracle.network.openHubWithout(away);
    for (const query of [besideOfficers, besideDelegates, asKey])
      expect(await oracle.check(hub, away, { query, variables: {} }), query).toBe('compared');
  });

  describe.each(fixedSeeds)('without those who are away, seed %i', (seed) => {
    const away = drawAway(seed);
    let hub: OpenHub;
    beforeAll(async () => {
      hub = await oracle.network.openHubWithout(away);
    });
    afterAll(() => hub[Symbol.asyncDispose]());

    it('lacks their rows, and names them', () =>
      oracle.compare(hub, away, { seed, numRuns: sampleSize(6, 30) }));

    it('has every root field with all its other values', () => compareRoots(oracle, hub, away));

    it('pages through every row once, from its own cursors', async () => {
      const lists = pagedLists.filter(({ field }) => !isOfOffices(field) || !away.includes('ncm'));
      for (const list of sampleOf(3, lists)) {
        const [size = 1] = fc.sample(fc.integer({ min: 1, max: 9 }), { seed, numRuns: 1 });
        const all = await pageThrough(hub, list, 1000);
        expect(all.length, list.field).toBeGreaterThan(0);
        for (const isBackwards of [false, true]) {
          const pages = await pageThrough(hub, list, size, isBackwards);
          expect(pages, `${list.field} by ${size}`).toEqual(all);
          for (const rows of [size, all.length, 1000]) {
            const asked = `${isBackwards ? 'last' : 'first'}: ${rows}`;
            const query = `{ ${list.field}(${filterOf(list)}${asked}) { ${wholePage(list)} } }`;
            expect(await oracle.check(hub, away, { query, variables: {} })).toBe('compared');
          }
        }
      }
    });
  });
});
