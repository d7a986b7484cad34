import { definition } from '@hub/national-police';
import { identityIn } from '@hub/shared/partner';
import { usualRetention } from '@hub/shared/records';
import { createDisposableStack, inner, openMailServer } from '@hub/shared/testing';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openNetwork } from '../network/open-network.js';

const desk = 'desk@dk.example.org';
const liaison = 'liaison@dk.example.org';
const day = 86_400_000;

/** The network, whose Danish server writes a digest to two addresses each day. */
async function open() {
  const stack = createDisposableStack();
  const server = stack.use(await openMailServer());
  const settings = {
    recipients: [
      { role: 'coordinator', address: desk },
      { role: 'liaison', address: liaison },
    ],
    language: 'da',
    from: 'hub@dk.example.org',
    passwordFile: undefined,
    smtp: new URL(`smtp://127.0.0.1:${server.port}`),
    pages: 'https://hub.example.org',
  } as const;
  const time = { now: Date.parse('2027-02-26T08:00:00Z') };
  const clock = () => new Date(time.now);
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const network = stack.use(
    await openNetwork('demonstration', {
      isGuarded: true,
      clock,
      mail: settings,
      logger,
      isMeasured: true,
    }),
  );
  await network.serverOf('nbnp').source.query('UPDATE "programmes" SET "is_rehearsal" = 0');
  const keys = identityIn(network.keys, 'dk');
  const { hubUrl } = network;
  const identity = stack.use(inner.createPartnerIdentity({ partner: 'dk', ...keys, hubUrl }));
  if (!definition.mail) throw new Error('It writes no mails.');
  const round = inner.createMailChore({
    content: definition.mail,
    logger,
    settings,
    context: {
      partner: 'dk',
      clock,
      retention: usualRetention,
      askHub: identity.askHub,
      source: network.serverOf('dk').source,
    },
  });
  return {
    network,
    server,
    time,
    lines,
    /** Who gets a digest on the next day. */
    async nextDay() {
      time.now += day;
      const before = server.mails.length;
      await round();
      const digests = server.mails
        .slice(before)
        .filter(({ email }) => email.subject?.includes('opgaver'));
      return digests.map(({ to }) => to.join()).toSorted();
    },
    /** The address in the last mail to somebody, at the hub of the test. */
    linkOf(address: string) {
      const mail = server.mails.findLast(({ to }) => to.includes(address));
      const listed = mail?.email.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
      const link = /^<https:\/\/hub\.example\.org(\/mail\/dk\/\S+)>$/.exec(listed)?.[1] ?? '';
      expect(mail?.email.text?.replaceAll(/\s+/g, ' ')).toContain(`https://hub.example.org${link}`);
      return new URL(link, hubUrl).href;
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

const post = (link: string, body = 'List-Unsubscribe=One-Click') =>
  fetch(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

describe('the link of a mail', () => {
  it('ends the mails of its role to its address, through the hub, and starts them again', async () => {
    await using opened = await open();
    expect(await opened.nextDay()).toEqual([desk, liaison]);
    const link = opened.linkOf(desk);
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('<html lang="da">'),
    ]);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await opened.nextDay(), 'opening it changes nothing').toEqual([desk, liaison]);

    const ended = await post(link);
    expect([ended.status, await ended.text()]).toEqual([
      200,
      expect.stringContaining('Disse mails er afsluttet.'),
    ]);
    expect((await post(link)).status).toBe(200);
    expect(await opened.nextDay()).toEqual([liaison]);

    expect((await post(link, 'renew=yes')).status).toBe(200);
    expect(await opened.nextDay()).toEqual([desk, liaison]);
    // The mail server is down: the partner says so, and is ready.
    await opened.server.close();
    await opened.nextDay();
    opened.time.now += day / 24;
    const read = async (path: string) =>
      (await fetch(new URL(path, opened.network.urlOf('dk')))).text();
    expect(JSON.parse(await read('/health/ready'))).toMatchObject({
      status: 'ready',
      warnings: { mail: expect.stringMatching(/^MAIL_WAITS: \d mails wait since 2027-/) },
    });
    expect(await read('/metrics')).toMatch(/^partner_mails_waiting [1-9]$/m);
    const key = new URL(link).pathname.split('/').at(-1) ?? '';
    expect(key).toHaveLength(43);
    expect(opened.lines.join('')).not.toContain(key);
  });

  it('is of no use to anybody without its key, and waits for a server that is down', async () => {
    await using opened = await open();
    await opened.nextDay();
    const link = opened.linkOf(desk);
    const other = opened.linkOf(liaison);
    const [, , , id = '', key = ''] = new URL(link).pathname.split('/');
    const otherKey = new URL(other).pathname.split('/').at(-1) ?? '';
    const wrong = [
      `dk/${id}/${otherKey}`,
      `dk/${id}/${key.slice(1)}`,
      `dk/${'x'.repeat(22)}/${key}`,
      `fi/${id}/${key}`,
      `nobody/${id}/${key}`,
      `dk/${'x'.repeat(80)}/${key}`,
    ];
    for (const path of wrong) {
      const response = await post(new URL(`/mail/${path}?language=<script>`, link).href);
      const text = await response.text();
      expect(response.status, path).toBe(404);
      expect(text).not.toMatch(/<script|<form/);
    }
    expect(await opened.nextDay()).toEqual([desk, liaison]);
    await opened.network.stop('dk');
    const late = await post(link);
    expect([late.status, await late.text()]).toEqual([503, expect.stringContaining('svarer ikke')]);
  });
});
