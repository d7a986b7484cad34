import { anonymous, type Reader } from '@hub/shared/identity';
import { participantOf, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  accepted,
  group,
  open,
  openWrittenPolice,
  programme,
  rule,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const officer = 'fi:demo-officer-5';

describe.each(testDatabases)('Mutation.sayOfficerFormalityDone on $name', (kind) => {
  const said = { officer, group: 'nbnp:g', kind: 'VISA' };
  const her = participantOf(officer);

  /** An accepted officer of a group whose programme goes on. */
  async function openGoingOn(): Promise<WrittenPolice> {
    const police = await openWrittenPolice(kind);
    police.facts['group nbnp:g'] = {
      ...group,
      acceptedOfficers: [{ id: officer }],
      programme: { ...programme, endsOn: '2040' },
    };
    return police;
  }

  const say = async (police: WrittenPolice, input: object = {}, as: Reader = her) => {
    const answer = await police.ask(
      `mutation ($input: SayOfficerFormalityDoneInput!) {
        sayOfficerFormalityDone(input: $input) { __typename }
      }`,
      { input: { ...said, ...input } },
      as,
    );
    return answer.errors?.[0]?.extensions;
  };

  const read = async (police: WrittenPolice) => {
    const found = (await police.read(
      `{ officer(id: "${officer}") {
        formalities(group: "nbnp:g") { kind status note saidDoneOn saidNote version }
      } }`,
    )) as { officer: { formalities: readonly object[] } };
    return found.officer.formalities;
  };

  it('stands beside what is recorded, until her side records it again', async () => {
    await using police = await openGoingOn();
    await police.write('recordOfficerFormality');
    await say(police, { note: 'It is in my passport.', version: 1 });
    const note = 'The consulate is slow.';
    const visa = { kind: 'VISA', status: 'REQUESTED', note };
    const saidNote = 'It is in my passport.';
    const day = expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as unknown;
    expect(await read(police)).toEqual([{ ...visa, saidDoneOn: day, saidNote, version: 2 }]);
    await police.write('recordOfficerFormality', { status: 'RECEIVED', note: null });
    expect(await read(police)).toEqual([
      { ...visa, status: 'RECEIVED', note: null, saidDoneOn: null, saidNote: null, version: 3 },
    ]);
  });

  it('makes one that nobody has recorded a requested one', async () => {
    await using police = await openGoingOn();
    await say(police, { version: 0 });
    const [visa] = await read(police);
    expect(visa).toMatchObject({ kind: 'VISA', status: 'REQUESTED', note: null, version: 1 });
  });

  it('refuses what is settled, another version, and a group that is not hers', async () => {
    await using police = await openGoingOn();
    await police.write('recordOfficerFormality', { status: 'RECEIVED' });
    await police.write('recordOfficerFormality', { kind: 'TICKET', status: 'NOT_NEEDED' });
    const before = await police.readTables();
    expect(await say(police)).toMatchObject(rule('ALREADY_DECIDED', 'kind'));
    expect(await say(police, { kind: 'TICKET' })).toMatchObject(rule('ALREADY_DECIDED', 'kind'));
    const conflict = { code: 'CONFLICT', currentVersion: 0 };
    expect(await say(police, { kind: 'INSURANCE', version: 2 })).toMatchObject(conflict);
    police.facts['officer fi:demo-officer-5'] = { nominations: [open] };
    expect(await say(police, { kind: 'INSURANCE' })).toMatchObject(rule('NOT_MEMBER', 'officer'));
    police.facts['officer fi:demo-officer-5'] = { nominations: [accepted] };
    police.facts['group nbnp:g'] = { ...group, acceptedOfficers: [] };
    const over = rule('OUTSIDE_PROGRAMME', 'group');
    expect(await say(police, { kind: 'INSURANCE' })).toMatchObject(over);
    police.facts['group nbnp:g'] = { ...group, cancelledOn: '2026-05-10' };
    expect(await say(police, { kind: 'INSURANCE' })).toMatchObject(rule('CANCELLED', 'group'));
    expect(await police.readTables()).toEqual(before);
  });

  it('is for the officer herself, and for nobody in her name', async () => {
    await using police = await openGoingOn();
    const before = await police.readTables();
    const roles = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'] as const;
    const staff = roles.flatMap((role) => [readerOf('fi', role), readerOf('nbnp', role)]);
    for (const as of [anonymous, participantOf('fi:demo-officer-3'), ...staff])
      expect(await say(police, {}, as)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await police.readTables()).toEqual(before);
  });
});
