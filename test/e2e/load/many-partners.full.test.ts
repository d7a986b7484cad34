import { describe, expect, it } from 'vitest';
import { idsOf, openManyPartners } from './many-partners.js';

const count = 50;

interface Entry {
  readonly place: number;
  readonly officer: { readonly id: string; readonly name: string | null } | null;
}

describe('Query.officers of fifty partners', () => {
  it('sends all requests before it waits for a response', async () => {
    let asked = 0;
    let askedAll = () => {};
    const everybody = new Promise<void>((resolve) => (askedAll = resolve));
    await using network = await openManyPartners({
      count,
      rows: 3,
      // Whoever waited for one partner before it asked the next would wait for ever.
      wait() {
        asked += 1;
        if (asked === count) askedAll();
        return everybody;
      },
    });
    const answer = await network.ask('{ officers(first: 1000) { nodes { id } totalCount } }');
    expect(answer.errors).toBeUndefined();
    expect(answer.data.officers.totalCount).toBe(count * 3);
    expect(answer.data.officers.nodes.map(({ id }: { id: string }) => id)).toEqual(
      idsOf(count, 3).toSorted(),
    );
    expect(asked).toBe(count);
  });
});

describe('five thousand representations over fifty partners', () => {
  const ids = idsOf(count, 100);
  // Some are referred to twice.
  const register = [...ids, ...ids.slice(0, 500)];
  const query = '{ entries { place officer { id name rank unit } } }';

  it('come back in their order, each entity requested once', async () => {
    await using network = await openManyPartners({ count, rows: 100, register });
    const { data, errors } = await network.ask(query);
    expect(errors).toBeUndefined();
    expect(data.entries).toEqual(
      register.map((id, place) => ({
        place,
        officer: { id, name: `Officer ${id}`, rank: 'Rank 10', unit: id.slice(0, 3) },
      })),
    );
    for (const code of network.codes) {
      const batches = network.batchesOf(code);
      expect(batches).toHaveLength(1);
      expect(batches[0]).toEqual(ids.filter((id) => id.startsWith(code)));
    }
  });

  it('cost only the rows of unavailable partners', async () => {
    await using network = await openManyPartners({ count, rows: 100, register });
    const away = ['p07', 'p31'];
    for (const code of away) await network.stop(code);
    const { data, errors = [], extensions } = await network.ask(query);
    const entries = data.entries as readonly Entry[];
    const isAway = (id: string) => away.includes(id.slice(0, 3));
    register.forEach((id, place) => {
      const name = isAway(id) ? null : `Officer ${id}`;
      expect(entries[place]).toMatchObject({ place, officer: { id, name } });
    });
    const places = register.flatMap((id, place) => (isAway(id) ? [place] : []));
    expect(errors).toHaveLength(places.length);
    expect(new Set(errors.map(({ path }) => path?.join('.')))).toEqual(
      new Set(places.map((place) => `entries.${place}.officer`)),
    );
    const statuses = extensions.completeness?.partners ?? {};
    expect(Object.keys(statuses).filter((code) => statuses[code]?.status !== 'ANSWERED')).toEqual(
      away,
    );
  });

  it('are sent to a partner in batches of a thousand', async () => {
    const own = idsOf(1, 5_000);
    await using network = await openManyPartners({ count: 1, rows: 0, register: own });
    const { data, errors } = await network.ask(query);
    expect(errors).toBeUndefined();
    expect((data.entries as readonly Entry[]).map(({ officer }) => officer?.id)).toEqual(own);
    const batches = network.batchesOf('p00');
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
    expect(batches.flat().toSorted()).toEqual(own);
  });
});
