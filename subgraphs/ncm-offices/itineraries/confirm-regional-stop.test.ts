import 'reflect-metadata';

import { HubError } from '@hub/shared/errors';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import {
  away,
  expectRefusals,
  openWrittenOffices,
  programme,
  rule,
} from '../testing/test-mutations.js';

const input = { stop: 'nbnp:s', office: 'ncm:led', on: '2010-03-01', stopVersion: 2 };
const selection = 'id officeConfirmedOn officeConfirmedVersion confirmingOffice { id }';

/** A stop in Russia, on a visit of officers that no office co-ordinates. */
const visit = {
  endsOn: '2010-04-17',
  cancelledOn: null,
  returnedOn: null,
  hosts: [{ country: 'RU', owner: 'ncm' }],
  group: { cancelledOn: null, programme, senders: ['no'], coordinatingOffice: null },
};
const stop = { day: '2010-04-13', hostOwner: 'ncm', version: 2, visit };

describe.each(testDatabases)('Mutation.confirmRegionalStop on $name', (database) => {
  it.each(['coordinator', 'liaison'] as const)(
    'confirms a version of a stop for a %s, and a later one in its place',
    async (role) => {
      await using offices = await openWrittenOffices(database);
      const reader = readerOf('ncm', role);
      offices.hub.set('nbnp:s', stop);
      expect(await offices.call('confirmRegionalStop', input, selection, reader)).toEqual({
        value: {
          id: 'nbnp:s',
          officeConfirmedOn: '2010-03-01',
          officeConfirmedVersion: 2,
          confirmingOffice: { id: 'ncm:led' },
        },
        refusal: undefined,
      });
      offices.hub.set('nbnp:s', { ...stop, version: 3 });
      const later = { ...input, office: 'ncm:kgd', on: '2010-03-08', stopVersion: 3 };
      expect((await offices.call('confirmRegionalStop', later, selection, reader)).value).toEqual({
        id: 'nbnp:s',
        officeConfirmedOn: '2010-03-08',
        officeConfirmedVersion: 3,
        confirmingOffice: { id: 'ncm:kgd' },
      });
      expect(await offices.partner.source.manager.find(StopConfirmation)).toEqual([
        { stopId: 'nbnp:s', officeId: 'ncm:kgd', confirmedOn: '2010-03-08', stopVersion: 3 },
      ]);
    },
  );

  it('keeps the confirmation of a later version, even if the hub returned an earlier one', async () => {
    await using offices = await openWrittenOffices(database);
    const { manager } = offices.partner.source;
    const given = { stopId: 'nbnp:s', officeId: 'ncm:led', confirmedOn: '2010-03-08' };
    await manager.insert(StopConfirmation, { ...given, stopVersion: 3 });
    offices.hub.set('nbnp:s', stop);
    await expectRefusals(offices, 'confirmRegionalStop', input, [
      { as: { code: 'CONFLICT', currentVersion: 3 } },
    ]);
  });

  it('corrects a day that the caller has seen, and no other', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set('nbnp:s', stop);
    await offices.call('confirmRegionalStop', input);
    const unseen = { code: 'CONFLICT', currentVersion: 2, argument: 'input.recordedOn' };
    const other = { ...input, on: '2010-03-02' };
    await expectRefusals(offices, 'confirmRegionalStop', other, [
      { as: unseen },
      { input: { recordedOn: '2010-03-02' }, as: unseen },
      { input: { on: '2010-03-01', office: 'ncm:kgd' }, as: unseen },
    ]);
    expect((await offices.call('confirmRegionalStop', input)).refusal).toBeUndefined();
    const corrected = { ...other, recordedOn: '2010-03-01' };
    expect((await offices.call('confirmRegionalStop', corrected, selection)).value).toMatchObject({
      officeConfirmedOn: '2010-03-02',
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set('nbnp:s', stop);
    const cancelled = { ...visit.group, cancelledOn: '2010-02-01' };
    const changed = (changes: object) => ({
      'nbnp:s': { ...stop, visit: { ...visit, ...changes } },
    });
    await expectRefusals(offices, 'confirmRegionalStop', input, [
      { input: { stop: 'nbnp:none' }, as: { code: 'NOT_FOUND', argument: 'input.stop' } },
      { input: { office: 'ncm:none' }, as: { code: 'NOT_FOUND', argument: 'input.office' } },
      {
        input: { stopVersion: 1 },
        as: { code: 'CONFLICT', currentVersion: 2, argument: 'input.stopVersion' },
      },
      // A police force hosts it, or no partner does.
      ...['fi', 'nbnp'].map((hostOwner) => ({
        hub: { 'nbnp:s': { ...stop, hostOwner } },
        as: rule('HOST_COUNTRY', 'input.stop', 'STOP_ELSEWHERE'),
      })),
      {
        input: { office: 'ncm:tll' },
        as: rule('HOST_COUNTRY', 'input.office', 'OFFICE_ELSEWHERE'),
      },
      { hub: { 'nbnp:s': { ...stop, day: '2015-03-12' } }, as: rule('CLOSED', 'input.office') },
      {
        input: { office: 'ncm:kgd', on: '2006-09-13' },
        hub: { 'nbnp:s': { ...stop, day: '2006-09-14' } },
        as: rule('CLOSED', 'input.office'),
      },
      { hub: changed({ returnedOn: '2010-04-17' }), as: rule('RETURNED', 'input.stop') },
      { hub: changed({ group: cancelled }), as: rule('CANCELLED', 'input.stop') },
      { hub: changed({ cancelledOn: '2010-02-01' }), as: rule('CANCELLED', 'input.stop') },
      {
        hub: { 'nbnp:s': { ...stop, status: 'CALLED_OFF' } },
        as: rule('CANCELLED', 'input.stop'),
      },
      { input: { on: '2008-12-31' }, as: rule('OUTSIDE_PROGRAMME', 'input.on') },
      { hub: { 'nbnp:s': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
      { hub: { 'nbnp:s': new HubError('FORBIDDEN') }, as: { code: 'FORBIDDEN' } },
    ]);
  });
});
