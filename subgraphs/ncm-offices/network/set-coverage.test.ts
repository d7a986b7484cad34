import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Claim } from '../entities/claim.entity.js';
import { Region } from '../entities/region.entity.js';
import { expectRefusals, openWrittenOffices, rule } from '../testing/test-mutations.js';

const page = 'https://www.norden.org/en/murmansk';
const set = { region: 'RU-MUR', on: '2010-02-01', version: 1 };
const fields = `code version office { id coverages { region { code } isStated source checkedOn } }`;

describe.each(testDatabases)('Mutation.setCoverage on $name', (database) => {
  it('records which office covers a region, and the page that states it', async () => {
    await using offices = await openWrittenOffices(database);
    const stated = { ...set, office: 'ncm:mmk', source: page };
    const { value } = await offices.call('setCoverage', stated, fields);
    const coverage = { region: { code: 'RU-MUR' }, isStated: true };
    expect(value).toEqual({
      code: 'RU-MUR',
      version: 2,
      office: {
        id: 'ncm:mmk',
        coverages: [{ ...coverage, source: page, checkedOn: '2010-02-01' }],
      },
    });
    const changes = await offices.partner.read(
      '{ officeChanges(filter: { subject: "RU-MUR" }) { nodes { mutation subject } } }',
    );
    expect(changes['officeChanges']).toEqual({
      nodes: [{ mutation: 'setCoverage', subject: 'RU-MUR' }],
    });
    // Nobody covers it, and no page says so.
    const none = await offices.call('setCoverage', { ...set, version: 2 }, fields);
    expect(none.value).toEqual({ code: 'RU-MUR', version: 3, office: null });
    expect(
      await offices.partner.source.manager.findOneBy(Region, { code: 'RU-MUR' }),
    ).toMatchObject({ coverageIsStated: false, coverageSource: null });
  });

  it('keeps what another page stated as a claim about the office of before', async () => {
    await using offices = await openWrittenOffices(database);
    const { manager } = offices.partner.source;
    const claimsOf = async (officeId: string) =>
      (await manager.findBy(Claim, { officeId, property: 'covers' })).map(
        ({ value, source, preferred }) => ({ value, source, preferred }),
      );
    const other = 'https://www.norden.org/en/other';
    const steps = [
      { office: 'ncm:mmk', source: page },
      { office: 'ncm:arh', source: other },
      { office: 'ncm:mmk', source: page },
    ];
    const claims: object[] = [];
    for (const [index, step] of steps.entries()) {
      await offices.call('setCoverage', { ...set, ...step, version: index + 1 });
      claims.push([await claimsOf('ncm:mmk'), await claimsOf('ncm:arh')]);
    }
    const claim = { value: 'RU-MUR', preferred: false };
    const [kept, otherKept] = [
      { ...claim, source: page },
      { ...claim, source: other },
    ];
    expect(claims).toEqual([
      [[], []],
      [[kept], []],
      [[{ ...kept, preferred: true }], [otherKept]],
    ]);
    // The office that covered it as the project’s own choice has no claim: no page stated that.
    expect(await claimsOf('ncm:led')).toEqual([]);
  });

  it('refuses what is not known, what is invented and an old version', async () => {
    await using offices = await openWrittenOffices(database);
    const { value } = await offices.call('registerOffice', {
      name: 'Training',
      kind: 'OFFICE',
      city: 'Riga',
      country: 'LV',
      source: page,
      on: set.on,
      isRehearsal: true,
    });
    const { id: invented } = value as { id: string };
    const unknown = (argument: string) => ({ code: 'NOT_FOUND', argument });
    await expectRefusals(offices, 'setCoverage', { ...set, office: 'ncm:mmk', source: page }, [
      { input: { region: 'RU-XXX' }, as: unknown('input.region') },
      { input: { region: 'RU-\0' }, as: unknown('input.region') },
      { input: { office: 'ncm:none' }, as: unknown('input.office') },
      { input: { office: invented }, as: rule('REHEARSAL', 'input.office') },
      { input: { version: 2 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      { input: { on: '2999-01-01' }, as: rule('FUTURE', 'input.on') },
    ]);
  });
});
