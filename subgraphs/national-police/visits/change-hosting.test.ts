import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
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

describe.each(testDatabases)('Mutation.changeHosting on $name', (kind) => {
  it('changes what is given, removes what is null, and keeps what is left out', async () => {
    await using police = await openWrittenPolice(kind);
    const changed = {
      id: 'fi:offered',
      status: 'OFFERED',
      accommodation: null,
      transport: 'Coach',
      meetingPoint: 'Platform 5',
      contactOnTheSpot: 'A liaison',
      emergencyContact: 'Duty',
      note: 'Bring a passport.',
      decidedOn: null,
      version: 2,
    };
    expect(await police.write('changeHosting')).toEqual(changed);
    const { policeUnit } = await police.read(
      '{ policeUnit(id: "fi:npb") { hostings { id transport meetingPoint version } } }',
    );
    expect(policeUnit).toMatchObject({
      hostings: expect.arrayContaining([
        { id: 'fi:offered', transport: 'Coach', meetingPoint: 'Platform 5', version: 2 },
      ]) as unknown,
    });
  });

  it('changes a confirmed offer, also of a visit that others host, and keeps the confirmation', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('confirmHosting');
    Object.assign(police.facts, but({ hosts: [{ country: 'SE', owner: 'se' }] }));
    expect(await police.write('changeHosting', { version: 2 })).toMatchObject({
      status: 'CONFIRMED',
      decidedOn: '2026-10-01',
      version: 3,
    });
  });

  it('is recorded with the fields that it changed', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('changeHosting', { emergencyContact: null });
    const query = `{ policeChanges(country: "FI", filter: { subject: "fi:offered" }) {
      nodes { mutation fields } } }`;
    const fields = ['accommodation', 'contactOnTheSpot', 'meetingPoint', 'note', 'version'];
    expect(await police.read(query)).toEqual({
      policeChanges: { nodes: [{ mutation: 'changeHosting', fields }] },
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    const missing = { 'visit nbnp:v': null };
    await expectRefusals(police, 'changeHosting', [
      ['no such hosting', { hosting: 'fi:nothing' }, notThere('hosting')],
      ['an offer for no visit', {}, notThere('hosting'), missing],
      ['no rooms', { accommodation: '' }, badInput('accommodation')],
      ['no coach', { transport: ' ' }, badInput('transport')],
      ['no place', { meetingPoint: '\n' }, badInput('meetingPoint')],
      ['nobody there', { contactOnTheSpot: '\0' }, badInput('contactOnTheSpot')],
      ['nobody on duty', { emergencyContact: '' }, badInput('emergencyContact')],
      ['no note', { note: '' }, badInput('note')],
      [
        'what was read before another change',
        { version: 2 },
        { code: 'CONFLICT', currentVersion: 1, argument: 'input.version' },
      ],
      ['a cancelled group', {}, rule('CANCELLED', 'hosting'), cancelled],
      ['a visit that ended', {}, rule('RETURNED', 'hosting'), returned],
    ]);
    await police.write('withdrawHosting');
    await expectRefusals(police, 'changeHosting', [
      ['what was withdrawn', { version: 2 }, rule('WITHDRAWN', 'hosting')],
    ]);
  });
});
