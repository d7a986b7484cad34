import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { answerOffice, away, north, openTestVisits, programme } from '../testing/test-visits.js';

const violated = (rule: string, argument: string, more: object = {}) =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument, ...more });
const notFound = (argument: string) => expect.objectContaining({ code: 'NOT_FOUND', argument });
const badInput = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
const conflict = expect.objectContaining({ code: 'CONFLICT', currentVersion: 1 });

type Refused = readonly (readonly [more: object, refusal: unknown])[];

const plan = {
  programme,
  name: 'A group',
  direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
  plannedSize: 3,
};

const hub = { CoordinatingOffice: answerOffice };

describe.each(testDatabases)('Mutation.createGroup on $name', (kind) => {
  it('plans a group, with the office that co-ordinates it', async () => {
    await using network = await openTestVisits(kind, hub);
    const created = await network.done(
      'createGroup',
      { ...plan, coordinatingOffice: 'ncm:led' },
      'id name direction plannedSize programme { id } coordinatingOffice { id } visits { id } version cancelledOn',
    );
    const { id } = created;
    expect(created).toEqual({
      id: expect.stringMatching(/^nbnp:/) as unknown,
      name: plan.name,
      direction: plan.direction,
      plannedSize: plan.plannedSize,
      programme: { id: programme },
      coordinatingOffice: { id: 'ncm:led' },
      visits: [],
      version: 1,
      cancelledOn: null,
    });
    expect(await network.source.manager.existsBy(Group, { id: String(id) })).toBe(true);
    await network.done('createGroup', plan);
    expect(network.asked).toEqual(['CoordinatingOffice']);
  });

  it('plans a group between two documented sides, in their direction', async () => {
    await using network = await openTestVisits(kind, hub);
    const side = (place: string) => `${programme}/side/${place}`;
    const { direction: _, ...rest } = plan;
    const ends = { from: side('north-west-russia'), to: side('nordic-countries') };
    const office = { coordinatingOffice: 'ncm:led' };
    expect(
      await network.done(
        'createGroup',
        { ...rest, ...ends, ...office },
        'direction from { id } to { id } coordinatingOffice { id }',
      ),
    ).toEqual({
      direction: plan.direction,
      from: { id: ends.from },
      to: { id: ends.to },
      coordinatingOffice: { id: 'ncm:led' },
    });
    const back = { ...rest, from: ends.to, to: ends.from };
    expect(await network.refusal('createGroup', back)).toEqual(notFound('input.from'));
  });

  it('plans it once for each idempotency key', async () => {
    await using network = await openTestVisits(kind);
    const keyed = { ...plan, idempotencyKey: 'k' };
    const answers = await Promise.all([1, 2, 3].map(() => network.done('createGroup', keyed)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const refusal = await network.refusal('createGroup', { ...keyed, name: 'Another' });
    expect(refusal).toEqual(conflict);
  });

  it('documents the groups of a programme that had no known group', async () => {
    await using network = await openTestVisits(kind);
    const unknown = { id: 'nbnp:unknown', title: 'A plan', groupSizeMin: 2, groupSizeMax: 4 };
    const lists = { targetGroups: ['POLICE'], sectorsToShow: [], workingLanguages: [] };
    await network.insert(Programme, { ...unknown, ...lists, hasDocumentedGroups: false });
    const query = `{ programme(id: "${unknown.id}") { groups { name } } }`;
    expect(await network.read(query)).toEqual({ programme: { groups: null } });
    await network.done('createGroup', { ...plan, programme: unknown.id });
    expect(await network.read(query)).toEqual({ programme: { groups: [{ name: plan.name }] } });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind, hub);
    const refused: Refused = [
      [{ name: ' ' }, badInput('input.name')],
      [{ plannedSize: -1 }, badInput('input.plannedSize')],
      [{ programme: 'nbnp:none' }, notFound('input.programme')],
      [{ coordinatingOffice: 'ncm:none' }, notFound('input.coordinatingOffice')],
      [{ coordinatingOffice: 'dk:unit' }, notFound('input.coordinatingOffice')],
      [{ coordinatingOffice: 'ncm:\0' }, notFound('input.coordinatingOffice')],
      [
        { coordinatingOffice: 'ncm:tll' },
        violated('HOST_COUNTRY', 'input.coordinatingOffice', { situation: 'OFFICE_ELSEWHERE' }),
      ],
      [{ coordinatingOffice: 'ncm:kgd' }, violated('CLOSED', 'input.coordinatingOffice')],
      [{ plannedSize: 1 }, violated('PLANNED_SIZE', 'input.plannedSize')],
      [{ plannedSize: 5 }, violated('PLANNED_SIZE', 'input.plannedSize')],
    ];
    for (const [more, refusal] of refused) {
      const found = await network.refusal('createGroup', { ...plan, ...more });
      expect.soft(found, JSON.stringify(more)).toEqual(refusal);
    }
    await network.insert(EvaluationSignature, { programmeId: programme, signedOn: '2030-12-01' });
    expect(await network.refusal('createGroup', plan)).toEqual(
      violated('EVALUATED', 'input.programme'),
    );
  });

  it('writes nothing when the offices are unavailable', async () => {
    await using network = await openTestVisits(kind, { CoordinatingOffice: away('ncm') });
    const refusal = await network.refusal('createGroup', {
      ...plan,
      coordinatingOffice: 'ncm:led',
    });
    expect(refusal).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'ncm' });
  });
});

