import { HubError } from '@hub/shared/errors';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  calls,
  createFacts,
  mutationNames,
  openWrittenPolice,
  refusalOf,
  type MutationName,
} from './test-mutations.js';

/** The mutations with an idempotency key, and another input of the same form. */
const other: Readonly<Partial<Record<MutationName, object>>> = {
  registerOfficer: { rank: null },
  registerExpert: { fields: [] },
  registerNationalSite: { note: null },
  registerPoliceUnit: { city: null },
  setUnitContactPoint: { version: 0 },
  nominateOfficer: { officer: 'fi:demo-officer-1' },
  offerHosting: { transport: 'Bus' },
  handInOfficerReport: { on: '2026-06-01' },
};
const keyed = Object.keys(other) as MutationName[];
/** All others need a fact of another partner. */
const needsNone =
  /^register|^set|^hold|^change(Officer|Expert|PoliceUnit|NationalSite)|^(close|merge)(PoliceUnit|NationalSite)s?$|^remove(Officer|UnitContactPoint)$/;
const asking = mutationNames.filter((name) => !needsNone.test(name));

const everybody = `{
  officers(filter: { rehearsals: true }) { totalCount }
  experts(filter: { rehearsals: true }) { totalCount }
}`;
const count = (officers: number, experts: number) => ({
  officers: { totalCount: officers },
  experts: { totalCount: experts },
});

describe.each(testDatabases)('an idempotency key on $name', (kind) => {
  it('makes one record of fifty repetitions, with the same response, and refuses other input', async () => {
    await using police = await openWrittenPolice(kind);
    expect(await police.read(everybody)).toMatchObject(count(7, 2));
    for (const name of keyed) {
      const idempotencyKey = `of ${name}`;
      const repeat = () => police.write(name, { idempotencyKey });
      const answers = await Promise.all(Array.from({ length: 50 }, repeat));
      for (const answer of answers) expect(answer, name).toEqual(answers[0]);
      expect(await repeat()).toEqual(answers[0]);
      const tables = await police.readTables();
      const changed = await police.try(name, { ...other[name], idempotencyKey });
      expect(refusalOf(changed), name).toMatchObject({
        code: 'CONFLICT',
        argument: 'input.idempotencyKey',
      });
      expect(await police.readTables(), name).toEqual(tables);
    }
    expect(await police.read(everybody)).toMatchObject(count(8, 3));
  });

  it('responds to a repetition without a request', async () => {
    await using police = await openWrittenPolice(kind);
    const first = await police.write('nominateOfficer', { idempotencyKey: 'k' });
    police.facts['group nbnp:g'] = new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    expect(await police.write('nominateOfficer', { idempotencyKey: 'k' })).toEqual(first);
  });

  it('does not restore an erased person’s data', async () => {
    await using police = await openWrittenPolice(kind);
    const key = (idempotencyKey: string) => ({ idempotencyKey });
    const { id: expert } = await police.write('registerExpert', key('expert'));
    const { id: officer } = await police.write('registerOfficer', {
      isRehearsal: true,
      ...key('officer'),
    });
    await police.write('nominateOfficer', { officer, ...key('nomination') });
    await police.write('handInOfficerReport', key('report'));
    for (const id of [officer, 'fi:demo-officer-5']) {
      await police.read('mutation ($id: ID!) { eraseOfficer(id: $id) }', { id });
    }
    await police.read('mutation ($id: ID!) { eraseExpert(id: $id) }', { id: expert });
    const tables = await police.readTables();
    for (const [name, input] of [
      ['registerExpert', key('expert')],
      ['registerOfficer', { isRehearsal: true, ...key('officer') }],
      ['nominateOfficer', { officer, ...key('nomination') }],
      ['handInOfficerReport', key('report')],
    ] as const) {
      expect(refusalOf(await police.try(name, input)), name).toMatchObject({ code: 'CONFLICT' });
    }
    expect(await police.readTables()).toEqual(tables);
    const texts = JSON.stringify(tables);
    for (const { name } of [calls.registerExpert.input, calls.registerOfficer.input]) {
      expect(texts).not.toContain(name);
    }
  });
});

describe.each(testDatabases)('PARTNER_UNAVAILABLE on $name', (kind) => {
  it('refuses a mutation that needs another partner’s fact, and writes nothing', async () => {
    const away = new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    await using police = await openWrittenPolice(kind, createFacts(), () => Promise.reject(away));
    const before = await police.readTables();
    for (const name of asking) {
      expect(refusalOf(await police.try(name)), name).toMatchObject({
        code: 'PARTNER_UNAVAILABLE',
        partner: 'nbnp',
      });
    }
    expect(await police.readTables()).toEqual(before);
    await police.write('registerOfficer');
    await police.write('registerExpert');
  });
});
