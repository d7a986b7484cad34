import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { identityIn } from '@hub/shared/partner';
import { usualRetention } from '@hub/shared/records';
import { type Logger, silentLogger } from '@hub/shared/system';
import { createDisposableStack, inner, openMailServer } from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import en from '../../../gateway/explorer/words/en.json' with { type: 'json' };
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn } from '../network/run-programme.js';

const day = 86_400_000;
/** Nine days before a visit of the demonstration begins. */
const begun = Date.parse('2027-02-26T08:00:00Z');
/** What a mail calls that for which no task waits. */
const mailKinds = {
  VISIT_CANCELLED: 'Visits that were cancelled, of those you host or lend an expert for',
  NOMINATION_WITHDRAWN: 'Nominations that were withdrawn',
};
const contentOf = (code: string) => ({ nbnp, ncm: ncmOffices })[code]?.mail ?? nationalPolice.mail;

/** The whole network, one mail server, and what each partner’s server does for its mails. */
async function open() {
  const stack = createDisposableStack();
  const time = { now: begun };
  const clock = () => new Date(time.now);
  const network = stack.use(await openNetwork('demonstration', { isGuarded: true, clock }));
  const server = stack.use(await openMailServer());
  const lines: string[] = [];
  const write = (...line: unknown[]) => void lines.push(JSON.stringify(line));
  const rounds = new Map<string, (source: DataSource) => Promise<boolean>>();
  for (const partner of network.codes) {
    const keys = identityIn(network.keys, partner);
    const identity = stack.use(
      inner.createPartnerIdentity({ partner, ...keys, hubUrl: network.hubUrl }),
    );
    const content = contentOf(partner);
    if (!content) throw new Error(`${partner} writes no mails.`);
    const recipients = [
      { role: 'coordinator', address: `desk@${partner}.example.org` },
      { role: 'liaison', address: `liaison@${partner}.example.org` },
    ] as const;
    rounds.set(partner, (source) =>
      inner.createMailChore({
        content,
        logger: { ...silentLogger, debug: write, warn: write, error: write } as Logger,
        settings: {
          recipients,
          language: 'en',
          from: `hub@${partner}.example.org`,
          passwordFile: undefined,
          smtp: new URL(`smtp://127.0.0.1:${server.port}`),
          pages: 'https://hub.example.org',
        },
        context: {
          partner,
          clock,
          retention: usualRetention,
          askHub: identity.askHub,
          source,
        },
      })(),
    );
  }
  return {
    network,
    time,
    lines,
    /** The mails of one round of everybody but those that are stopped. */
    async round(...stopped: string[]) {
      const before = server.mails.length;
      for (const [partner, run] of rounds)
        if (!stopped.includes(partner)) await run(network.serverOf(partner).source);
      time.now += 600_000;
      return server.mails.slice(before);
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

interface Task {
  readonly kind: string;
  readonly dueOn: string | null;
  readonly cause: string;
}

/** All names, texts and ids of what the partners have, but for what everybody writes: codes and days. */
async function findTexts({ codes, serverOf }: OpenNetwork): Promise<string[]> {
  const found = new Set<string>();
  for (const code of codes) {
    const { source } = serverOf(code);
    for (const { tableName } of source.entityMetadatas)
      for (const row of await source.query<Record<string, unknown>[]>(
        `SELECT * FROM "${tableName}"`,
      ))
        for (const value of Object.values(row))
          if (
            typeof value === 'string' &&
            value.length > 5 &&
            /[a-zа-я]/i.test(value) &&
            /[ :]/.test(value)
          )
            found.add(value);
  }
  return [...found];
}

/** What a co-ordinator reads in the list of the own tasks. */
async function tasksOf(network: OpenNetwork, organisation: string): Promise<Task[]> {
  const { data } = await network.ask(
    '{ tasks(first: 1000) { nodes { kind dueOn cause isUncertain isRehearsal } } }',
    {},
    { organisation, role: 'coordinator' },
  );
  const nodes = data.tasks.nodes as Tree[];
  return nodes
    .filter(({ isUncertain, isRehearsal }) => !isUncertain && !isRehearsal)
    .map(({ kind, dueOn, cause }) => ({
      kind: `${kind}`,
      dueOn: dueOn === null ? null : `${dueOn}`,
      cause: `${cause}`,
    }));
}

/**
 * The lines of a digest, by the rule: a line for each kind, with how many and the first day, and
 * again what was put back or withdrawn.
 */
function expectLines(
  tasks: readonly Task[],
  today: string,
  words: Readonly<Record<string, string>>,
) {
  const lines = (some: readonly Task[]) =>
    [...new Set(some.map(({ kind }) => kind))].map((kind) => {
      const due = some.filter((task) => task.kind === kind).map(({ dueOn }) => dueOn);
      const [first] = due.filter((day) => day !== null).toSorted();
      return `- ${words[kind]}: ${due.length}${first === undefined ? '' : `, the first by ${first}`}`;
    });
  const isOverdue = ({ dueOn }: Task) => dueOn !== null && dueOn < today;
  return [
    ...lines(tasks.filter(isOverdue)),
    ...lines(tasks.filter((task) => !isOverdue(task))),
    ...lines(tasks.filter(({ cause }) => cause !== 'NEW')),
  ].toSorted();
}

const linesOf = ({ email }: { readonly email: { readonly text?: string | undefined } }) =>
  (email.text ?? '')
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .toSorted();
const isDigest = ({ email }: { readonly email: { readonly subject?: string | undefined } }) =>
  /: \d+$/.test(email.subject ?? '');

describe('the mails of a network', () => {
  let opened: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  it('are none in a rehearsal, as the whole demonstration is one', async () => {
    expect(await opened.round()).toEqual([]);
    opened.time.now += day;
    await opened.network
      .serverOf('nbnp')
      .source.query('UPDATE "programmes" SET "is_rehearsal" = 0');
  });

  it('tell each organisation its own tasks alone, and nobody’s name, text or id', async () => {
    const { network } = opened;
    const secrets = await findTexts(network);
    const today = new Date(opened.time.now).toISOString().slice(0, 10);
    const mails = await opened.round();
    for (const code of network.codes) {
      const own = mails.filter(({ email }) => email.from?.address === `hub@${code}.example.org`);
      const digests = own.filter(isDigest);
      const tasks = await tasksOf(network, code);
      expect(tasks.length, code).toBeGreaterThan(0);
      expect(digests.flatMap(({ to }) => to).toSorted()).toEqual([
        `desk@${code}.example.org`,
        `liaison@${code}.example.org`,
      ]);
      for (const digest of digests) {
        expect(linesOf(digest), code).toEqual(expectLines(tasks, today, en.taskKinds));
        expect(digest.email.text).toContain('https://hub.example.org/tasks');
      }
    }
    const kept = network.codes.map((code) =>
      network.serverOf(code).source.query<object[]>('SELECT "told" FROM "mail_subscriptions"'),
    );
    const all = [
      ...mails.map(({ raw, email }) => `${raw}${email.text}`),
      JSON.stringify(await Promise.all(kept)),
      ...opened.lines,
    ].join('\n');
    expect(secrets.length).toBeGreaterThan(500);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  });

  it('tell those at once who have to find another host nine days before a departure, and nobody else', async () => {
    expect(await opened.round(), 'nothing is new').toEqual([]);
    const decision = { hosting: 'se:demo-hosting-5', on: '2026-11-29' };
    await runIn(opened.network).done('se', 'withdrawHosting', decision);
    const mails = await opened.round();
    const told = mails.map((mail) => `${mail.to.join()} ${linesOf(mail).join()}`);
    const lost = '- Replace the host: 1, the first by 2027-03-07';
    const again = '- Offer to host a visit: 1, the first by 2027-03-07';
    expect(told.toSorted()).toEqual([
      `desk@nbnp.example.org ${lost}`,
      `desk@se.example.org ${again}`,
      `liaison@nbnp.example.org ${lost}`,
      `liaison@se.example.org ${again}`,
    ]);
    expect(mails.filter(isDigest)).toEqual([]);
  });

  it('tell at once that a deadline has passed, of a departure that is near alone', async () => {
    const { source } = opened.network.serverOf('nbnp');
    const move = (startsOn: string, endsOn: string) =>
      source.query(
        `UPDATE "visits" SET "starts_on" = ?, "ends_on" = ? WHERE "id" = 'nbnp:demo-visit-5'`,
        [startsOn, endsOn],
      );
    const state = (deadlines: object[]) =>
      source.query('UPDATE "programmes" SET "deadlines" = ?', [JSON.stringify(deadlines)]);
    await state([{ kind: 'HOST_CONFIRMATION', days: 300 }]);
    await move('2027-06-07', '2027-06-12');
    expect(await opened.round(), 'months ahead').toEqual([]);
    await move('2027-03-07', '2027-03-12');
    const mails = await opened.round();
    for (const code of ['dk', 'no', 'se']) {
      const own = mails.filter(({ to }) => to[0] === `desk@${code}.example.org`);
      expect(own).toHaveLength(1);
      // 300 days before 7 March 2027.
      expect(own[0]?.email.text).toMatch(/Overdue:\n(- .*: \d, the first by 2026-05-11\n)+\n/);
    }
    expect(await opened.round(), 'it was told').toEqual([]);
    await state([]);
  });

  it('say who did not respond', async () => {
    await opened.network.stop('fi');
    opened.time.now += day;
    const mails = await opened.round('fi');
    const ofNetwork = mails.find(({ to }) => to[0] === 'desk@nbnp.example.org');
    expect(ofNetwork?.email.text).toContain('These did not respond, so more may wait: fi.');
    await opened.network.start('fi');
  });

  it('are not made while the network’s own server is down', async () => {
    await opened.network.stop('nbnp');
    opened.time.now += day;
    expect(await opened.round('nbnp')).toEqual([]);
    await opened.network.start('nbnp');
    expect((await opened.round()).length).toBeGreaterThan(0);
  });

  it('tell once who had agreed that a visit was cancelled, and NBNP of a withdrawal', async () => {
    const { network, time } = opened;
    const visit = 'nbnp:demo-visit-5';
    const { data } = await network.ask(
      `{ visit(id: "${visit}") { version hostings { id status } regionalHostings { id status }
          group { delegateNominations { id version status } } } }`,
      {},
      { organisation: 'nbnp', role: 'coordinator' },
    );
    const { version, hostings, regionalHostings, group } = data.visit;
    const people = (id: string) => [`desk@${id}.example.org`, `liaison@${id}.example.org`];
    const agreed = [...hostings, ...regionalHostings]
      .filter(({ status }: Tree) => status !== 'WITHDRAWN')
      .flatMap(({ id }: Tree) => people(`${id}`.replace(/:.*/, '')));
    expect(agreed.length).toBeGreaterThan(0);
    const on = new Date(time.now).toISOString().slice(0, 10);
    const nominee = group.delegateNominations.find(
      ({ status }: Tree) => !['WITHDRAWN', 'DECLINED'].includes(`${status}`),
    );
    const { done } = runIn(network);
    const withdrawal = { nomination: nominee.id, on, version: nominee.version };
    await done('ncm', 'withdrawDelegate', withdrawal);
    await done('nbnp', 'cancelVisit', { visit, on, reason: 'A strike.', version });
    time.now += day;
    const mails = (await opened.round()).filter(isDigest);
    const told = (line: string) =>
      mails.filter((mail) => linesOf(mail).includes(line)).flatMap(({ to }) => to);
    const [cancelled, withdrawn] = [mailKinds.VISIT_CANCELLED, mailKinds.NOMINATION_WITHDRAWN];
    expect(told(`- ${cancelled}: 1, the first on ${on}`).toSorted()).toEqual(agreed.toSorted());
    expect(told(`- ${withdrawn}: 1, the first on ${on}`).toSorted()).toEqual(people('nbnp'));
    const texts = mails.map(({ raw }) => raw).join('');
    for (const secret of ['A strike.', nominee.id, visit]) expect(texts).not.toContain(secret);
    time.now += day;
    const later = (await opened.round()).map(({ raw }) => raw).join('');
    for (const kind of [cancelled, withdrawn]) expect(later).not.toContain(kind.slice(0, 40));
  });
});
