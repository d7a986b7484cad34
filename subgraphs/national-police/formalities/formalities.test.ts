import { HubError } from '@hub/shared/errors';
import { anonymous, type Reader } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import {
  accepted,
  expectRefusals,
  group,
  notThere,
  open,
  openWrittenPolice,
  rule,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const officer = 'fi:demo-officer-5';
const absent = new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });

async function readOpen(police: WrittenPolice): Promise<unknown> {
  const [found] = await police.entities(
    [{ __typename: 'Group', id: 'nbnp:g' }],
    '... on Group { officerFormalitiesOpen }',
  );
  return found?.['officerFormalitiesOpen'];
}

/** An accepted officer of the group. */
async function openWithMember(kind: (typeof testDatabases)[number]): Promise<WrittenPolice> {
  const police = await openWrittenPolice(kind);
  const nomination = { id: 'fi:n', groupId: 'nbnp:g', officerId: officer, version: 1 };
  await police.source.manager.insert(OfficerNomination, {
    ...nomination,
    nominatedOn: '2026-02-03',
  });
  police.facts['group nbnp:g'] = { ...group, acceptedOfficers: [{ id: officer }] };
  return police;
}

describe.each(testDatabases)('Mutation.recordOfficerFormality on $name', (kind) => {
  it('records a formality, replaces it, and counts what is open of the accepted', async () => {
    await using police = await openWithMember(kind);
    expect(await readOpen(police)).toBe(5);
    expect(await police.write('recordOfficerFormality')).toEqual({
      id: officer,
      formalities: [
        { kind: 'VISA', status: 'REQUESTED', on: '2026-09-20', note: 'The consulate is slow.' },
      ],
    });
    const received = { status: 'RECEIVED', on: '2026-10-20', note: null };
    expect(await police.write('recordOfficerFormality', received)).toEqual({
      id: officer,
      formalities: [{ kind: 'VISA', ...received }],
    });
    await police.write('recordOfficerFormality', { kind: 'TICKET', status: 'NOT_NEEDED' });
    expect(await readOpen(police)).toBe(3);
    const { policeChanges } = await police.read(
      `{ policeChanges(country: "FI", filter: { subject: "${officer}" }, first: 1) { nodes { mutation fields } } }`,
    );
    expect(policeChanges).toEqual({
      nodes: [{ mutation: 'recordOfficerFormality', fields: ['formalities'] }],
    });
    police.facts['group nbnp:g'] = { ...group, acceptedOfficers: [] };
    expect(await readOpen(police)).toBe(0);
  });

  it('is for none but members, and writes nothing', async () => {
    await using police = await openWithMember(kind);
    await expectRefusals(police, 'recordOfficerFormality', [
      [
        'a released officer',
        {},
        rule('NOT_MEMBER', 'officer'),
        { [`officer ${officer}`]: { nominations: [{ ...accepted, declinedOn: '2026-10-01' }] } },
      ],
      [
        'a nominee',
        {},
        rule('NOT_MEMBER', 'officer'),
        { [`officer ${officer}`]: { nominations: [open] } },
      ],
    ]);
  });

  it('goes with the erasure', async () => {
    await using police = await openWithMember(kind);
    await police.write('recordOfficerFormality');
    await police.write('setOfficerTravelNeeds');
    await police.read(`mutation { eraseOfficer(id: "${officer}") }`);
    const rows = JSON.stringify(await police.readTables());
    for (const gone of ['No nuts', 'No stairs', 'A sister', 'The consulate is slow']) {
      expect(rows).not.toContain(gone);
    }
    expect(await readOpen(police)).toBe(0);
  });
});

describe.each(testDatabases)('Mutation.recordOfficerFormalities on $name', (kind) => {
  const visa = { officer, kind: 'VISA', status: 'REQUESTED', on: '2026-09-20' };

  it('records what can be recorded of several, and says why not the rest', async () => {
    await using police = await openWithMember(kind);
    const list = [
      visa,
      { ...visa, officer: 'fi:demo-officer-3' },
      { ...visa, officer: 'dk:police-officer' },
      { ...visa, kind: 'TICKET', on: '2028-01-01' },
      { ...visa, kind: 'CONSENT', version: 4 },
      { ...visa, kind: 'INSURANCE', status: 'RECEIVED' },
    ];
    const answer = await police.write('recordOfficerFormalities', { formalities: list });
    expect(answer).toEqual({
      results: [null, 'NOT_MEMBER', null, 'OUTSIDE_PROGRAMME', null, null].map((rule, place) => ({
        participant: list[place]?.officer,
        kind: list[place]?.kind,
        refusal: place === 2 || place === 4 || rule !== null ? { rule } : null,
      })),
    });
    expect(await readOpen(police)).toBe(4);
    const found = await police.read(
      `{ officer(id: "${officer}") { formalities(group: "nbnp:g") { kind status version } } }`,
    );
    expect(found).toEqual({
      officer: {
        formalities: [
          { kind: 'INSURANCE', status: 'RECEIVED', version: 1 },
          { kind: 'VISA', status: 'REQUESTED', version: 1 },
        ],
      },
    });
  });

  it('refuses all of a group that is unknown, cancelled or out of reach', async () => {
    await using police = await openWithMember(kind);
    await expectRefusals(police, 'recordOfficerFormalities', [
      ['no such group', { group: 'nbnp:nowhere' }, notThere('group')],
      [
        'a cancelled group',
        {},
        rule('CANCELLED', 'group'),
        { 'group nbnp:g': { ...group, cancelledOn: '2026-05-10' } },
      ],
      ['no network', {}, { code: 'PARTNER_UNAVAILABLE' }, { 'group nbnp:g': absent }],
    ]);
  });
});

