import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Hosting } from '../entities/hosting.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import {
  expectRefusals,
  notThere,
  openWrittenPolice,
  rule,
  visit,
  type Facts,
} from '../testing/test-mutations.js';

const but = (change: object): Facts => ({ 'visit nbnp:v': { ...visit, ...change } });
const elsewhere = but({ hosts: [{ country: 'SE', owner: 'se' }] });
/** An office hosts in Finland. */
const ofOffice = but({ hosts: [{ country: 'FI', owner: 'ncm' }] });

/** When the unit existed, for a visit from 2 to 7 November 2026, and whether it can host it. */
const existences = [
  [null, null, true],
  ['2001', '2026', true],
  ['2026-11-02', '2026-11-07', true],
  ['2026-11', '2026-11', true],
  [null, '2026-11-06', false],
  [null, '2026-10', false],
  ['2026-11-03', null, false],
  ['2027', null, false],
] as const;

describe.each(testDatabases)('Mutation.offerHosting on $name', (kind) => {
  it('adds an offer', async () => {
    await using police = await openWrittenPolice(kind);
    const hosting = await police.write('offerHosting');
    expect(hosting).toEqual({
      id: expect.stringMatching(/^fi:/),
      visitId: 'nbnp:v',
      unit: { id: 'fi:npb' },
      host: {
        __typename: 'PoliceUnit',
        id: 'fi:npb',
        name: 'National Police Board of Finland',
        country: 'FI',
      },
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

  it('refuses what does not exist, and a visit that an office hosts', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'offerHosting', [
      ['a unit of Sweden’s', { unit: 'se:npb' }, notThere('unit')],
      [
        'a visit here that an office hosts',
        {},
        rule('HOST_COUNTRY', 'visit', 'VISIT_ELSEWHERE'),
        ofOffice,
      ],
    ]);
  });

  it.each(existences)(
    'takes a unit that existed %s – %s: %j',
    async (validFrom, validTo, takes) => {
      await using police = await openWrittenPolice(kind);
      await police.source.manager.update(PoliceUnit, { id: 'fi:npb' }, { validFrom, validTo });
      if (takes) return void (await police.write('offerHosting'));
      await expectRefusals(police, 'offerHosting', [['closed', {}, rule('CLOSED', 'unit')]]);
    },
  );

  it('takes a unit that has ended if nobody knows the days of the visit', async () => {
    await using police = await openWrittenPolice(kind);
    await police.source.manager.update(PoliceUnit, { id: 'fi:npb' }, { validTo: '2020' });
    Object.assign(police.facts, but({ startsOn: null, endsOn: null }));
    await police.write('offerHosting');
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

  it.each(existences)(
    'takes a unit that existed %s – %s: %j',
    async (validFrom, validTo, takes) => {
      await using police = await openWrittenPolice(kind);
      const { manager } = police.source;
      const { unitId } = await manager.findOneByOrFail(Hosting, { id: 'fi:offered' });
      await manager.update(PoliceUnit, { id: unitId }, { validFrom, validTo });
      if (takes) return void (await police.write('confirmHosting'));
      await expectRefusals(police, 'confirmHosting', [['closed', {}, rule('CLOSED', 'hosting')]]);
      expect(await police.write('withdrawHosting')).toMatchObject({ status: 'WITHDRAWN' });
    },
  );

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

  it('refuses what does not exist, and a visit that an office hosts', async () => {
    await using police = await openWrittenPolice(kind);
    const missing = { 'visit nbnp:v': null };
    await expectRefusals(police, 'confirmHosting', [
      ['an offer for no visit', {}, notThere('hosting'), missing],
      [
        'a visit here that an office hosts',
        {},
        rule('HOST_COUNTRY', 'hosting', 'VISIT_ELSEWHERE'),
        ofOffice,
      ],
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
  it('withdraws an unconfirmed offer, once, with any host of the visit', async () => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, elsewhere);
    expect(await police.write('withdrawHosting')).toMatchObject({ status: 'WITHDRAWN' });
    await expectRefusals(police, 'withdrawHosting', [
      ['once more', {}, rule('WITHDRAWN', 'hosting')],
    ]);
  });
});
