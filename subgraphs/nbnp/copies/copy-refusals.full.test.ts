import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { addStop, hubWithSites, later, toGroup, toVisit } from '../testing/test-copies.js';
import { baltic, nordic, planSides, poland } from '../testing/test-sides.js';
import {
  answerOffice,
  away,
  north,
  openTestVisits,
  programme,
  south,
  week,
  type TestHub,
  type TestVisits,
} from '../testing/test-visits.js';

const hub: TestHub = {
  ...hubWithSites([{ id: 'fi:site' }, { id: 'fi:invented', isRehearsal: true }]),
  CoordinatingOffice: answerOffice,
};

const invented = (network: TestVisits) =>
  network.insert(Programme, {
    id: 'nbnp:invented',
    title: 'An exercise',
    isRehearsal: true,
    groupSizeMin: 2,
    groupSizeMax: 4,
    targetGroups: [],
    sectorsToShow: [],
    workingLanguages: [],
    hasDocumentedGroups: true,
  });

type Prepare = (network: TestVisits) => Promise<unknown>;
type Case = readonly [string, object, string, Prepare?];
const nothing: Prepare = () => Promise.resolve();

const siteIs =
  (siteId: string): Prepare =>
  (network) =>
    addStop(network, { siteId });
const inRehearsal: Prepare = async (network) => {
  await invented(network);
  await network.update(Group, north.group, { programmeId: 'nbnp:invented' });
};
const signed: Prepare = (network) =>
  network.insert(EvaluationSignature, { programmeId: programme, signedOn: '2031-07-01' });
const undated: Prepare = (network) => network.update(Visit, north.visit, { endsOn: null });
const withoutEnd: Prepare = (network) => network.update(Programme, programme, { endsOn: null });

const toCase = ([code, change, argument, prepare = nothing]: Case) => ({
  code,
  change,
  argument,
  prepare,
});

const ofVisits: readonly Case[] = [
  ['NOT_FOUND', { visit: 'nbnp:unheard-of' }, 'input.visit'],
  ['NOT_FOUND', { group: 'nbnp:unheard-of' }, 'input.group'],
  ['BAD_USER_INPUT', { title: ' ' }, 'input.title'],
  ['BAD_USER_INPUT', {}, 'input.visit', undated],
  [
    'CANCELLED',
    {},
    'input.group',
    (network) => network.update(Group, 'nbnp:north-2', { cancelledOn: '2030-01-01' }),
  ],
  [
    'RETURNED',
    { group: south.group },
    'input.group',
    (network) => network.update(Visit, south.visit, { returnedOn: week.endsOn }),
  ],
  ['EVALUATED', {}, 'input.group', signed],
  ['HOST_COUNTRY', { visit: south.visit }, 'input.visit'],
  ['OUTSIDE_PROGRAMME', { startsOn: '2029-12-31' }, 'input.startsOn'],
  ['OUTSIDE_PROGRAMME', { startsOn: '2031-06-27' }, 'input.startsOn'],
  ['BAD_USER_INPUT', { startsOn: '9999-12-30' }, 'input.startsOn', withoutEnd],
  ['OVERLAPPING_VISITS', { group: north.group, startsOn: week.endsOn }, 'input.startsOn'],
  [
    'OVERLAPPING_GROUPS',
    { visit: south.visit, group: 'nbnp:south-2', startsOn: week.endsOn },
    'input.startsOn',
  ],
  ['REHEARSAL', {}, 'input.visit', inRehearsal],
  ['REHEARSAL', {}, 'input.visit', siteIs('fi:invented')],
  ['NOT_FOUND', {}, 'input.visit', siteIs('fi:unheard-of')],
  ['SITE_ELSEWHERE', {}, 'input.visit', siteIs('no:site')],
];

