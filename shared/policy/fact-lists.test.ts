import { describe, expect, it } from 'vitest';
import { HubError } from '../errors/hub-error.js';
import { createFactsHub } from '../testing/facts-hub.js';
import type { AskHub } from './context/ask-hub.js';
import type { PartnerContext } from './context/partner-context.js';
import { createFactReader } from './facts.js';

const contextOf = (askHub: AskHub) => ({ askHub, clock: () => new Date() }) as PartnerContext;

describe('FactOptions.list', () => {
  const readLoad = createFactReader<number>({
    field: 'expert',
    list: 'experts',
    selection: '{ load }',
    memoryMs: 0,
    read: ({ load }) => Number(load),
  });
  const experts = (count: number, owner = 'lt') =>
    Array.from({ length: count }, (_, index) => `${owner}:${index}`);

  /** Lists the first of these experts, whose load is the length of their id. */
  function createLists(listed: readonly string[], gaps: readonly (string | number)[][] = []) {
    const single = createFactsHub((_, id) => ({ load: id.length }));
    const lists: unknown[] = [];
    const askHub: AskHub = async (query, variables, options) => {
      if (!query.includes('experts(')) return single.askHub(query, variables, options);
      lists.push(variables);
      for (const path of gaps)
        options?.onMissing?.(new HubError('PARTNER_TIMED_OUT', { partner: 'nbnp' }), path);
      return { records: { nodes: listed.map((id) => ({ id, load: id.length })) } };
    };
    return { context: contextOf(askHub), lists, asked: single.asked };
  }
  const readAll = (context: PartnerContext, wanted: readonly string[]) =>
    Promise.allSettled(wanted.map((id) => readLoad(context, id)));

  it('is asked once where one request for each 25 would be several', async () => {
    const wanted = experts(500);
    const { context, lists, asked } = createLists(wanted);
    expect((await readAll(context, wanted)).map((one) => 'value' in one && one.value)).toEqual(
      wanted.map((id) => id.length),
    );
    expect(lists).toEqual([{ country: 'LT', first: 1000 }]);
    expect(asked).toEqual([]);
  });

  it('is not asked for few, or for the records of two owners', async () => {
    const { context, lists } = createLists([]);
    await readAll(context, experts(25));
    await readAll(context, [...experts(20), ...experts(20, 'lv')]);
    expect(lists).toEqual([]);
  });

  it('is not enough for records that it lacks: each is asked for', async () => {
    const wanted = experts(30);
    const { context, asked } = createLists(wanted.slice(2));
    const results = await readAll(context, wanted);
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(asked).toEqual([['expert lt:0', 'expert lt:1']]);
  });

  it('leaves the facts of others when one is missing, and none when the list is', async () => {
    const wanted = experts(30);
    const findFailed = async (path: (string | number)[]) => {
      const { context, asked } = createLists(wanted, [path]);
      const results = await readAll(context, wanted);
      expect(asked).toEqual([]);
      return results.flatMap(({ status }, index) => (status === 'rejected' ? index : []));
    };
    expect(await findFailed(['records', 'nodes', 7, 'load'])).toEqual([7]);
    expect(await findFailed(['records'])).toHaveLength(30);
  });

  it('is left out where the hub refuses it', async () => {
    const single = createFactsHub((_, id) => ({ load: id.length }));
    const context = contextOf((query, variables) =>
      query.includes('experts(')
        ? Promise.reject(new HubError('PARTNER_UNAVAILABLE', { partner: 'hub' }))
        : single.askHub(query, variables),
    );
    const results = await readAll(context, experts(26));
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(single.asked.map((fields) => fields.length)).toEqual([25, 1]);
  });
});
