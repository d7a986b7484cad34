import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Policies, TypePolicy } from '../../policy/type-policy.js';
import {
  type TestVisits,
  Visit,
  openTestVisits,
  visit,
} from '../../records/changes/test-visits.js';
import { silentLogger } from '../../system/logger.js';
import { bothDatabases } from '../../testing/databases.js';
import { createDescribeSubjects } from './describe-subjects.js';
import { createNoticeSender, createNoticeSource } from './notice-sender.js';
import type { NoticeBatch } from './notice.js';

/** A record with so many changes, and a hub that has taken some of them. */
function openSender({ head = 0, has = null as number | null } = {}) {
  const record = { head };
  const hub = { has, isAway: false };
  const sent: string[] = [];
  const listeners = new Set<() => void>();
  const batch = (after: number, isStart: boolean): NoticeBatch => ({
    after,
    to: record.head,
    isStart,
    changes: [],
  });
  const sender = createNoticeSender({
    partner: 'dk',
    logger: silentLogger,
    times: { pollMs: 5, beatMs: 1_000_000, retryMs: 1 },
    notices: {
      readHead: async () => record.head,
      readAfter: async (after) => batch(after, false),
      readLatest: async () => batch(0, true),
    },
    async tellHub({ after, to, isStart }) {
      if (hub.isAway) throw new Error('away');
      sent.push(`${after}-${to}${isStart ? ' start' : ''}`);
      if (isStart || after === hub.has) hub.has = to;
      return { has: hub.has };
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return {
    record,
    hub,
    sent,
    sender,
    commit() {
      record.head += 1;
      for (const listener of listeners) listener();
    },
    async [Symbol.asyncDispose]() {
      await sender.stop();
    },
  };
}

const until = (sent: readonly string[], expected: readonly string[]) =>
  expect.poll(() => [...sent]).toEqual(expected);

describe('createNoticeSender', () => {
  it('sends the latest changes to a hub that has nothing', async () => {
    await using partner = openSender({ head: 3 });
    partner.sender.begin();
    await until(partner.sent, ['3-3', '0-3 start']);
  });

  it('sends what the hub does not have, after a restart of its own', async () => {
    await using partner = openSender({ head: 3, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['3-3', '1-3']);
  });

  it('sends each change after its commit, and what another process wrote', async () => {
    await using partner = openSender({ head: 1, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['1-1']);
    partner.commit();
    await until(partner.sent, ['1-1', '1-2']);
    partner.record.head = 3;
    await until(partner.sent, ['1-1', '1-2', '2-3']);
  });

  it('sends what happened while the hub was away', async () => {
    await using partner = openSender({ head: 1, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['1-1']);
    partner.hub.isAway = true;
    partner.commit();
    partner.commit();
    partner.hub.isAway = false;
    await until(partner.sent, ['1-1', '1-3']);
  });

  it('says that the record begins anew if it is shorter than what the hub has', async () => {
    await using partner = openSender({ head: 2, has: 5 });
    partner.sender.begin();
    await until(partner.sent, ['2-2', '2-2 start']);
    expect(partner.hub.has).toBe(2);
  });

  it('sends nothing after its end', async () => {
    await using partner = openSender({ head: 1, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['1-1']);
    await partner.sender.stop();
    partner.commit();
    expect(partner.sent).toEqual(['1-1']);
  });
});

const schema = buildSchema(`
  type Query { visit: Visit }
  type Visit { id: ID! title: String version: Int languages: [String] hostCountries: [Host] }
  type Host { country: String }
`);
const policy = (more: Partial<TypePolicy>): TypePolicy => ({
  fields: {},
  decide: () => false,
  ...more,
});
const openVisit = policy({
  object: 'open',
  maxAge: 10,
  fields: {
    id: 'open',
    title: 'open',
    version: 'open',
    languages: 'signedIn',
    hostCountries: 'open',
  },
});
const policies: Policies = { Visit: openVisit, Host: policy({ object: 'itinerary' }) };

const openSource = ({ source }: TestVisits, given: Policies = policies) =>
  createNoticeSource(source, createDescribeSubjects(source, schema, given));

/** The audience of a change of these fields of a visit. */
async function audienceOf(visits: TestVisits, given: Policies, ...fields: string[]) {
  const describeSubjects = createDescribeSubjects(visits.source, schema, given);
  return (await describeSubjects(['dk:old'])).get('dk:old')?.audienceOf(fields);
}

describe.each(bothDatabases)('createNoticeSource on $name', (kind) => {
  it('tells the type, the version and nothing else of each change, after any one', async () => {
    await using visits = await openTestVisits(kind);
    const notices = openSource(visits);
    expect(await notices.readLatest()).toEqual({ after: 0, to: 0, isStart: true, changes: [] });
    await visits.write((manager) => manager.insert(Visit, visit('dk:new')));
    await visits.write((manager) => manager.update(Visit, { id: 'dk:old' }, { version: 2 }));
    expect(await notices.readHead()).toBe(2);
    const at = '2026-11-24T12:00:00.000Z';
    const old = { sequence: 2, at, subject: 'dk:old', type: 'Visit', version: 2 };
    expect(await notices.readAfter(1)).toEqual({
      after: 1,
      to: 2,
      isStart: false,
      changes: [{ ...old, audience: 'changes' }],
    });
    expect((await notices.readLatest()).changes).toEqual([
      { ...old, sequence: 1, subject: 'dk:new', version: 1, audience: 'everybody' },
      { ...old, audience: 'changes' },
    ]);
    expect(await notices.readAfter(2)).toEqual({ after: 2, to: 2, isStart: false, changes: [] });
  });

  it('leaves out what was removed', async () => {
    await using visits = await openTestVisits(kind);
    await visits.write((manager) => manager.delete(Visit, { id: 'dk:old' }));
    expect(await openSource(visits).readAfter(0)).toMatchObject({ to: 1, changes: [] });
  });

  it.each([
    ['title', 'everybody'],
    ['languages', 'readers'],
    ['version', 'changes'],
    ['groupId', 'changes'],
    // What it leads to is stricter.
    ['hostCountries', 'changes'],
  ])('lets a change of %s of an open record be told to %s', async (field, audience) => {
    await using visits = await openTestVisits(kind);
    expect(await audienceOf(visits, policies, field)).toBe(audience);
  });

  it.each([
    ['values may differ between callers', { ...openVisit, maxAge: undefined }],
    ['the record is for some', { ...openVisit, object: 'signedIn' }],
    ['its id is for some', { ...openVisit, fields: { ...openVisit.fields, id: 'signedIn' } }],
    ['its type has no rule of its own', { ...openVisit, object: undefined }],
  ])('tells nothing to everybody if %s', async (_why, changed) => {
    await using visits = await openTestVisits(kind);
    expect(await audienceOf(visits, { ...policies, Visit: changed }, 'title')).toBe('readers');
  });
});
