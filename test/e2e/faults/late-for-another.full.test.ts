import { ensureKeyFiles, hubIssuer } from '@hub/shared/identity';
import { silentLogger, type Logger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { writeMetrics } from '../../../gateway/plugins/metrics/hub-metrics.js';
import { namedIn } from '../network/hung-partner.js';
import { openHub, type OpenHub, type Tree } from '../network/open-hub.js';
import { openStubPartner } from '../network/stub-partner.js';

/** How long the hub waits for nbnp, which hangs, and for no. */
const deadlines = { nbnp: 800, ncm: 5_000, no: 1_000 } as const;

/** Of three partners nbnp hangs. Before it responds, no does what a test says, and is late for it. */
async function openLatePartner(before: (hub: OpenHub) => Promise<unknown>) {
  const stack = createDisposableStack();
  const keys = await mkdtemp(join(tmpdir(), 'hub-late-'));
  stack.use({ [Symbol.asyncDispose]: () => rm(keys, { recursive: true, force: true }) });
  for (const code of [hubIssuer, 'nbnp', 'ncm', 'no']) await ensureKeyFiles(keys, code);
  const sockets = new Set<Socket>();
  const hanging = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await once(hanging.listen(0, '127.0.0.1'), 'listening');
  stack.use({
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await once(hanging.close(), 'close');
    },
  });
  const opened: OpenHub[] = [];
  const beLate = async () => {
    await Promise.all(opened.map(before));
    await wait(1_500);
    return null;
  };
  const stub = async (code: string, subgraph: string, resolvers = {}) =>
    stack.use(await openStubPartner({ code, subgraph, keys, resolvers })).url;
  const urls = {
    nbnp: `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/graphql`,
    ncm: await stub('ncm', 'ncm-offices', { Query: { offices: () => [{ id: 'ncm:led' }] } }),
    no: await stub('no', 'national-police', {
      Query: { policeUnits: beLate },
      Mutation: { removeOfficer: beLate },
    }),
  };
  const subgraphs = { nbnp: 'nbnp', ncm: 'ncm-offices', no: 'national-police' } as const;
  const partners = (['nbnp', 'ncm', 'no'] as const).map((code) => ({
    code,
    name: code,
    subgraph: subgraphs[code],
    url: urls[code],
    contact: `hub@${code}.example.org`,
    publicKeys: `${code}.public.json`,
    deadlineMs: deadlines[code],
    maxResponseBytes: 1_000_000,
  }));
  const logged: unknown[] = [];
  const logger: Logger = Object.assign(Object.create(silentLogger), {
    warn: (about: { readonly partner?: unknown }) => logged.push(about.partner),
  });
  const asker = { organisation: 'no', role: 'coordinator' } as const;
  const hub = stack.use(
    await openHub({ port: 0, partners }, keys, {
      logger,
      plugins: ['metrics'],
      defaultAsker: asker,
    }),
  );
  opened.push(hub);
  return {
    hub,
    logged,
    statusOf: async (code: string) =>
      ((await hub.ask('{ partners { code status } }')).data.partners as Tree[]).find(
        (partner) => partner.code === code,
      )?.status as string,
    /** The calls and the incomplete responses that metrics count as late, by partner. */
    async countLate() {
      const text = await writeMetrics(await hub.worker.counts.collect());
      const late = text.matchAll(
        /^hub_(?:partner_call_duration_seconds_count|missing_partners_total)\{partner="(\w+)",(?:outcome|status)="TIMED_OUT"\} [1-9]/gm,
      );
      return [...new Set(Array.from(late, ([, partner]) => partner))];
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

const service = { organisation: 'no', role: 'service' } as const;
const read = '{ policeUnits { id } }';
const write = 'mutation { removeOfficer(input: { officer: "no:1", version: 1 }) }';

/** It waits at the hub for nbnp. */
const askForGroups = ({ ask }: OpenHub) => ask('{ groups { nodes { id } } }', {}, service);

describe('a partner that is late because it waits for another one', () => {
  it('is not late in log, metrics and status; the other one is', async () => {
    await using network = await openLatePartner(askForGroups);
    const answer = await network.hub.ask(read);
    // Its rows are missing nevertheless.
    expect(namedIn(answer)).toEqual(['no TIMED_OUT']);
    expect(network.logged).toContain('nbnp');
    expect(network.logged).not.toContain('no');
    expect(await network.countLate()).not.toContain('no');
    expect(await network.statusOf('no')).toBe('ANSWERING');
    expect(await network.statusOf('nbnp')).not.toBe('ANSWERING');
  });

  it('is not named for a write with an unknown result', async () => {
    await using network = await openLatePartner(askForGroups);
    const answer = await network.hub.ask(write);
    expect(namedIn(answer)).toEqual(['nbnp TIMED_OUT']);
    expect(answer.extensions.completeness?.complete).toBe(false);
  });

  it.each([
    ['asked nobody', () => Promise.resolve()],
    ['asked one that responded', ({ ask }: OpenHub) => ask('{ offices { id } }', {}, service)],
  ])('is late if it %s', async (_, before) => {
    await using network = await openLatePartner(before);
    expect(namedIn(await network.hub.ask(read))).toEqual(['no TIMED_OUT']);
    expect(network.logged).toContain('no');
    expect(await network.countLate()).toContain('no');
    expect(namedIn(await network.hub.ask(write))).toEqual(['no TIMED_OUT']);
  });
});
