import { describe, expect, it } from 'vitest';
import { HubError } from '../../errors/hub-error.js';
import { anonymous, type Reader } from '../../identity/reader.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createFactsHub } from '../../testing/facts-hub.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { countOnJourneys, targetGroups, unknownCounts } from './people-statistics.js';

interface Row {
  readonly groupId: string;
  readonly targetGroup: string;
  readonly hasReport: boolean;
}

const rowsOf = (count: number, row: Row): Row[] => Array.from({ length: count }, () => row);

/** Reports of a group that is home again, and of one that travels. */
const rows: readonly Row[] = [
  ...rowsOf(9, { groupId: 'home', targetGroup: 'JUDGES', hasReport: true }),
  ...rowsOf(3, { groupId: 'home', targetGroup: 'POLICE', hasReport: true }),
  ...rowsOf(1, { groupId: 'away', targetGroup: 'POLICE', hasReport: true }),
  ...rowsOf(4, { groupId: 'away', targetGroup: 'GUARDS', hasReport: false }),
  ...rowsOf(5, { groupId: 'away', targetGroup: 'PRESS', hasReport: true }),
];

const countByTarget = (some: readonly Row[]) => {
  const counts = new Map<string, number>();
  for (const { targetGroup } of some) counts.set(targetGroup, (counts.get(targetGroup) ?? 0) + 1);
  return counts;
};

function count(reader: Reader, answer: Parameters<typeof createFactsHub>[0]) {
  const { askHub, asked } = createFactsHub(answer);
  const clock = () => new Date('2026-11-25T09:00:00Z');
  const context = { reader, askHub, clock, countThreshold: 5 } as PartnerContext;
  return {
    asked,
    counts: countOnJourneys(context, rows, ({ hasReport }) => hasReport, countByTarget),
  };
}

const visitsOf = (_field: string, id: string) => ({
  visits: [{ returnedOn: id === 'home' ? '2026-10-12' : null }],
});

describe('countOnJourneys', () => {
  it('counts everything for signed-in callers, without a request', async () => {
    const { counts, asked } = count(readerOf('dk', 'analyst'), visitsOf);
    expect(await counts).toEqual(
      new Map([
        ['JUDGES', 9],
        ['POLICE', 4],
        ['PRESS', 5],
      ]),
    );
    expect(asked).toEqual([]);
  });

  it('counts for others what happened on known journeys, if the rest is few', async () => {
    const { counts, asked } = count(anonymous, visitsOf);
    expect(await counts).toEqual(
      new Map([
        ['JUDGES', 9],
        ['POLICE', 3],
        ['GUARDS', 0],
        ['PRESS', undefined],
      ]),
    );
    expect(asked).toEqual([['group home', 'group away']]);
  });

  it('knows of no journey if the network does not respond', async () => {
    const { counts } = count(anonymous, () => {
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    });
    expect(await counts).toEqual(
      new Map([
        ['JUDGES', undefined],
        ['POLICE', 0],
        ['GUARDS', 0],
        ['PRESS', undefined],
      ]),
    );
  });
});

describe('unknownCounts', () => {
  it('shows no count of any target group', () => {
    expect([...unknownCounts]).toEqual(targetGroups.map((key) => [key, undefined]));
    expect(targetGroups).toEqual([...targetGroups].toSorted());
  });
});
