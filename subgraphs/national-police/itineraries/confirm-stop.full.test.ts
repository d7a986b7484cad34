import { HubError } from '@hub/shared/errors';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import {
  expectRefusals,
  group,
  notThere,
  openWrittenPolice,
  rule,
  stop,
  visit,
  type Facts,
} from '../testing/test-mutations.js';

const but = (change: object): Facts => ({ 'itineraryStop nbnp:s': { ...stop, ...change } });
const ofVisit = (change: object) => but({ visit: { ...visit, ...change } });
const confirmed = { id: 'nbnp:s', hostCountry: 'FI' };

describe.each(testDatabases)('Mutation.confirmStop on $name', (kind) => {
  it('confirms the version that the host has seen, and returns the stop', async () => {
    await using police = await openWrittenPolice(kind);
    expect(await police.write('confirmStop')).toEqual({
      ...confirmed,
      hostConfirmedOn: '2026-10-03',
      hostConfirmedVersion: 3,
    });
    const [known] = await police.entities(
      [{ __typename: 'ItineraryStop', ...confirmed }],
      '... on ItineraryStop { hostConfirmedOn hostConfirmedVersion confirmingUnit { id } }',
    );
    expect(known).toEqual({
      hostConfirmedOn: '2026-10-03',
      hostConfirmedVersion: 3,
      confirmingUnit: { id: 'fi:npb' },
    });
  });

  it('is written once if two people give two days at once, and repeated without effect', async () => {
    await using police = await openWrittenPolice(kind);
    const days = ['2026-10-02', '2026-10-03'];
    const both = await Promise.all(days.map((on) => police.try('confirmStop', { on })));
    expect(both.filter(({ errors }) => !errors)).toHaveLength(1);
    const [won = ''] = days.filter((_, index) => !both[index]?.errors);
    const unseen = { code: 'CONFLICT', currentVersion: 3, argument: 'input.recordedOn' };
    const others = ['2026-09-30', ...days.filter((on) => on !== won)];
    await expectRefusals(
      police,
      'confirmStop',
      others.flatMap((on) => [
        [`${on}, unseen`, { on }, unseen],
        [`${on}, for another day`, { on, recordedOn: on }, unseen],
      ]),
    );
    expect(await police.write('confirmStop', { on: won })).toMatchObject({ hostConfirmedOn: won });
  });

  it('corrects its date, and is needed again after the stop was moved', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('confirmStop');
    const corrected = { on: '2026-10-02', recordedOn: '2026-10-03' };
    expect(await police.write('confirmStop', corrected)).toMatchObject({
      hostConfirmedOn: '2026-10-02',
      hostConfirmedVersion: 3,
    });
    Object.assign(police.facts, but({ version: 4 }));
    await expectRefusals(police, 'confirmStop', [
      ['as it was', {}, { code: 'CONFLICT', currentVersion: 4, argument: 'input.stopVersion' }],
    ]);
    expect(await police.write('confirmStop', { stopVersion: 4 })).toMatchObject({
      hostConfirmedOn: '2026-10-03',
      hostConfirmedVersion: 4,
    });
    expect(await police.source.manager.countBy(StopConfirmation, { stopId: 'nbnp:s' })).toBe(1);
  });

  it('can be read by the liaison who gave it, even while the network is unavailable', async () => {
    await using police = await openWrittenPolice(kind);
    const answer = await police.try('confirmStop', {}, readerOf('fi', 'liaison'));
    expect(answer).toEqual({
      data: { it: { ...confirmed, hostConfirmedOn: '2026-10-03', hostConfirmedVersion: 3 } },
    });
  });

  it.each(
    ['FI', 'SE', 'RU', 'PL'].flatMap((hostCountry) =>
      ['fi', 'se', 'ncm', 'nbnp'].map((hostOwner) => ({ hostCountry, hostOwner })),
    ),
  )('is of this police force alone where it answers: %j', async (host) => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, but(host));
    if (host.hostOwner === 'fi') await police.write('confirmStop');
    else
      await expectRefusals(police, 'confirmStop', [
        ['a stop of another host', {}, rule('HOST_COUNTRY', 'stop', 'STOP_ELSEWHERE')],
      ]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    const unitId = 'fi:npb';
    const newer = { stopId: 'nbnp:newer', unitId, stopVersion: 5, confirmedOn: '2026-10-01' };
    await police.source.manager.insert(StopConfirmation, newer);
    await expectRefusals(police, 'confirmStop', [
      ['no such stop', { stop: 'nbnp:nowhere' }, notThere('stop')],
      ['no such unit', { unit: 'fi:nowhere' }, notThere('unit')],
      ['a unit of Sweden’s', { unit: 'se:npb' }, notThere('unit')],
      [
        'a stop elsewhere',
        {},
        rule('HOST_COUNTRY', 'stop', 'STOP_ELSEWHERE'),
        but({ hostCountry: 'SE', hostOwner: 'se' }),
      ],
      [
        'a stop here that an office hosts',
        {},
        rule('HOST_COUNTRY', 'stop', 'STOP_ELSEWHERE'),
        but({ hostOwner: 'ncm' }),
      ],
      ['an older version', { stopVersion: 2 }, { code: 'CONFLICT', currentVersion: 3 }],
      [
        'what was confirmed anew meanwhile',
        { stop: 'nbnp:newer' },
        { code: 'CONFLICT', currentVersion: 5 },
        { 'itineraryStop nbnp:newer': stop },
      ],
      [
        'a stop that may not be read',
        {},
        { code: 'FORBIDDEN' },
        { 'itineraryStop nbnp:s': new HubError('FORBIDDEN') },
      ],
      [
        'a cancelled group',
        {},
        rule('CANCELLED', 'stop'),
        ofVisit({ group: { ...group, cancelledOn: '2026-10-01' } }),
      ],
      ['a cancelled visit', {}, rule('CANCELLED', 'stop'), ofVisit({ cancelledOn: '2026-10-01' })],
      ['a stop that was called off', {}, rule('CANCELLED', 'stop'), but({ status: 'CALLED_OFF' })],
      ['a visit that ended', {}, rule('RETURNED', 'stop'), ofVisit({ returnedOn: '2026-10-02' })],
      ['before the programme', { on: '2025-12-31' }, rule('OUTSIDE_PROGRAMME', 'on')],
    ]);
  });
});
