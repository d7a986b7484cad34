import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { HubError } from '../errors/hub-error.js';
import { createFactsHub } from '../testing/facts-hub.js';
import { type AskHub, limitAskHub } from './context/ask-hub.js';
import type { PartnerContext } from './context/partner-context.js';
import { createDecisionReader, createFactReader } from './facts.js';

const readSize = createFactReader<number>({
  field: 'group',
  selection: '{ memberCount }',
  read: ({ memberCount }) => Number(memberCount),
});

function createContext(askHub: AskHub, clock = () => new Date('2026-11-24T12:00:00Z')) {
  return { askHub, clock } as PartnerContext;
}

/** Every group has as many members as its id has letters. `nobody` does not exist. */
const createHub = () =>
  createFactsHub((_, id) => (id === 'nobody' ? null : { memberCount: id.length }));

const ids = (count: number) => Array.from({ length: count }, (_, index) => `group-${index}`);

describe('createFactReader', () => {
  it('requests simultaneous facts together, each once, and at most 25 in a request', async () => {
    const { askHub, asked } = createHub();
    const context = createContext(askHub);
    const wanted = [...ids(30), ...ids(30)];
    const facts = await Promise.all(wanted.map((id) => readSize(context, id)));
    expect(facts).toEqual(wanted.map((id) => id.length));
    expect(asked.map((fields) => fields.length)).toEqual([25, 5]);
  });

  it('requests facts of different kinds together, also if one needs own rows before', async () => {
    const { askHub, asked } = createHub();
    const context = createContext(askHub);
    const readVisit = createFactReader({
      field: 'visit',
      selection: '{ id }',
      read: () => 'visit',
    });
    const later = new Promise((resolve) => setTimeout(resolve)).then(() => readVisit(context, 'a'));
    expect(await Promise.all([readSize(context, 'a'), later])).toEqual([1, 'visit']);
    expect(asked).toEqual([['group a', 'visit a']]);
  });

  it('reads the kinds that an earlier hub knows, and refuses only the others', async () => {
    const { askHub, asked } = createHub();
    const context = createContext((query, variables) =>
      query.includes('later')
        ? Promise.reject(new HubError('PARTNER_LACKS_FIELD', { partner: 'hub' }))
        : askHub(query, variables),
    );
    const readLater = createFactReader({ field: 'group', selection: '{ later }', read: () => 1 });
    const [size, later] = await Promise.allSettled([
      readSize(context, 'a'),
      readLater(context, 'a'),
    ]);
    expect(size).toMatchObject({ value: 1 });
    expect(later).toMatchObject({ reason: { extensions: { code: 'PARTNER_LACKS_FIELD' } } });
    expect(asked).toEqual([['group a']]);
  });

  it('fails only what cannot be read', async () => {
    const { askHub } = createHub();
    const context = createContext(askHub);
    const readBroken = createFactReader({
      field: 'group',
      selection: '{ memberCount }',
      read: () => {
        throw new TypeError('broken');
      },
    });
    const all = await Promise.allSettled([readSize(context, 'a'), readBroken(context, 'a')]);
    expect(all).toMatchObject([{ value: 1 }, { reason: { message: 'broken' } }]);
  });

  it('sends no empty request after a full one', async () => {
    const { askHub, asked } = createHub();
    const context = createContext(askHub);
    await Promise.all(ids(50).map((id) => readSize(context, id)));
    expect(asked.map((fields) => fields.length)).toEqual([25, 25]);
  });

  it('is null for an unknown record, and caches that too', async () => {
    const { askHub, asked } = createHub();
    const context = createContext(askHub);
    expect(await readSize(context, 'nobody')).toBeNull();
    expect(await readSize(context, 'nobody')).toBeNull();
    expect(asked).toEqual([['group nobody']]);
  });

  it('caches for 60 seconds and not longer', async () => {
    const { askHub, asked } = createHub();
    let now = Date.parse('2026-11-24T12:00:00Z');
    const context = createContext(askHub, () => new Date(now));
    await readSize(context, 'a');
    now += 59_999;
    await Promise.all([readSize(context, 'a'), readSize(context, 'b')]);
    expect(asked).toEqual([['group a'], ['group b']]);
    now += 1;
    await readSize(context, 'a');
    expect(asked).toEqual([['group a'], ['group b'], ['group a']]);
  });

  it('sends each request without a cache, except simultaneous equal ones', async () => {
    const { askHub, asked } = createHub();
    const context = createContext(askHub);
    const read = createFactReader({
      field: 'group',
      selection: '{ memberCount }',
      memoryMs: 0,
      read: ({ memberCount }) => memberCount,
    });
    await Promise.all([read(context, 'a'), read(context, 'a')]);
    await read(context, 'a');
    expect(asked).toEqual([['group a'], ['group a']]);
  });

  it('separates the facts of two partners in one process', async () => {
    const [one, other] = [createHub(), createFactsHub(() => ({ memberCount: 99 }))];
    expect(await readSize(createContext(one.askHub), 'a')).toBe(1);
    expect(await readSize(createContext(other.askHub), 'a')).toBe(99);
  });

  it('throws the hub’s error, and sends the request again the next time', async () => {
    let isAway = true;
    const { askHub } = createHub();
    const context = createContext((query, variables) =>
      isAway
        ? Promise.reject(new HubError('PARTNER_TIMED_OUT', { partner: 'nbnp' }))
        : askHub(query, variables),
    );
    const both = await Promise.allSettled([readSize(context, 'a'), readSize(context, 'b')]);
    for (const result of both) {
      expect(result).toMatchObject({ reason: { extensions: { code: 'PARTNER_TIMED_OUT' } } });
    }
    isAway = false;
    expect(await readSize(context, 'a')).toBe(1);
  });

  it('sends ids as variables, whatever they contain', async () => {
    const { askHub, asked } = createHub();
    const odd = '"} { secret }';
    expect(await readSize(createContext(askHub), odd)).toBe(odd.length);
    expect(asked).toEqual([[`group ${odd}`]]);
  });

  it('sends one valid query with a variable for each id', async () => {
    const queries: string[] = [];
    const { askHub } = createHub();
    const context = createContext((query, variables) => {
      queries.push(query);
      return askHub(query, variables);
    });
    await Promise.all(['a', 'bb'].map((id) => readSize(context, id)));
    expect(queries).toHaveLength(1);
    const schema = buildSchema(
      'type Query { group(id: ID!): Group } type Group { memberCount: Int }',
    );
    expect(validate(schema, parse(queries[0]!))).toEqual([]);
  });

  it('requests only the facts that are not cached', async () => {
    const { askHub, asked } = createHub();
    const context = createContext(askHub);
    await readSize(context, 'a');
    expect(await Promise.all(['a', 'bb'].map((id) => readSize(context, id)))).toEqual([1, 2]);
    expect(asked).toEqual([['group a'], ['group bb']]);
  });

  it('caches 10,000 facts, and clears the cache at the next one', async () => {
    const { askHub, asked } = createHub();
    const context = createContext(askHub);
    await Promise.all(ids(10_000).map((id) => readSize(context, id)));
    const questions = asked.length;
    await readSize(context, 'group-0');
    expect(asked).toHaveLength(questions);
    await readSize(context, 'one more');
    await readSize(context, 'one more');
    expect(asked.slice(questions)).toEqual([['group one more']]);
    await readSize(context, 'group-0');
    expect(asked.slice(questions)).toEqual([['group one more'], ['group group-0']]);
  });
});