const ofGroups: readonly Case[] = [
  ['NOT_FOUND', { group: 'nbnp:unheard-of' }, 'input.group'],
  ['NOT_FOUND', { programme: 'nbnp:unheard-of' }, 'input.programme'],
  ['NOT_FOUND', { coordinatingOffice: 'ncm:unheard-of' }, 'input.coordinatingOffice'],
  ['BAD_USER_INPUT', { plannedSize: -1 }, 'input.plannedSize'],
  ['BAD_USER_INPUT', {}, 'input.group', undated],
  ['BAD_USER_INPUT', { startsOn: null }, 'input.startsOn'],
  ['PLANNED_SIZE', { plannedSize: 5 }, 'input.plannedSize'],
  ['EVALUATED', {}, 'input.programme', signed],
  [
    'HOST_COUNTRY',
    {},
    'input.group',
    (network) => network.source.manager.delete(VisitHost, { visitId: north.visit, country: 'FI' }),
  ],
  ['HOST_COUNTRY', { coordinatingOffice: 'ncm:tll' }, 'input.coordinatingOffice'],
  ['CLOSED', { coordinatingOffice: 'ncm:arh' }, 'input.coordinatingOffice'],
  ['OUTSIDE_PROGRAMME', { startsOn: '2031-06-27' }, 'input.startsOn'],
  ['BAD_USER_INPUT', { startsOn: '9999-12-30' }, 'input.startsOn', withoutEnd],
  [
    'OVERLAPPING_VISITS',
    {},
    'input.startsOn',
    async (network) => {
      await network.insert(Visit, { id: 'nbnp:b', groupId: north.group, title: 'B', ...week });
      const host = { visitId: 'nbnp:b', country: 'FI', position: 0, owner: 'fi' };
      await network.insert(VisitHost, host);
    },
  ],
  ['REHEARSAL', { programme }, 'input.group', inRehearsal],
  ['REHEARSAL', {}, 'input.group', siteIs('fi:invented')],
  ['NOT_FOUND', {}, 'input.group', siteIs('fi:unheard-of')],
  ['SITE_ELSEWHERE', {}, 'input.group', siteIs('no:site')],
];

describe.each(testDatabases)('a refused copy on $name', (kind) => {
  it.each(ofVisits.map(toCase))(
    'of a visit writes nothing: $code $change',
    async ({ code, change, argument, prepare }) => {
      await using network = await openTestVisits(kind, hub);
      await prepare(network);
      const refused = await network.refusal('copyVisit', { ...toVisit, ...change });
      expect([refused['code'], refused['rule']]).toContain(code);
      expect(refused).toMatchObject({ argument });
      if (prepare === nothing) expect(network.asked).toEqual([]);
    },
  );

  it.each(ofGroups.map(toCase))(
    'of a group writes nothing: $code $change',
    async ({ code, change, argument, prepare }) => {
      await using network = await openTestVisits(kind, hub);
      await prepare(network);
      const refused = await network.refusal('copyGroup', { ...toGroup, ...change });
      expect([refused['code'], refused['rule']]).toContain(code);
      expect(refused).toMatchObject({ argument });
    },
  );

  it('writes nothing while the owner of a site does not respond', async () => {
    await using network = await openTestVisits(kind, { ...hub, SitesToCopy: away('fi') });
    await siteIs('fi:site')(network);
    for (const [name, input] of Object.entries({ copyVisit: toVisit, copyGroup: toGroup }))
      expect(await network.refusal(name, input)).toMatchObject({
        code: 'PARTNER_UNAVAILABLE',
        partner: 'fi',
      });
    await network.source.manager.delete(ItineraryStop, { visitId: north.visit });
    await network.done('copyVisit', toVisit);
  });
});

describe.each(testDatabases)('PARTNER_INVALID_RESPONSE on $name', (kind) => {
  it('is raised where sites are merged into each other, with their owner', async () => {
    const ofCircle = { 'fi:a': 'fi:b', 'fi:b': 'fi:a', 'fi:itself': 'fi:itself' };
    const sites = Object.entries(ofCircle).map(([id, into]) => ({ id, mergedInto: { id: into } }));
    await using network = await openTestVisits(kind, { ...hub, SitesToCopy: () => ({ sites }) });
    await addStop(network);
    for (const siteId of Object.keys(ofCircle)) {
      await network.update(ItineraryStop, 'nbnp:later-stop', { siteId });
      for (const [name, input] of Object.entries({ copyVisit: toVisit, copyGroup: toGroup }))
        expect(await network.refusal(name, input)).toEqual({
          code: 'PARTNER_INVALID_RESPONSE',
          partner: 'fi',
        });
    }
  });
});

