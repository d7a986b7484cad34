import { defaultLimits } from '@hub/shared/graphql';
import { createDisposableStack } from '@hub/shared/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { namedIn } from '../network/hung-partner.js';
import { createToken } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn } from '../network/run-programme.js';

const nbnp = { organisation: 'nbnp', role: 'coordinator' } as const;
const officers = '{ officers(filter: { rehearsals: true }, first: 100) { nodes { id name } } }';
const nomination = { group: 'nbnp:demo-group-2', officer: 'no:demo-officer-1', on: '2026-11-24' };

/** Stops a partner, and takes its place: there, and too slow for anything but whether it is. */
async function slowDown(network: OpenNetwork, code: string): Promise<AsyncDisposable> {
  const { port, hostname } = new URL(network.urlOf(code));
  await network.stop(code);
  const slow = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (!body.includes('{ __typename }')) return;
      response.setHeader('content-type', 'application/json');
      response.end('{"data":{"__typename":"Query"}}');
    });
  }).listen(Number(port), hostname);
  await once(slow, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      slow.closeAllConnections();
      slow.close();
      await once(slow, 'close');
    },
  };
}

/** Keeps more of a partner’s own questions at the hub than it executes or lets wait: 64, and 512. */
async function fillServiceSlots(network: OpenNetwork, code: string): Promise<AsyncDisposable> {
  const token = await createToken(network.keys, { organisation: code, role: 'service' });
  const ended = new AbortController();
  const { signal } = ended;
  const request = { requestId: 'busy', signal, authorization: `Bearer ${token}`, address: '::1' };
  const query = '{ policeUnits(filter: { country: "FI" }) { id } }';
  let refused = 0;
  const keepAsking = async () => {
    while (!signal.aborted) {
      try {
        const contextValue = await network.hub.createContext(request);
        await network.hub.pipeline.run({ query }, contextValue);
      } catch {
        refused += 1;
      }
      await wait(50);
    }
  };
  const asking = Array.from({ length: 700 }, keepAsking);
  await expect.poll(() => refused).toBeGreaterThan(0);
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await Promise.all(asking);
    },
  };
}

describe('a hub that is too busy for the request of a partner', () => {
  it('names no partner, says what is left out, and returns the rest', async () => {
    await using network = await openNetwork('demonstration', {
      isGuarded: true,
      load: defaultLimits,
      // The crowd uses the whole CPU until the slow partner has timed out.
      deadlineMs: 5_000,
    });
    await using stack = createDisposableStack();
    stack.use(await slowDown(network, 'fi'));
    stack.use(await fillServiceSlots(network, 'no'));
    const nominated = await runIn(network).call('no', 'nominateOfficer', nomination);
    expect(nominated.code).toBe('OVERLOADED');
    expect(namedIn(nominated.answer)).toEqual([]);
    expect(nominated.answer.extensions.completeness).toEqual({
      complete: false,
      partners: { no: { status: 'ANSWERED' } },
    });
    const answer = await network.ask(officers.replace('officers', 'o: officers'), {}, nbnp);
    expect(namedIn(answer)).toEqual(['fi TIMED_OUT']);
    expect(answer.extensions.completeness).toMatchObject({
      complete: false,
      partners: { no: { status: 'ANSWERED' }, dk: { status: 'ANSWERED' } },
    });
    const nodes = answer.data.o.nodes as { id: string; name: string | null }[];
    const busy = answer.errors?.filter(({ extensions }) => extensions.code === 'OVERLOADED') ?? [];
    const owners = busy.map(({ path = [] }) => nodes[Number(path[2])]?.id.split(':')[0]);
    expect(new Set(owners)).toEqual(new Set(['no']));
    expect(nodes.some(({ name }) => name !== null)).toBe(true);
    expect(busy[0]).toMatchObject({ extensions: { retryAfter: 1 } });
    expect(busy[0]?.extensions).not.toHaveProperty('partner');
  });

  it('names no partner if its own time for the partner’s request is over', async () => {
    // The partner has 1.1 s, and gives its question to the hub 1 s.
    await using network = await openNetwork('demonstration', {
      isGuarded: true,
      deadlineMs: 1_200,
    });
    const { hub } = network;
    const { createContext } = hub;
    const pause = new Int32Array(new SharedArrayBuffer(4));
    let questions = 0;
    Object.assign(hub, {
      createContext(request: Parameters<typeof createContext>[0]) {
        questions += 1;
        // The whole process stands still, as one does that gets no processor.
        if (request.timeLeftMs !== undefined) Atomics.wait(pause, 0, 0, 1_500);
        return createContext(request);
      },
    });
    const nominated = await runIn(network).call('no', 'nominateOfficer', nomination);
    expect(questions).toBeGreaterThan(1);
    expect(nominated.code).toBe('OVERLOADED');
    expect(namedIn(nominated.answer)).toEqual([]);
    expect(nominated.answer.extensions.completeness).toEqual({
      complete: false,
      partners: { no: { status: 'ANSWERED' } },
    });
  });

  it('names no partner if it limits the rate of the partner', async () => {
    await using network = await openNetwork('demonstration', {
      isGuarded: true,
      rate: { perSecond: 0.001, burst: 1 },
    });
    const token = await createToken(network.keys, { organisation: 'no', role: 'service' });
    // The subject by which the partner’s server asks.
    const { signal } = new AbortController();
    const request = { requestId: 'rate', signal, authorization: `Bearer ${token}` };
    await network.hub.createContext(request);
    const nominated = await runIn(network).call('no', 'nominateOfficer', nomination);
    expect(nominated.code).toBe('OVERLOADED');
    expect(namedIn(nominated.answer)).toEqual([]);
  });
});