describe.each(testDatabases)('OfficerNomination.hasFormalities on $name', (kind) => {
  it('says whether any are recorded for the group of the nomination', async () => {
    await using police = await openWithMember(kind);
    const read = async () => {
      const found = (await police.read(
        `{ officer(id: "${officer}") { nominations { groupId hasFormalities } } }`,
      )) as { officer: { nominations: readonly Readonly<Record<string, unknown>>[] } };
      return found.officer.nominations
        .filter(({ hasFormalities }) => hasFormalities)
        .map(({ groupId }) => groupId);
    };
    expect(await read()).toEqual([]);
    await police.write('recordOfficerFormality');
    expect(await read()).toEqual(['nbnp:g']);
  });
});

describe.each(testDatabases)('Group.officerVisasRefused on $name', (kind) => {
  it('counts members whose visa is refused, until they are absent, and names none', async () => {
    await using police = await openWithMember(kind);
    const read = async () => {
      const [found] = await police.entities(
        [{ __typename: 'Group', id: 'nbnp:g' }],
        '... on Group { officerVisasRefused }',
      );
      return found?.['officerVisasRefused'];
    };
    expect(await read()).toBe(0);
    await police.write('recordOfficerFormality');
    expect(await read()).toBe(0);
    await police.write('recordOfficerFormality', { kind: 'TICKET', status: 'REFUSED' });
    expect(await read()).toBe(0);
    await police.write('recordOfficerFormality', { status: 'REFUSED' });
    expect(await read()).toBe(1);
    const member = { ...group, acceptedOfficers: [{ id: officer }] };
    const absence = { participant: { id: officer }, visit: { id: 'nbnp:v' }, from: '2026-11-02' };
    police.facts['group nbnp:g'] = { ...member, absences: [absence] };
    expect(await read()).toBe(0);
    police.facts['group nbnp:g'] = { ...group, acceptedOfficers: [] };
    expect(await read()).toBe(0);
  });
});

describe.each(testDatabases)('Mutation.setOfficerTravelNeeds on $name', (kind) => {
  it('sets all needs anew, and keeps only their version without values', async () => {
    await using police = await openWrittenPolice(kind);
    const all = { diet: 'No nuts', access: 'No stairs', emergencyContact: 'A sister' };
    const none = { diet: null, access: null, emergencyContact: null };
    expect(await police.write('setOfficerTravelNeeds')).toEqual({ id: officer, travelNeeds: all });
    expect(await police.write('setOfficerTravelNeeds', { ...none, diet: 'Vegan' })).toEqual({
      id: officer,
      travelNeeds: { ...none, diet: 'Vegan' },
    });
    expect(await police.write('setOfficerTravelNeeds', none)).toEqual({
      id: officer,
      travelNeeds: none,
    });
  });

  it('makes a version of before the clearing a CONFLICT', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('setOfficerTravelNeeds', { version: 0 });
    await police.write('setOfficerTravelNeeds', {
      diet: null,
      access: null,
      emergencyContact: null,
      version: 1,
    });
    const stale = { code: 'CONFLICT', currentVersion: 2, argument: 'input.version' };
    await expectRefusals(
      police,
      'setOfficerTravelNeeds',
      [0, 1].map((version) => [`version ${version}`, { version }, stale]),
    );
    await police.write('setOfficerTravelNeeds', { version: 2 });
  });
});

describe.each(testDatabases)('Group.officerFormalitiesOpen on $name', (kind) => {
  it('is withheld while it is small from callers without a task, as in statistics', async () => {
    await using police = await openWithMember(kind);
    police.facts['group nbnp:g'] = {
      ...group,
      acceptedOfficers: [{ id: officer }],
      senders: ['fi', 'no'],
      coordinatingOffice: null,
      visits: [],
    };
    const ask = (reader: Reader) =>
      police.ask(
        '{ _entities(representations: [{ __typename: "Group", id: "nbnp:g" }, { __typename: "Group", id: "nbnp:empty" }]) { ... on Group { officerFormalitiesOpen } } }',
        {},
        reader,
      );
    const counts = (open: number | null) => ({
      data: { _entities: [open, 0].map((officerFormalitiesOpen) => ({ officerFormalitiesOpen })) },
    });
    // Five kinds of one member.
    expect(await ask(anonymous)).toEqual(counts(5));
    await police.write('recordOfficerFormality', { status: 'RECEIVED' });
    const path = ['_entities', 0, 'officerFormalitiesOpen'];
    for (const reader of [anonymous, readerOf('fi', 'analyst'), readerOf('dk', 'coordinator')])
      expect(await ask(reader)).toMatchObject({
        ...counts(null),
        errors: [{ path, extensions: { code: 'FORBIDDEN' } }],
      });
    for (const reader of [
      readerOf('nbnp', 'liaison'),
      readerOf('fi', 'auditor'),
      readerOf('no', 'liaison'),
    ])
      expect(await ask(reader)).toEqual(counts(4));
  });
});
