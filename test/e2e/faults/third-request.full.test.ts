import { ensureKeyFiles, hubIssuer } from '@hub/shared/identity';
import { createDisposableStack } from '@hub/shared/testing';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { OtherWorkers } from '../../../gateway/process/workers/other-workers.js';
import { namedIn } from '../network/hung-partner.js';
import { openHub, type OpenHub } from '../network/open-hub.js';
import { openStubPartner } from '../network/stub-partner.js';

/**
 * A partner that takes requests. From the first one for offices on it responds to none, until it is
 * told to. It responds to the hub’s own before: otherwise the hub could know before the first one.
 */
async function openHangingPartner() {
  const received: string[] = [];
  const waiting: (() => void)[] = [];
  let state: 'sound' | 'hanging' | 'mended' = 'sound';
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push(body);
      if (state === 'sound' && body.includes('offices')) state = 'hanging';
      const data = body.includes('offices') ? { offices: [] } : { __typename: 'Query' };
      const respond = () =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
      if (state === 'hanging') waiting.push(respond);
      else respond();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    received,
    begin: () => void (state = 'sound'),
    goOn() {
      state = 'mended';
      for (const respond of waiting.splice(0)) respond();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The channels of two workers of one hub. */
function linkWorkers(): readonly [OtherWorkers, OtherWorkers] {
  const listeners = [new Map(), new Map()] as Map<string, (body: unknown) => unknown>[];
  const end = (own: number): OtherWorkers => ({
    exist: () => true,
    notify: async (topic, body) => void (await listeners[1 - own]?.get(topic)?.(body)),
    listen: (topic, take) => void listeners[own]?.set(topic, take),
  });
  return [end(0), end(1)];
}

/** Three partners, of which ncm hangs, and two workers before them. */
async function openWorkers() {
  const stack = createDisposableStack();
  const keys = await mkdtemp(join(tmpdir(), 'hub-hanging-'));
  stack.use({ [Symbol.asyncDispose]: () => rm(keys, { recursive: true, force: true }) });
  for (const code of [hubIssuer, 'nbnp', 'ncm', 'no']) await ensureKeyFiles(keys, code);
  const hanging = stack.use(await openHangingPartner());
  const stub = async (code: string, subgraph: string) =>
    stack.use(
      await openStubPartner({
        code,
        subgraph,
        keys,
        resolvers: { Query: { policeUnits: () => [{ id: 'no:politiet' }] } },
      }),
    );
  const urls = {
    nbnp: (await stub('nbnp', 'nbnp')).url,
    ncm: hanging.url,
    no: (await stub('no', 'national-police')).url,
  };
  const subgraphs = { nbnp: 'nbnp', ncm: 'ncm-offices', no: 'national-police' } as const;
  const partners = (['nbnp', 'ncm', 'no'] as const).map((code) => ({
    code,
    name: code,
    subgraph: subgraphs[code],
    url: urls[code],
    contact: `hub@${code}.example.org`,
    publicKeys: `${code}.public.json`,
    deadlineMs: 3_000,
    maxResponseBytes: 1_000_000,
  }));
  const workers: OpenHub[] = [];
  for (const others of linkWorkers())
    workers.push(stack.use(await openHub({ port: 0, partners }, keys, { others })));
  return { workers, hanging, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() };
}

const statusIn = async ({ ask }: OpenHub) =>
  (await ask('{ partner(code: "ncm") { status } }')).data.partner.status as string;

it(
  'the third request that needs a partner that hangs is not sent to it, in any worker, and Partner.status says why',
  { timeout: 180_000 },
  async () => {
    await using network = await openWorkers();
    const { workers, hanging } = network;
    const [first] = workers;
    const statuses = () => Promise.all(workers.map(statusIn));
    // A worker that is late itself blames no partner. So on a busy machine it takes more than one attempt.
    for (let attempt = 1; ; attempt += 1) {
      const ask = (field: string) => first?.ask(`{ try${attempt}: offices { ${field} } }`);
      await Promise.all([ask('id'), ask('name')]);
      const known = await statuses();
      if (known.every((status) => status === 'UNAVAILABLE')) break;
      expect(attempt, known.join()).toBeLessThan(6);
      hanging.goOn();
      await expect.poll(statuses, { timeout: 120_000 }).not.toContain('UNAVAILABLE');
      hanging.begin();
    }
    for (const worker of workers) {
      const answer = await worker.ask('{ offices { city } policeUnits { id } }');
      expect(namedIn(answer)).toEqual(['ncm TIMED_OUT']);
      expect(answer.data.policeUnits).toEqual([{ id: 'no:politiet' }]);
    }
    expect(hanging.received.some((body) => body.includes('offices'))).toBe(true);
    expect(hanging.received.some((body) => body.includes('city'))).toBe(false);
    hanging.goOn();
    // Nobody sends it anything but the hub itself.
    for (const worker of workers) {
      await expect.poll(() => statusIn(worker), { timeout: 120_000 }).not.toBe('UNAVAILABLE');
      expect(namedIn(await worker.ask('{ offices { city } }'))).toEqual([]);
    }
  },
);