describe.each(testDatabases)('a copy on $name', (kind) => {
  it('is made once for each idempotency key', async () => {
    await using network = await openTestVisits(kind, hub);
    for (const [name, input] of Object.entries({ copyVisit: toVisit, copyGroup: toGroup })) {
      const keyed = { ...input, idempotencyKey: name };
      const made = await Promise.all(Array.from({ length: 8 }, () => network.done(name, keyed)));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      const other = await network.refusal(name, { ...keyed, startsOn: '2030-10-07' });
      expect(other).toMatchObject({ code: 'CONFLICT', argument: 'input.idempotencyKey' });
    }
    expect(await network.source.manager.countBy(Visit, {})).toBe(4);
  });

  it('of a documented group has its direction, and its office, another one or none', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.update(Group, north.group, { coordinatingOfficeId: 'ncm:led' });
    for (const [given, expected] of [
      [{}, 'ncm:led'],
      [{ coordinatingOffice: null }, null],
    ] as const) {
      const selection = 'id direction coordinatingOffice { id } visits { startsOn hostCountries }';
      const copied = await network.done('copyGroup', { ...toGroup, ...given }, selection);
      expect(copied).toMatchObject({
        direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
        coordinatingOffice: expected === null ? null : { id: expected },
        visits: [{ startsOn: later, hostCountries: ['FI', 'RU'] }],
      });
    }
  });

  it('leaves members free to travel, and a cancelled visit can be planned again', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.update(Visit, south.visit, { cancelledOn: '2030-03-01', cancelReason: 'Ill.' });
    const again = { visit: south.visit, group: south.group, startsOn: week.startsOn };
    await network.done('copyVisit', again);
    const { id } = await network.done('copyGroup', { ...toGroup, group: south.group });
    expect(await network.source.manager.countBy(OfficerNomination, { groupId: String(id) })).toBe(
      0,
    );
  });

  it('of a group without visits that stand needs no day', async () => {
    await using network = await openTestVisits(kind, hub);
    const copy = { group: north.group, name: 'The next one' };
    const needed = { code: 'BAD_USER_INPUT', argument: 'input.startsOn' };
    expect(await network.refusal('copyGroup', copy)).toMatchObject(needed);
    await network.update(Visit, north.visit, { cancelledOn: '2030-03-01', cancelReason: 'Ill.' });
    for (const given of [{}, { startsOn: null }, { startsOn: later }])
      expect(await network.done('copyGroup', { ...copy, ...given }, 'name visits { id }')).toEqual({
        name: copy.name,
        visits: [],
      });
  });

  it('of a group in another programme has the sides of the same names', async () => {
    await using network = await openTestVisits(kind, hub);
    const planned = await planSides(network);
    const ends = { from: planned.sides[baltic.name], to: planned.sides[nordic.name] };
    const made = { programme: planned.programme, name: 'First', plannedSize: 3, ...ends };
    const { id: group } = await network.done('createGroup', made);
    const days = { startsOn: '2030-05-06', endsOn: '2030-05-11' };
    await network.done('scheduleVisit', { group, title: 'A', hostCountries: ['DK'], ...days });
    const another = async (change: object): Promise<unknown> => {
      const next = {
        programme: planned.programme,
        title: 'Next',
        startsOn: '2030',
        endsOn: '2031',
      };
      const { id, version } = await network.done('copyProgramme', next, 'id version');
      await network.done('changeProgramme', { programme: id, version, ...change });
      return id;
    };
    const copied = await network.done(
      'copyGroup',
      { ...toGroup, group, programme: await another({ groupSizeMin: 3 }) },
      'from { name } to { name } coordinatingOffice { id } visits { hosts { owner } }',
    );
    expect(copied).toEqual({
      from: { name: baltic.name },
      to: { name: nordic.name },
      coordinatingOffice: { id: 'ncm:rix' },
      visits: [{ hosts: [{ owner: 'dk' }] }],
    });
    const refusal = async (change: object) =>
      network.refusal('copyGroup', { ...toGroup, group, programme: await another(change) });
    const plannedJourneys: never[] = [];
    expect(await refusal({ sides: [baltic, poland], plannedJourneys })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.programme',
    });
    const elsewhere = { ...poland, name: nordic.name };
    expect(await refusal({ sides: [baltic, elsewhere], plannedJourneys })).toMatchObject({
      rule: 'HOST_COUNTRY',
      argument: 'input.group',
    });
    expect(await refusal({ groupSizeMin: 4 })).toMatchObject({
      rule: 'PLANNED_SIZE',
      argument: 'input.plannedSize',
    });
  });
});
