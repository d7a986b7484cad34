import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Policies, TypePolicy } from '../../policy/type-policy.js';
import {
  openTestVisits,
  Visit,
  visit,
  type TestVisits,
} from '../../records/changes/test-visits.js';
import { bothDatabases } from '../../testing/databases.js';
import { createDescribeSubjects } from './describe-subjects.js';
import { createNoticeSource } from './read-notices.js';

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
