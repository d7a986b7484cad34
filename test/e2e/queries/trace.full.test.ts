import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../../gateway/fan-out/operation-trace.js';
import { createToken, type Asker, type OpenHub } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const analyst: Asker = { organisation: 'dk', role: 'analyst' };
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };
const server: Asker = { organisation: 'dk', role: 'service' };
/** As the table of the offices says: `subgraphs/ncm-offices/access.md`. */
const officesMaxAge = 30;
const police = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];

describe('extensions.trace', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** The trace that a hub gives to a caller who asks for one. */
  async function traceOf(query: string, asker?: Asker, { hub }: Pick<OpenHub, 'hub'> = network) {
    const authorization = asker && `Bearer ${await createToken(network.keys, asker)}`;
    const { signal } = new AbortController();
    const request = { requestId: 'test', signal, authorization, wantsTrace: true };
    const { body } = await hub.pipeline.run({ query }, await hub.createContext(request));
    if (body.kind !== 'single') throw new Error('An answer in parts.');
    return body.singleResult.extensions?.['trace'] as Trace | undefined;
  }

  it('comes over HTTP with the header `hub-trace: 1` alone', async () => {
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(network.hubUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: '{ partners { code } }' }),
      });
      const { extensions } = (await response.json()) as { extensions: Record<string, unknown> };
      return Object.keys(extensions);
    };
    expect(await ask({})).toEqual(['completeness']);
    expect(await ask({ 'hub-trace': '0' })).toEqual(['completeness']);
    expect(await ask({ 'hub-trace': '1' })).toEqual(['completeness', 'trace']);
  });

  it('names every partner that is asked at once, and what it is asked', async () => {
    const { calls = [] } =
      (await traceOf(
        '{ mine: officers(first: 2, filter: { rehearsals: true }) { nodes { id } } }',
      )) ?? {};
    expect(calls.map(({ partner }) => partner).toSorted()).toEqual(police);
    for (const { path, fields } of calls) expect([path, fields]).toEqual([[], ['Query.officers']]);
  });

  it('shows a call that needs the result of another after it, at its place', async () => {
    const { calls = [] } =
      (await traceOf(
        `{ plan: programme(id: "nbnp:mobility-programme-2009-2010") {
          roles { by: party { ... on Office { openedOn } } }
        } }`,
      )) ?? {};
    const [first, second] = calls;
    expect(calls.map(({ partner }) => partner)).toEqual(['nbnp', 'ncm']);
    expect(first?.fields).toEqual(['Query.programme']);
    expect(second?.path).toEqual(['plan', 'roles', '@', 'by']);
    expect(second?.fields).toContain('Office.openedOn');
    expect(second?.startedMs).toBeGreaterThanOrEqual(
      (first?.startedMs ?? 0) + (first?.tookMs ?? 0) - 1,
    );
    expect(JSON.stringify(calls)).not.toContain('mobility-programme');
  });

  it('says that a response is cached, and how old it can be, but not since when', async () => {
    let attempt = 0;
    const call = {
      fields: ['Query.offices'],
      partner: 'ncm',
      path: [],
      startedMs: expect.any(Number),
      status: 'ANSWERED',
      tookMs: expect.any(Number),
    };
    const ask = async () => {
      const query = `{ offices { id name${(attempt += 1)}: name } }`;
      return [await traceOf(query), await traceOf(query, analyst)].map((trace) => trace?.calls);
    };
    // A partner’s first notice after the start of the network clears its cache.
    await expect.poll(ask).toEqual([[call], [{ ...call, cachedSeconds: officesMaxAge }]]);
  });

  it('says which partner did not answer', async () => {
    await using hub = await network.openHubWithout(['fi']);
    const { calls = [] } =
      (await traceOf(
        '{ officers(filter: { rehearsals: true }) { nodes { id } } }',
        coordinator,
        hub,
      )) ?? {};
    const away = calls.filter(({ status }) => status !== 'ANSWERED');
    expect(away).toMatchObject([{ partner: 'fi', status: 'UNAVAILABLE' }]);
  });

  it('is for signed-in people where introspection is off, and for nobody else', async () => {
    await using hub = await network.openHubWithout([], { introspection: false });
    const query = '{ partners { code } }';
    expect(await traceOf(query, undefined, hub)).toBeUndefined();
    expect(await traceOf(query, server, hub)).toBeUndefined();
    expect(await traceOf(query, analyst, hub)).toMatchObject({
      calls: [{ partner: 'hub', fields: ['Query.partners'] }],
    });
  });
});
