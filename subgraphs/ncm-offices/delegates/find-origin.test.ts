import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import {
  away,
  expectRefusals,
  openWrittenOffices,
  rule,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const ilze = {
  office: 'ncm:rix',
  name: 'Ilze Invented',
  email: 'ilze@ncm.example.org',
  targetGroup: 'PROSECUTION',
  country: 'LV',
  employer: 'Prosecutor’s office',
  languages: ['lv', 'en'],
};
const selection = 'id country region { code } office { id } languages version';
const bad = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });

/** A programme with these sides; the network has none that names another country. */
const planned = (isRehearsal: boolean, ...countries: readonly string[]) => ({
  isRehearsal,
  sides: countries.map((country) => ({ countries: [country] })),
});
const programmes = [planned(false, 'LV', 'RU'), planned(false, 'LT'), planned(true, 'PL')];

async function open(database: (typeof testDatabases)[number]): Promise<WrittenOffices> {
  const offices = await openWrittenOffices(database);
  offices.hub.set('programmes', { programmes });
  return offices;
}

describe.each(testDatabases)('The country of a delegate on $name', (database) => {
  it('is one that a side of a programme names, and has no region', async () => {
    await using offices = await open(database);
    const { value } = await offices.call('registerDelegate', ilze, selection);
    expect(value).toMatchObject({
      country: 'LV',
      region: null,
      office: { id: 'ncm:rix' },
      languages: ['lv', 'en'],
      version: 1,
    });
    const { id } = value as { id: string };
    const ofCountry = (country: string) =>
      offices.partner.read(`{ delegates(filter: { country: "${country}" }) { nodes { id } } }`);
    expect(await ofCountry('LV')).toEqual({ delegates: { nodes: [{ id }] } });
    expect(await ofCountry('LT')).toEqual({ delegates: { nodes: [] } });
  });

  it('is that of the region, without a request', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set('programmes', away);
    const murmansk = { ...ilze, office: 'ncm:led', region: 'RU-MUR', country: 'RU' };
    const { value } = await offices.call('registerDelegate', murmansk, selection);
    expect(value).toMatchObject({ country: 'RU', region: { code: 'RU-MUR' } });
  });

  it('refuses a country that no side names, a closed office, and a country without its region', async () => {
    await using offices = await open(database);
    await expectRefusals(offices, 'registerDelegate', ilze, [
      { input: { country: 'EE' }, as: rule('SIDE', 'input.country', 'COUNTRY_NOT_NAMED') },
      // A side of a rehearsal is no reason to keep data about a real person.
      { input: { country: 'PL' }, as: rule('SIDE', 'input.country', 'COUNTRY_NOT_NAMED') },
      { input: { country: null }, as: bad('input.country') },
      { input: { country: 'RU' }, as: bad('input.region') },
      { input: { region: 'RU-MUR' }, as: bad('input.country') },
      { input: { region: 'LV-RIX' }, as: { code: 'NOT_FOUND', argument: 'input.region' } },
      { input: { office: 'ncm:led' }, as: rule('CLOSED', 'input.office') },
      { hub: { programmes: away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
    ]);
    const invented = { ...ilze, country: 'PL', isRehearsal: true };
    expect((await offices.call('registerDelegate', invented)).refusal).toBeUndefined();
  });

  it('changes with the region, or without one', async () => {
    await using offices = await open(database);
    const { value } = await offices.call('registerDelegate', ilze, selection);
    const { id: delegate } = value as { id: string };
    const change = async (version: number, input: object) => {
      const outcome = await offices.call(
        'changeDelegate',
        { delegate, version, ...input },
        'country region { code } languages',
      );
      expect(outcome.refusal).toBeUndefined();
      return outcome.value;
    };
    const languages = ['lv', 'en'];
    const lithuanian = { country: 'LT', region: null, languages };
    expect(await change(1, { country: 'LT' })).toEqual(lithuanian);
    const russian = { country: 'RU', region: { code: 'RU-PSK' }, languages };
    expect(await change(2, { region: 'RU-PSK' })).toEqual(russian);
    // What stays is not checked again: the office is open, and Russia has its region.
    expect(await change(3, { country: 'RU', employer: null })).toEqual(russian);
    await expectRefusals(offices, 'changeDelegate', { delegate, version: 4 }, [
      { input: { region: null }, as: bad('input.region') },
      { input: { region: null, country: 'RU' }, as: bad('input.region') },
      { input: { region: 'RU-KR', country: 'LV' }, as: bad('input.country') },
      { input: { country: 'EE' }, as: rule('SIDE', 'input.country', 'COUNTRY_NOT_NAMED') },
      { input: { country: null }, as: bad('input.country') },
    ]);
    expect(await change(4, { country: 'LV' })).toEqual({ ...lithuanian, country: 'LV' });
    expect(await change(5, { region: null })).toEqual({ ...lithuanian, country: 'LV' });
    const { manager } = offices.partner.source;
    expect(await manager.countBy(DelegateLanguage, { delegateId: delegate })).toBe(2);
    const moved = { delegate: 'ncm:d1', country: 'LV', version: 1 };
    await expectRefusals(offices, 'changeDelegate', moved, [
      // Her own office is the one in St. Petersburg.
      { as: rule('CLOSED', 'input.delegate') },
    ]);
  });
});
