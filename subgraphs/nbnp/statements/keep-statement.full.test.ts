import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { insertOrganisation, organisation } from '../testing/test-parties.js';
import { openTestVisits, programme, type TestVisits } from '../testing/test-visits.js';

const page = { source: 'https://example.org/report', on: '2026-03-01' };
const next = { source: 'https://example.org/other', on: '2026-04-01' };
const words = {
  about: organisation,
  kind: 'CONTEXT',
  text: 'Victims come “from the North”.',
  countries: ['LV', 'EE'],
  traffickingRoles: ['ORIGIN', 'TRANSIT'],
  primaryRole: 'ORIGIN',
  place: 'page 5',
  ...page,
};
const fields = `id kind text countries traffickingRoles primaryRole place source checkedOn version
  subject { __typename } claims { property value source preferred }`;

const ruled = (rule: string, argument: string, more = {}) => ({
  code: 'RULE_VIOLATED',
  rule,
  argument,
  ...more,
});

const record = async (network: TestVisits, change: object = {}): Promise<string> =>
  String((await network.done('recordStatement', { ...words, ...change }))['id']);

describe.each(testDatabases)('Mutation.recordStatement on $name', (kind) => {
  it('records what a page states, which its subject and searches show', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const { id, ...shown } = await network.done('recordStatement', words, fields);
    const { about: _, on: checkedOn, ...given } = words;
    expect(id).toMatch(/^nbnp:.+/);
    const subject = { __typename: 'Organisation' };
    expect(shown).toEqual({ ...given, checkedOn, version: 1, subject, claims: [] });
    expect(
      await network.read(
        `{ statements(filter: { search: "FROM the north", country: "EE" }) { nodes { id } }
           organisation(id: "${organisation}") { statements { id } }
           networkChanges(first: 1) { nodes { mutation subject fields } } }`,
      ),
    ).toMatchObject({
      statements: { nodes: [{ id }] },
      organisation: { statements: [{ id }] },
      networkChanges: { nodes: [{ mutation: 'recordStatement' }] },
    });
  });

  it('is about a programme, an event, an organisation, or the field as a whole', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const event = await network.done('recordEvent', {
      title: 'A day',
      kind: 'SEMINAR',
      organisers: [organisation],
    });
    for (const [about, subject] of [
      [programme, { __typename: 'Programme' }],
      [event['id'], { __typename: 'Event' }],
      [null, null],
    ])
      expect(
        await network.done('recordStatement', { ...words, about }, 'subject { __typename }'),
      ).toEqual({ subject });
    for (const about of ['nbnp:none', 'dk:police', 'a\0'])
      expect(await network.refusal('recordStatement', { ...words, about })).toEqual({
        code: 'NOT_FOUND',
        argument: 'input.about',
      });
  });

  it('refuses what the page states of the subject already, with its id', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const id = await record(network);
    const again = { ...words, kind: 'NEED', text: 'victims  come from the NORTH' };
    expect(await network.refusal('recordStatement', again)).toEqual(
      ruled('DUPLICATE', 'input.text', { id }),
    );
    for (const change of [{ source: next.source }, { about: null }, { isAnother: true }])
      expect(await record(network, change)).not.toBe(id);
  });

  it('refuses an aim of a programme, a primary role that is none, and what is merged', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    expect(
      await network.refusal('recordStatement', { ...words, about: programme, kind: 'AIM' }),
    ).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.kind' });
    expect(
      await network.refusal('recordStatement', { ...words, primaryRole: 'DESTINATION' }),
    ).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.primaryRole' });
    const ngo = { kind: 'ngo', ...page };
    const { id: into } = await network.done('registerOrganisation', { ...ngo, name: 'Stays' });
    const merge = { organisation, into, reason: 'One.', ...page, version: 1, intoVersion: 1 };
    await network.done('mergeOrganisations', merge);
    expect(await network.refusal('recordStatement', words)).toEqual(ruled('MERGED', 'input.about'));
  });

  it('records once for an idempotency key', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const keyed = { idempotencyKey: 'k', isAnother: true };
    expect(await record(network, keyed)).toBe(await record(network, keyed));
  });
});

describe.each(testDatabases)('Mutation.changeStatement on $name', (kind) => {
  it('changes what is given, and keeps what another page stated as claims', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const statement = await record(network);
    const change = { statement, text: 'Victims come from the South.', countries: ['LT', 'EE'] };
    expect(
      await network.done('changeStatement', { ...change, ...next, version: 1 }, fields),
    ).toMatchObject({
      text: change.text,
      kind: 'CONTEXT',
      countries: ['LT', 'EE'],
      source: next.source,
      checkedOn: next.on,
      version: 2,
      claims: [
        { property: 'text', value: words.text, source: page.source, preferred: false },
        { property: 'countries', value: 'LV', source: page.source, preferred: false },
      ],
    });
    // The same page, read again: nothing but a correction.
    const corrected = { statement, place: null, countries: ['LT'], ...next, version: 2 };
    const { claims, ...shown } = await network.done('changeStatement', corrected, fields);
    expect(shown).toMatchObject({ place: null, countries: ['LT'], version: 3 });
    expect(claims).toHaveLength(2);
  });

  it('refuses a stale version, an unknown one, a duplicate, and an aim of a programme', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const aims = ['To meet.'];
    await network.done('changeProgramme', { programme, aims, version: 1 });
    const other = await record(network, { text: 'Another.' });
    const statement = await record(network);
    const change = (given: object) =>
      network.refusal('changeStatement', { statement, version: 1, ...page, ...given });
    expect(await change({ version: 2 })).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    expect(await change({ statement: 'nbnp:none' })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.statement',
    });
    expect(await change({ text: 'another' })).toEqual(
      ruled('DUPLICATE', 'input.text', { id: other }),
    );
    const aim = `${programme}/aim/000`;
    const refused = { code: 'BAD_USER_INPUT', argument: 'input.statement' };
    expect(await change({ statement: aim, text: 'To part.' })).toMatchObject(refused);
    const removal = { statement: aim, reason: 'Wrong.', version: 1 };
    expect(await network.refusal('removeStatement', removal)).toMatchObject(refused);
  });
});

describe.each(testDatabases)('Mutation.removeStatement on $name', (kind) => {
  it('removes a mistake with its countries and claims, and keeps why', async () => {
    await using network = await openTestVisits(kind);
    await insertOrganisation(network);
    const tables = ['statements', 'statement_countries', 'claims'];
    const count = async () => {
      const rows = tables.map((table) => network.source.query<object[]>(`SELECT * FROM ${table}`));
      return (await Promise.all(rows)).map((all) => all.length);
    };
    const before = await count();
    const statement = await record(network);
    const change = { statement, text: 'Other words.', ...next, version: 1 };
    await network.done('changeStatement', change);
    const removal = { statement, reason: 'Twice.', version: 1 };
    expect(await network.refusal('removeStatement', removal)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
    });
    expect(await network.done('removeStatement', { ...removal, version: 2 })).toBe(true);
    expect(await count()).toEqual(before);
    expect(
      await network.read('{ networkChanges(first: 1) { nodes { mutation reason } } }'),
    ).toEqual({ networkChanges: { nodes: [{ mutation: 'removeStatement', reason: 'Twice.' }] } });
  });
});
