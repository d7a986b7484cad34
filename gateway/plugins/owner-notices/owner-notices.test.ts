import { readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openDanish, openOwners } from './test-owners.js';
import { writeFeed } from './write-feed.js';

const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
const at = '2026-11-30T08:00:00.000Z';
const week = 7 * 24 * 3_600_000;

describe('notices for owners', () => {
  it('are posted to the address of the manifest, signed for that partner', async () => {
    await using owners = await openDanish();
    await using notices = owners.open();
    await owners.quarantine('dk');
    await owners.propose('network', 3);
    await notices.round();
    expect(owners.danish.received).toEqual([
      {
        body: {
          form: 1,
          organisation: 'dk',
          notices: [
            {
              id: hash,
              at,
              event: 'QUARANTINED',
              schemaVersion: '2.1',
              reasons: [{ rule: 'override', place: 'Group.title (14:3)' }],
            },
            { id: hash, at, event: 'CONTRACT_PROPOSED', contract: 'network', proposal: 3 },
          ],
        },
      },
    ]);
    await notices.round();
    expect(owners.danish.received).toHaveLength(1);
  });

  it('begin with the registry’s process, however soon the first event comes', async () => {
    await using owners = await openOwners();
    const danish = await owners.openReceiver('dk');
    owners.addresses.set('dk', danish.address);
    await owners.propose('network', 3);
    await using _ = owners.openSender();
    await owners.quarantine('dk');
    await expect.poll(() => danish.received, { timeout: 30_000 }).toHaveLength(1);
    expect(danish.received[0]?.body).toMatchObject({ notices: [{ event: 'QUARANTINED' }] });
  });

  it('wait while the receiver is down, for a restart too, and come once', async () => {
    await using owners = await openDanish();
    await owners.danish.close();
    {
      await using notices = owners.open();
      await owners.quarantine('dk');
      await notices.round();
    }
    await owners.propose('police', 1);
    await owners.danish.reopen();
    await using notices = owners.open();
    await notices.round();
    expect(owners.danish.received, 'before it is time').toEqual([]);
    owners.time.now += 15_000;
    await notices.round();
    expect(owners.danish.events().map(({ event }) => event)).toEqual([
      'QUARANTINED',
      'CONTRACT_PROPOSED',
    ]);
    for (let restarts = 0; restarts < 3; restarts += 1) {
      owners.time.now += week;
      await using again = owners.open();
      await again.round();
    }
    expect(owners.danish.received).toHaveLength(1);
  });

  it.each([301, 302, 307, 308, 400, 401, 500, 503])(
    'are sent again after a %i, and no redirect is followed',
    async (status) => {
      await using owners = await openDanish();
      const other = await owners.openReceiver('dk');
      owners.danish.state.respond = (response) =>
        void response.writeHead(status, { location: other.address }).end();
      await using notices = owners.open();
      await owners.quarantine('dk');
      await notices.round();
      expect(other.received).toEqual([]);
      owners.danish.state.respond = (response) => void response.writeHead(200).end('{}');
      owners.time.now += 15_000;
      await notices.round();
      await notices.round();
      expect(owners.danish.received).toHaveLength(2);
      const [first, second] = owners.danish.received;
      expect(second).toEqual(first);
    },
  );

  it.each<[string, (response: ServerResponse) => void]>([
    ['never responds', () => undefined],
    [
      'sends informational responses without end',
      (response) => {
        const timer = setInterval(() => response.writeProcessing(), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
    ['sends long headers', (response) => response.writeHead(200, { x: 'x'.repeat(100_000) }).end()],
  ])('end in time if the address %s', async (_name, respond) => {
    await using owners = await openDanish();
    owners.danish.state.respond = respond;
    const finnish = await owners.openReceiver('fi');
    owners.addresses.set('fi', finnish.address);
    await using notices = owners.open();
    await owners.propose('police', 1);
    await notices.round();
    expect(finnish.received).toHaveLength(1);
    expect(owners.store.read()?.boxes['dk']).toMatchObject({ unsent: 1, failures: 1 });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['a long body', (response) => response.writeHead(200).end('x'.repeat(10_000_000))],
    ['a body without end', (response) => response.writeHead(200).write('x')],
  ])('count as taken after a success with %s', async (_name, respond) => {
    await using owners = await openDanish();
    owners.danish.state.respond = respond;
    await using notices = owners.open();
    await owners.quarantine('dk');
    await notices.round();
    await notices.round();
    expect(owners.danish.received).toHaveLength(1);
    expect(owners.store.read()?.boxes['dk']).toMatchObject({ unsent: 0, failures: 0 });
  });

  it('are not sent where the hub must not call', async () => {
    await using owners = await openDanish();
    const { address } = owners.danish;
    const remote = 'https://hub.police.example.org/graphql';
    const tried: [address: string, url: string][] = [
      [address, remote],
      [address, 'http://10.0.0.7:4111/graphql'],
      [address, 'https://127.0.0.1:4111/graphql'],
      [address.replace('127.0.0.1', 'localhost'), remote],
      ['https://localhost/notices', remote],
      ['http://notices.example.org/', remote],
      ['http://10.0.0.7/notices', 'http://10.0.0.7:4111/graphql'],
    ];
    await owners.quarantine('dk');
    for (const [index, [to, url]] of tried.entries()) {
      owners.addresses.set('dk', to);
      owners.urls.set('dk', url);
      await using moved = owners.open();
      await moved.round();
      const { failures } = owners.store.read()?.boxes['dk'] ?? {};
      expect([to, url, failures]).toEqual([to, url, index + 1]);
      owners.time.now += week;
    }
    expect(owners.danish.received).toEqual([]);
    expect(owners.lines.join('')).toContain('notices cannot be sent');
  });

  it('are given up after a week, and stay in the feed', async () => {
    await using owners = await openDanish();
    await owners.danish.close();
    await using notices = owners.open();
    await owners.quarantine('dk');
    const start = owners.time.now;
    let tries = 0;
    for (let unsent = 1; unsent > 0 && tries < 100; tries += 1) {
      await notices.round();
      unsent = owners.store.read()?.boxes['dk']?.unsent ?? 1;
      owners.time.now = Date.parse(owners.store.read()?.boxes['dk']?.retryAt ?? at);
    }
    expect(tries).toBe(40);
    expect(owners.lines.filter((line) => line.includes('notices are given up'))).toHaveLength(1);
    owners.time.now = start + 2 * week;
    await owners.danish.reopen();
    await owners.propose('police', 1);
    await notices.round();
    expect(owners.danish.events().map(({ event }) => event)).toEqual(['CONTRACT_PROPOSED']);
    const feed = writeFeed('dk', owners.store.read());
    expect(feed.match(/<title>\w+<\/title>/g)).toEqual([
      '<title>CONTRACT_PROPOSED</title>',
      '<title>QUARANTINED</title>',
    ]);
  }, 30_000);

  it('count no failure if the hub ends while it waits', async () => {
    await using owners = await openDanish();
    owners.danish.state.respond = () => undefined;
    const notices = owners.open();
    await owners.quarantine('dk');
    const round = notices.round();
    await expect.poll(() => owners.danish.received).toHaveLength(1);
    await notices[Symbol.asyncDispose]();
    await round;
    expect(owners.store.read()?.boxes['dk']).toMatchObject({ unsent: 1, failures: 0 });
  });

  it('begin when they are turned on, and are sent from the day of the address on', async () => {
    await using owners = await openOwners();
    await owners.quarantine('dk');
    await using notices = owners.open();
    await notices.round();
    await owners.quarantine('dk');
    await notices.round();
    const danish = await owners.openReceiver('dk');
    owners.addresses.set('dk', danish.address);
    await notices.round();
    await owners.propose('police', 1);
    await notices.round();
    expect(danish.events().map(({ event }) => event)).toEqual(['CONTRACT_PROPOSED']);
    expect(owners.store.read()?.boxes['dk']?.notices.map(({ event }) => event)).toEqual([
      'QUARANTINED',
      'CONTRACT_PROPOSED',
    ]);
  });

  it('go on with a log that was begun anew, without the old ones', async () => {
    await using owners = await openDanish();
    await using notices = owners.open();
    await owners.quarantine('dk');
    await notices.round();
    owners.time.now += 1_000;
    await rm(owners.logFile);
    await owners.administration.append('LOG_BEGUN_ANEW', { reason: 'cut off' });
    await owners.propose('police', 1);
    await notices.round();
    expect(owners.danish.events().map(({ event }) => event)).toEqual([
      'QUARANTINED',
      'CONTRACT_PROPOSED',
    ]);
  });

  it('wait while the log cannot be read, which is logged once', async () => {
    await using owners = await openDanish();
    await using notices = owners.open();
    const whole = await readFile(owners.logFile, 'utf8').catch(() => '');
    await writeFile(owners.logFile, `${whole}{"sequence":`);
    for (let rounds = 0; rounds < 3; rounds += 1) await notices.round();
    expect(owners.lines.filter((line) => line.includes('not notified')).length).toBeLessThan(2);
    await writeFile(owners.logFile, whole);
    await owners.quarantine('dk');
    await notices.round();
    expect(owners.danish.events()).toHaveLength(1);
  });

  it('begin anew if their file is spoilt', async () => {
    await using owners = await openDanish();
    await owners.quarantine('dk');
    await writeFile(owners.storeFile, '{"after":');
    await using notices = owners.open();
    await notices.round();
    await owners.propose('police', 1);
    await notices.round();
    expect(owners.danish.events().map(({ event }) => event)).toEqual(['CONTRACT_PROPOSED']);
    expect(owners.lines.join('')).toContain('the file of notices cannot be read');
  });

  it('have no text that somebody wrote, and no other line of the log', async () => {
    await using owners = await openDanish();
    await using notices = owners.open();
    await owners.quarantine('dk');
    await owners.release('rank');
    await owners.propose('police', 1);
    for (const event of ['PARTNER_SUSPENDED', 'PARTNER_REMOVED', 'KEY_REPLACED', 'HEAD_RESET'])
      await owners.administration.append(event, { partner: 'dk', reason: 'Mrs Jensen' });
    await notices.round();
    expect(owners.danish.events()).toHaveLength(3);
    const texts = [
      JSON.stringify(owners.danish.received),
      await readFile(owners.storeFile, 'utf8'),
      writeFeed('dk', owners.store.read()),
    ];
    for (const text of texts) expect(text).not.toContain('Jensen');
  });
});