describe('createDecisionReader', () => {
  const readMembers = createDecisionReader<number>({
    field: 'group',
    selection: '{ memberCount }',
    read: ({ memberCount }) => Number(memberCount),
  });

  it.each([
    ['a co-ordinator', 'coordinator', 2],
    ['an analyst', 'analyst', 1],
  ])('asks again for %s, or uses the fact of the last second', async (_what, role, requests) => {
    const { askHub, asked } = createHub();
    const reader = { kind: 'person', organisation: 'dk', role };
    let now = Date.parse('2026-11-24T12:00:00Z');
    const context = { ...createContext(askHub, () => new Date(now)), reader } as PartnerContext;
    await readMembers(context, 'a');
    now += 999;
    await readMembers(context, 'a');
    expect(asked).toHaveLength(requests);
    now += 1;
    await readMembers(context, 'a');
    expect(asked).toHaveLength(requests + 1);
  });
});

describe('the name of the client', () => {
  it('is the one for which the hub is asked', async () => {
    const { askHub: answer } = createHub();
    const asked: unknown[] = [];
    const own: AskHub = (query, variables, options) => {
      asked.push([options?.clientName, Object.values(variables ?? {})]);
      return answer(query, variables);
    };
    const read = (id: string, clientName?: string) =>
      readSize(createContext(limitAskHub(own, undefined, clientName)), id);
    await Promise.all([read('a', 'desk'), read('b'), read('a'), read('c', 'desk')]);
    expect(asked).toEqual([
      ['desk', ['a', 'c']],
      [undefined, ['b']],
    ]);
  });
});

