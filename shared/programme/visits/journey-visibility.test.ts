import { describe, expect, it } from 'vitest';
import { HubError } from '../../errors/hub-error.js';
import { anonymous, type Reader } from '../../identity/reader.js';
import type { AskHub } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createFactsHub, type TestFact } from '../../testing/facts-hub.js';
import { findKnownJourneys, mayKnowJourneys } from './journey-visibility.js';

const analyst: Reader = {
  kind: 'person',
  organisation: 'no',
  subject: 'no-analyst',
  role: 'analyst',
  purpose: undefined,
};

/** Visits from which the group has returned on these days. */
const visitsOf = (...returns: (string | null)[]): TestFact => ({
  visits: returns.map((returnedOn) => ({ returnedOn })),
});

const groups: Readonly<Record<string, TestFact>> = {
  ended: visitsOf('2026-11-03', '2026-10-12'),
  yesterday: visitsOf('2026-11-24'),
  today: visitsOf('2026-10-12', '2026-11-25'),
  tomorrow: visitsOf('2026-10-12', '2026-11-26'),
  planned: visitsOf(null, '2026-10-12'),
  notReturned: visitsOf(null),
  hiddenVisit: { visits: [null, { returnedOn: '2026-10-12' }] },
  cancelledAhead: {
    visits: [
      { returnedOn: '2026-10-12', cancelledOn: null },
      { returnedOn: null, cancelledOn: '2026-10-01' },
    ],
  },
  onlyCancelled: {
    visits: [{ returnedOn: null, cancelledOn: '2026-10-01' }],
  },
  withoutVisit: visitsOf(),
  withheld: { visits: null },
};

const clock = () => new Date('2026-11-25T09:00:00Z');

function createContext(
  reader: Reader,
  answer = (_field: string, id: string) => groups[id] ?? null,
) {
  const { askHub, asked } = createFactsHub(answer);
  return { context: { askHub, clock, reader } as PartnerContext, asked };
}

describe('mayKnowJourneys', () => {
  it.each([
    ['all visits have ended', 'ended', true],
    ['the group is back since yesterday', 'yesterday', true],
    ['the group is back since today', 'today', true],
    ['a visit that is to come was cancelled', 'cancelledAhead', true],
    ['its only visit was cancelled', 'onlyCancelled', false],
    ['a return lies in the future', 'tomorrow', false],
    ['a visit is to come', 'planned', false],
    ['a return is not recorded', 'notReturned', false],
    ['a visit is missing in the response', 'hiddenVisit', false],
    ['there is no visit yet', 'withoutVisit', false],
    ['the visits are missing in the response', 'withheld', false],
    ['there is no such group', 'nobody', false],
  ])('allows everybody if %s: %s, %s', async (_what, id, expected) => {
    expect(await mayKnowJourneys(createContext(anonymous).context, id)).toBe(expected);
  });

  it('allows signed-in callers without a request', async () => {
    const { context, asked } = createContext(analyst);
    expect(await mayKnowJourneys(context, 'planned')).toBe(true);
    expect(asked).toEqual([]);
  });

  it('reads the group’s visits, and no field that depends on the caller', async () => {
    const { context, asked } = createContext(anonymous);
    const queries: string[] = [];
    const askHub: AskHub = (query, variables) => {
      queries.push(query);
      return context.askHub(query, variables);
    };
    await mayKnowJourneys({ ...context, askHub }, 'ended');
    expect(asked).toEqual([['group ended']]);
    expect(queries.join()).toContain('{ visits { returnedOn cancelledOn } }');
  });
});

describe('findKnownJourneys', () => {
  it('returns the groups whose journeys the caller may know', async () => {
    const ids = ['planned', 'ended', 'withoutVisit', 'yesterday'];
    expect(await findKnownJourneys(createContext(anonymous).context, ids)).toEqual([
      'ended',
      'yesterday',
    ]);
    expect(await findKnownJourneys(createContext(analyst).context, ids)).toEqual(ids);
  });

  it('is undefined if the network does not respond', async () => {
    const { context } = createContext(anonymous, () => {
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    });
    expect(await findKnownJourneys(context, ['ended'])).toBeUndefined();
    await expect(mayKnowJourneys(context, 'ended')).rejects.toMatchObject({
      extensions: { code: 'PARTNER_UNAVAILABLE' },
    });
  });

  it('throws other errors', async () => {
    const context = {
      reader: anonymous,
      clock,
      askHub: async () => ({ f0: { visits: 'no list' } }),
    } as unknown as PartnerContext;
    await expect(findKnownJourneys(context, ['ended'])).rejects.toThrow(TypeError);
  });
});
