import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Hosting } from '../entities/hosting.entity.js';
import {
  badInput,
  expectRefusals,
  group,
  notThere,
  openWrittenPolice,
  rule,
  visit,
  type Facts,
} from '../testing/test-mutations.js';

const but = (change: object): Facts => ({ 'visit nbnp:v': { ...visit, ...change } });
const cancelled = but({ group: { ...group, cancelledOn: '2026-09-30' } });
const returned = but({ returnedOn: '2026-09-30' });
const elsewhere = but({ hosts: [{ country: 'SE', owner: 'se' }] });
/** An office hosts in Finland. */
const ofOffice = but({ hosts: [{ country: 'FI', owner: 'ncm' }] });

describe.each(testDatabases)('Mutation.offerHosting on $name', (kind) => {
  it('adds an offer, also for a visit that others host', async () => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, elsewhere);
    const hosting = await police.write('offerHosting');
    expect(hosting).toEqual({
      id: expect.stringMatching(/^fi:/),
      visitId: 'nbnp:v',
      unit: { id: 'fi:npb' },
      status: 'OFFERED',
      accommodation: 'Rooms',
      transport: 'Coach',
      meetingPoint: null,
      contactOnTheSpot: null,
      emergencyContact: 'Duty',
      note: null,
      decidedOn: null,
      version: 1,
    });
    const { policeUnit } = await police.read('{ policeUnit(id: "fi:npb") { hostings { id } } }');
    expect(policeUnit).toEqual({
      hostings: expect.arrayContaining([{ id: hosting.id }]) as unknown,
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'offerHosting', [
      ['no such visit', { visit: 'nbnp:nowhere' }, notThere('visit')],
      ['a unit of Sweden’s', { unit: 'se:npb' }, notThere('unit')],
      ['no rooms', { accommodation: '' }, badInput('accommodation')],
      ['no coach', { transport: ' ' }, badInput('transport')],
      ['nobody', { emergencyContact: '\0' }, badInput('emergencyContact')],
      ['a cancelled group', {}, rule('CANCELLED', 'visit'), cancelled],
      ['a visit that ended', {}, rule('RETURNED', 'visit'), returned],
    ]);
  });
});

describe.each(testDatabases)('Mutation.confirmHosting on $name', (kind) => {
  it.each([true, false])('says %j as its visit, whatever a file said', async (isRehearsal) => {
    await using police = await openWrittenPolice(kind);
    const { manager } = police.source;
    await manager.update(Hosting, { id: 'fi:offered' }, { isRehearsal: !isRehearsal });
    Object.assign(police.facts, but({ isRehearsal }));
    await police.write('confirmHosting');
    expect(await manager.findOneBy(Hosting, { id: 'fi:offered' })).toMatchObject({ isRehearsal });
  });

  it('confirms an offer, which can still be withdrawn; both dates stay', async () => {
    await using police = await openWrittenPolice(kind);
    const hosting = { id: 'fi:offered', visitId: 'nbnp:v', accommodation: 'Rooms' };
    expect(await police.write('confirmHosting')).toEqual({
      ...hosting,
      status: 'CONFIRMED',
      decidedOn: '2026-10-01',
      version: 2,
    });
    expect(await police.write('withdrawHosting')).toEqual({
      ...hosting,
      status: 'WITHDRAWN',
      decidedOn: '2026-10-02',
      version: 3,
    });
    expect(await police.source.manager.findOneBy(Hosting, { id: hosting.id })).toMatchObject({
      confirmedOn: '2026-10-01',
      withdrawnOn: '2026-10-02',
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    const missing = { 'visit nbnp:v': null };
    await expectRefusals(police, 'confirmHosting', [
      ['no such hosting', { hosting: 'fi:nothing' }, notThere('hosting')],
      ['nothing’s id', { hosting: 'fi:\0' }, notThere('hosting')],
      ['an offer for no visit', {}, notThere('hosting'), missing],
      ['a visit elsewhere', {}, rule('HOST_COUNTRY', 'hosting', 'VISIT_ELSEWHERE'), elsewhere],
      [
        'a visit here that an office hosts',
        {},
        rule('HOST_COUNTRY', 'hosting', 'VISIT_ELSEWHERE'),
        ofOffice,
      ],
      ['a cancelled group', {}, rule('CANCELLED', 'hosting'), cancelled],
      ['a visit that ended', {}, rule('RETURNED', 'hosting'), returned],
      ['after the programme', { on: '2027-07-01' }, rule('OUTSIDE_PROGRAMME', 'on')],
    ]);
    await police.write('confirmHosting');
    await expectRefusals(police, 'confirmHosting', [
      ['once more', { on: '2026-10-05' }, rule('ALREADY_DECIDED', 'hosting')],
    ]);
    await police.write('withdrawHosting');
    await expectRefusals(police, 'confirmHosting', [
      ['what was withdrawn', {}, rule('WITHDRAWN', 'hosting')],
    ]);
  });
});

describe.each(testDatabases)('a decision on a hosting on $name', (kind) => {
  it.each(['confirmHosting', 'withdrawHosting'] as const)(
    'is refused on an offer that has changed since it was read: %s',
    async (name) => {
      await using police = await openWrittenPolice(kind);
      await police.write('changeHosting');
      const conflict = { code: 'CONFLICT', currentVersion: 2, argument: 'input.version' };
      await expectRefusals(
        police,
        name,
        [0, 1, 3].map((version) => [`version ${version}`, { version }, conflict] as const),
      );
      expect(await police.write(name, { version: 2 })).toMatchObject({ version: 3 });
    },
  );

  it('withdraws no offer that was read as OFFERED and confirmed since', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('confirmHosting', { version: 1 });
    await expectRefusals(police, 'withdrawHosting', [
      ['what was read before', { version: 1 }, { code: 'CONFLICT', currentVersion: 2 }],
    ]);
    expect(await police.write('withdrawHosting', { version: 2 })).toMatchObject({
      status: 'WITHDRAWN',
    });
  });
});

describe.each(testDatabases)('Mutation.withdrawHosting on $name', (kind) => {
  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('confirmHosting');
    await expectRefusals(police, 'withdrawHosting', [
      ['no such hosting', { hosting: 'fi:nothing' }, notThere('hosting')],
      ['a cancelled group', {}, rule('CANCELLED', 'hosting'), cancelled],
      ['a visit that ended', {}, rule('RETURNED', 'hosting'), returned],
      ['before it was confirmed', { on: '2026-09-30' }, rule('DATE_ORDER', 'on')],
      ['after the programme', { on: '2027-07-01' }, rule('OUTSIDE_PROGRAMME', 'on')],
    ]);
  });

  it('withdraws an unconfirmed offer, once, with any host of the visit', async () => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, elsewhere);
    expect(await police.write('withdrawHosting')).toMatchObject({ status: 'WITHDRAWN' });
    await expectRefusals(police, 'withdrawHosting', [
      ['once more', {}, rule('WITHDRAWN', 'hosting')],
    ]);
  });
});