describe('the time limit of a request', () => {
  /**
   * The times of requests to the hub, for callers at the same time whose requests end at these
   * times (`performance.now()`).
   */
  async function timesOf(endTimes: readonly (number | undefined)[], memoryMs?: number) {
    const times: (number | undefined)[] = [];
    const { askHub: answer } = createHub();
    const own: AskHub = (query, variables, options) => {
      times.push(options?.until);
      return answer(query, variables);
    };
    const read = createFactReader({
      field: 'group',
      selection: '{ memberCount }',
      read: ({ memberCount }) => memberCount,
      ...(memoryMs === undefined ? {} : { memoryMs }),
    });
    const contexts = endTimes.map((until) =>
      createContext(until === undefined ? own : limitAskHub(own, until)),
    );
    await Promise.all(contexts.map((context, index) => read(context, `group-${index}`)));
    return times;
  }

  it('is the request’s own', async () => {
    const until = performance.now() + 3_000;
    expect(await timesOf([until])).toEqual([until]);
    expect(await timesOf([undefined])).toEqual([undefined]);
  });

  it('is the earliest of the callers that share it', async () => {
    const soon = performance.now() + 3_000;
    expect(await timesOf([soon + 50, soon, soon + 90])).toEqual([soon]);
  });

  it('is not cut to less than half by another caller’s', async () => {
    const now = performance.now();
    const [short, long] = [now + 500, now + 4_500];
    expect((await timesOf([short, long])).toSorted()).toEqual([short, long].toSorted());
    expect(await timesOf([undefined, short])).toEqual([undefined, short]);
  });

  it('is separate if it has run out', async () => {
    const now = performance.now();
    expect(await timesOf([now - 100, now - 5_000])).toEqual([now - 5_000]);
  });
});

describe('a partial response', () => {
  const away = new HubError('PARTNER_TIMED_OUT', { partner: 'se' });
  const forbidden = new HubError('FORBIDDEN');
  type Gap = readonly [error: HubError, path: readonly (string | number)[]];

  /** What the hub returns for `a`, `bb` and `ccc` if this is missing of it. */
  async function readAll(gaps: readonly Gap[], mayLackSome?: boolean) {
    const { askHub } = createHub();
    const context = createContext((query, variables, options) => {
      for (const [error, path] of gaps) {
        if (options?.extent !== 'known') return Promise.reject(error);
        options.onMissing?.(error, path);
      }
      return askHub(query, variables);
    });
    const read = createFactReader({
      field: 'group',
      selection: '{ memberCount }',
      read: ({ memberCount }) => memberCount,
      ...(mayLackSome !== undefined && { mayLackSome }),
    });
    const facts = await Promise.allSettled(['a', 'bb', 'ccc'].map((id) => read(context, id)));
    return facts.map((one) => (one.status === 'fulfilled' ? one.value : one.reason));
  }

  it.each([undefined, false])('costs only the fact that lacks something', async (mayLackSome) => {
    const gaps: readonly Gap[] = [[away, ['f1', 'members', 0]]];
    expect(await readAll(gaps, mayLackSome)).toEqual([1, away, 3]);
  });

  it('is enough for a reader that says so', async () => {
    expect(await readAll([[away, ['f1', 'members', 0]]], true)).toEqual([1, 2, 3]);
  });

  it('is never a refusal while a partner is missing', async () => {
    const gaps: readonly Gap[] = [
      [forbidden, ['f0']],
      [away, ['f0']],
      [forbidden, ['f2']],
    ];
    expect(await readAll(gaps)).toEqual([away, 2, forbidden]);
  });

  it('counts for every fact if the hub does not say of which', async () => {
    expect(await readAll([[away, []]])).toEqual([away, away, away]);
  });
});
