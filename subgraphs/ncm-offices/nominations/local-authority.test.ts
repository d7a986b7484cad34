import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  away,
  expectRefusals,
  nomination,
  openWrittenOffices,
  rule,
} from '../testing/test-mutations.js';

const decision = { nomination: 'ncm:n1', on: '2010-01-11', version: 1 };
const selection = 'localAuthority authority { id }';
const localAuthority = 'Regional administration';
const authority = 'nbnp:court';

describe.each(testDatabases)('DelegateNomination.authority on $name', (database) => {
  it('is an organisation of the network, with a name beside it or without', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1'), nomination('2')]);
    offices.hub.set(authority, { id: authority });
    const alone = { ...decision, authority };
    expect((await offices.call('selectDelegate', alone, selection)).value).toEqual({
      localAuthority: null,
      authority: { id: authority },
    });
    expect(offices.asked).toContainEqual([`organisation ${authority}`]);
    const both = { ...alone, nomination: 'ncm:n2', localAuthority };
    expect((await offices.call('selectDelegate', both, selection)).value).toEqual({
      localAuthority,
      authority: { id: authority },
    });
    const declined = { ...alone, nomination: 'ncm:n2', version: 2 };
    expect((await offices.call('declineDelegate', declined, selection)).value).toEqual({
      localAuthority: null,
      authority: { id: authority },
    });
  });

  it('is null where the authority has only a name', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1')]);
    const named = { ...decision, localAuthority };
    expect((await offices.call('selectDelegate', named, selection)).value).toEqual({
      localAuthority,
      authority: null,
    });
  });
});

describe.each(
  testDatabases.flatMap((database) =>
    (['selectDelegate', 'declineDelegate', 'withdrawDelegate'] as const).map((mutation) => ({
      ...database,
      mutation,
    })),
  ),
)('Mutation.$mutation on $name', ({ mutation, ...database }) => {
  it('refuses an unknown organisation and a name without three letters', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1')]);
    const unnamed = ['It', '--- 12', '  a b  '];
    const unknown = ['nbnp:none', 'nbnp:\0', 'dk:police', 'none'];
    offices.hub.set(authority, { id: authority, mergedInto: { id: 'nbnp:courts' } });
    await expectRefusals(offices, mutation, { ...decision, localAuthority }, [
      ...unnamed.map((name) => ({
        input: { localAuthority: name },
        as: rule('AUTHORITY', 'input.localAuthority'),
      })),
      { input: { authority }, as: rule('MERGED', 'input.authority') },
      ...unknown.map((id) => ({
        input: { authority: id },
        as: { code: 'NOT_FOUND', argument: 'input.authority' },
      })),
      {
        input: { authority },
        hub: { [authority]: away },
        as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' },
      },
    ]);
  });
});
