import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { expectRefusals, openWrittenOffices, rule } from '../testing/test-mutations.js';

const selection =
  'id name email targetGroup country region { code } employer languages office { id } version';
const input = {
  delegate: 'ncm:d1',
  name: 'Anna Other',
  employer: null,
  region: 'RU-MUR',
  languages: ['ru', 'en'],
  version: 1,
};
const badInput = (field: string) => ({ code: 'BAD_USER_INPUT', argument: `input.${field}` });

describe.each(testDatabases)('Mutation.changeDelegate on $name', (database) => {
  it('changes what is given, removes what is null, and keeps what is left out', async () => {
    await using offices = await openWrittenOffices(database);
    const { value, refusal } = await offices.call('changeDelegate', input, selection);
    expect(refusal).toBeUndefined();
    expect(value).toEqual({
      id: 'ncm:d1',
      name: 'Anna Other',
      email: 'anna@ncm.example.org',
      targetGroup: 'POLICE',
      country: 'RU',
      region: { code: 'RU-MUR' },
      employer: null,
      languages: ['ru', 'en'],
      office: { id: 'ncm:led' },
      version: 2,
    });
    const { data } = await offices.partner.ask(
      `{ delegate(id: "ncm:d1") { ${selection} }
         officeChanges(filter: { subject: "ncm:d1" }) { nodes { mutation fields } } }`,
    );
    const fields = ['employer', 'languages', 'name', 'regionCode', 'version'];
    expect(data).toEqual({
      delegate: value,
      officeChanges: { nodes: [{ mutation: 'changeDelegate', fields }] },
    });
    const fewer = { delegate: 'ncm:d1', languages: ['ru'], version: 2 };
    const again = await offices.call('changeDelegate', fewer, selection);
    expect(again.value).toEqual({ ...(value as object), languages: ['ru'], version: 3 });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database);
    await offices.partner.ask('mutation { eraseDelegate(id: "ncm:d2") }');
    await expectRefusals(offices, 'changeDelegate', input, [
      { input: { delegate: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.delegate' } },
      { input: { region: 'RU-NONE' }, as: { code: 'NOT_FOUND', argument: 'input.region' } },
      {
        input: { version: 2 },
        as: { code: 'CONFLICT', currentVersion: 1, argument: 'input.version' },
      },
      { input: { name: ' ' }, as: badInput('name') },
      { input: { name: null }, as: badInput('name') },
      { input: { targetGroup: null }, as: badInput('targetGroup') },
      { input: { region: null }, as: badInput('region') },
      { input: { employer: '' }, as: badInput('employer') },
      { input: { languages: null }, as: badInput('languages') },
      { input: { languages: ['ru', 'ru'] }, as: badInput('languages') },
      { input: { delegate: 'ncm:d2', version: 2 }, as: rule('ERASED', 'input.delegate') },
    ]);
  });
});