const cancel = { group: north.group, on: '2029-12-01', reason: 'No time.', version: 1 };

describe.each(testDatabases)('Mutation.cancelGroup on $name', (kind) => {
  it('cancels a group before its departure, and keeps the reason', async () => {
    await using network = await openTestVisits(kind);
    expect(
      await network.done('cancelGroup', cancel, 'cancelledOn version warnings { code }'),
    ).toEqual({
      cancelledOn: '2029-12-01',
      version: 2,
      warnings: [],
    });
    const row = await network.source.manager.findOneByOrFail(Group, { id: north.group });
    expect(row.cancelReason).toBe('No time.');
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind);
    const refused: Refused = [
      [{ reason: '' }, badInput('input.reason')],
      [{ group: 'nbnp:none' }, notFound('input.group')],
      [{ version: 7 }, conflict],
      [{ on: '2031-07-01' }, violated('OUTSIDE_PROGRAMME', 'input.on')],
    ];
    for (const [more, refusal] of refused) {
      const found = await network.refusal('cancelGroup', { ...cancel, ...more });
      expect.soft(found, JSON.stringify(more)).toEqual(refusal);
    }
    const returned = { departedOn: '2030-05-06', returnedOn: '2030-05-11' };
    await network.update(Visit, north.visit, returned);
    expect(await network.refusal('cancelGroup', cancel)).toEqual(
      violated('RETURNED', 'input.group'),
    );
    await network.update(Visit, north.visit, { departedOn: null, returnedOn: null });
    await network.done('cancelGroup', cancel);
    expect(await network.refusal('cancelGroup', { ...cancel, version: 2 })).toEqual(
      violated('CANCELLED', 'input.group'),
    );
  });

  it('refuses a group on a visit, whose return must be recorded, and not one between two', async () => {
    await using network = await openTestVisits(kind);
    const days = { startsOn: '2030-06-03', endsOn: '2030-06-07' };
    const second = { id: 'nbnp:second', groupId: north.group, title: 'Another week', ...days };
    await network.insert(Visit, second);
    await network.update(Visit, north.visit, { departedOn: '2030-05-06' });
    expect(await network.refusal('cancelGroup', cancel)).toEqual(
      violated('DEPARTED', 'input.group'),
    );
    await network.update(Visit, north.visit, { returnedOn: '2030-05-11' });
    expect(await network.done('cancelGroup', cancel, 'cancelledOn')).toEqual({
      cancelledOn: cancel.on,
    });
  });
});
