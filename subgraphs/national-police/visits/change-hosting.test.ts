import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  expectRefusals,
  notThere,
  openWrittenPolice,
  visit,
  type Facts,
} from '../testing/test-mutations.js';

const but = (change: object): Facts => ({ 'visit nbnp:v': { ...visit, ...change } });

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

  it('refuses an offer for a visit that does not exist', async () => {
    await using police = await openWrittenPolice(kind);
    const missing = { 'visit nbnp:v': null };
    await expectRefusals(police, 'changeHosting', [
      ['an offer for no visit', {}, notThere('hosting'), missing],
    ]);
  });
});
