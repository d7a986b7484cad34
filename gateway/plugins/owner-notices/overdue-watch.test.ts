import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openOwners } from './test-owners.js';
import { writeFeed } from './write-feed.js';

interface Said {
  readonly organisation: string;
  readonly kind: string;
  readonly countAtLeast: number;
}
const say = (organisation: string, kind: string, countAtLeast: number): Said => ({
  organisation,
  kind,
  countAtLeast,
});

const hour = 3_600_000;
const json = (body: unknown) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** The network's server says what is overdue, and Denmark has an address for notices. */
async function openSaying(...overdue: Said[]) {
  const owners = await openOwners();
  const [network, danish] = [await owners.openReceiver('nbnp'), await owners.openReceiver('dk')];
  const saying = (...said: Said[]) => (network.state.respond = json({ overdue: said }));
  saying(...overdue);
  owners.urls.set('nbnp', network.address);
  owners.addresses.set('dk', danish.address);
  const watch = owners.openWatch();
  const notices = owners.open(watch);
  await notices.round();
  return {
    ...owners,
    network,
    danish,
    saying,
    watch,
    /** Asks, and notifies the owners. */
    async round() {
      await watch.look();
      await notices.round();
    },
    async [Symbol.asyncDispose]() {
      await notices[Symbol.asyncDispose]();
      await watch[Symbol.asyncDispose]();
      await owners[Symbol.asyncDispose]();
    },
  };
}

const notice = (at: string, ...tasks: [kind: string, countAtLeast: number][]) => ({
  id: expect.stringMatching(/^[0-9a-f]{64}$/),
  at,
  event: 'TASKS_OVERDUE',
  by: 'nbnp',
  tasks: tasks.map(([kind, countAtLeast]) => ({ kind, countAtLeast })),
});

describe('TASKS_OVERDUE', () => {
  it('is sent to the organisation that has the tasks, and to no other', async () => {
    await using owners = await openSaying(
      say('dk', 'DECIDE_LOAN', 2),
      say('fi', 'CONFIRM_STOP', 1),
      say('dk', 'CONFIRM_STOP', 3),
      say('se', 'SIGN', 1),
    );
    await owners.round();
    // Signed for the network’s server, at a path of its own.
    expect(owners.network.received).toEqual([{ body: {} }]);
    expect(owners.network.paths).toEqual(['/overdue-tasks']);
    const at = '2026-11-30T08:00:00.000Z';
    expect(owners.danish.events()).toEqual([notice(at, ['DECIDE_LOAN', 2], ['CONFIRM_STOP', 3])]);
    const boxes = owners.store.read()?.boxes ?? {};
    expect(Object.keys(boxes).toSorted()).toEqual(['dk', 'fi']);
    expect(writeFeed('fi', owners.store.read())).toContain(
      '<content type="text">Tasks of yours are overdue, as nbnp says: CONFIRM_STOP, at least 1.</content>',
    );
    expect(writeFeed('nbnp', owners.store.read())).not.toContain('<entry>');
  });

  it('is sent once a day for each kind while it lasts, through a restart too', async () => {
    await using owners = await openSaying(say('dk', 'DECIDE_LOAN', 2));
    for (let hours = 0; hours < 10; hours += 1) {
      await owners.round();
      owners.time.now += hour;
    }
    // 18:00. A kind that was not overdue before is told at once, the other not again.
    owners.saying(say('dk', 'DECIDE_LOAN', 5), say('dk', 'CONFIRM_STOP', 1));
    await owners.round();
    {
      await using watch = owners.openWatch();
      await using again = owners.open(watch);
      await watch.look();
      await again.round();
    }
    owners.time.now = Date.parse('2026-12-01T00:10:00Z');
    await owners.round();
    owners.saying();
    owners.time.now = Date.parse('2026-12-02T00:10:00Z');
    await owners.round();
    expect(owners.danish.events()).toEqual([
      notice('2026-11-30T08:00:00.000Z', ['DECIDE_LOAN', 2]),
      notice('2026-11-30T18:00:00.000Z', ['CONFIRM_STOP', 1]),
      notice('2026-12-01T00:10:00.000Z', ['DECIDE_LOAN', 5], ['CONFIRM_STOP', 1]),
    ]);
  });

  it('is not sent if nothing is overdue', async () => {
    await using owners = await openSaying();
    await owners.round();
    expect(owners.network.received).toHaveLength(1);
    expect(owners.store.read()?.boxes).toEqual({});
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['closes the connection', (response) => void response.destroy()],
    ['never responds', () => undefined],
    ['knows no such path', (response) => void response.writeHead(404).end('{}')],
    ['fails', (response) => void response.writeHead(500).end('{}')],
    ['does not accept the hub', (response) => void response.writeHead(401).end('{}')],
    ['redirects', (response) => void response.writeHead(307, { location: '/' }).end()],
    ['says something else', json({ data: null })],
    ['says no JSON', (response) => void response.writeHead(200).end('<html>')],
    ['says a kind that no contract has', json({ overdue: [say('dk', 'MRS_JENSEN_IS_LATE', 1)] })],
    ['says more in the kind', json({ overdue: [say('dk', 'SIGN, Mrs Jensen', 1)] })],
    ['says none', json({ overdue: [say('dk', 'SIGN', 0)] })],
    ['says too much', json({ overdue: Array(2_000).fill(say('dk', 'SIGN', 1)) })],
  ])('is not sent if the partner %s, and nothing else fails', async (_what, respond) => {
    await using owners = await openSaying();
    owners.network.state.respond = respond;
    await owners.propose('police', 1);
    await owners.round();
    expect(owners.danish.events()).toMatchObject([{ event: 'CONTRACT_PROPOSED' }]);
    const levels = owners.lines.map((line) => (JSON.parse(line) as { level: number }).level);
    expect(levels.filter((level) => level > 20)).toEqual([]);
  });

  it('asks a partner again after an hour, or as soon as the watch looks if it was away', async () => {
    await using owners = await openSaying(say('dk', 'SIGN', 1));
    await owners.network.close();
    await owners.round();
    await owners.network.reopen();
    owners.time.now += 600_000;
    await owners.round();
    owners.time.now += hour - 1;
    await owners.round();
    expect(owners.network.received).toHaveLength(1);
    owners.time.now += 1;
    await owners.round();
    expect(owners.network.received).toHaveLength(2);
    expect(owners.danish.events()).toHaveLength(1);
  });
});
