import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { away, north, openTestVisits, programme, south, week } from '../testing/test-visits.js';

const { group } = south;

/** The police forces’ nominations: officer 2 for each group, in her own target group. */
const nominate = (officer: string, nominatedOn: string, more: object = {}) => ({
  id: `${officer}-nomination`,
  groupId: group,
  nominatedOn,
  withdrawnOn: null,
  version: 1,
  ...more,
});

const officerOf = (id: string, more: object = {}, targetGroup = 'POLICE') => ({
  targetGroup,
  nominations: [nominate(id, '2030-01-15', more)],
});

const officers: Readonly<Record<string, object>> = {
  'dk:officer-1': {
    targetGroup: 'POLICE',
    nominations: [
      { ...nominate('dk:officer-1', '2030-01-15'), id: 'dk:officer-1-for-south' },
      nominate('dk:officer-1', '2030-01-15'),
    ],
  },
  'se:officer': officerOf('se:officer'),
  'no:officer': officerOf('no:officer'),
  'se:withdrawn': officerOf('se:withdrawn', { withdrawnOn: '2030-01-20' }),
  'se:customs': officerOf('se:customs', {}, 'CUSTOMS'),
  'se:elsewhere': officerOf('se:elsewhere', { groupId: 'nbnp:south-2' }),
  'se:north': officerOf('se:north', { groupId: north.group }),
};

const isRacing = (id: string): boolean => id.startsWith('no:race-');

const hub = {
  NominationsOf: ({ id }: Readonly<Record<string, unknown>>) => {
    const asked = String(id);
    return { officer: isRacing(asked) ? officerOf(asked) : (officers[asked] ?? null) };
  },
};

const accept = (officer: string, more: object = {}) => ({
  group,
  officer,
  nomination: `${officer}-nomination`,
  on: '2030-02-20',
  version: 1,
  ...more,
});

const violated = (rule: string, argument: string) =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument });
const notFound = (argument: string) => expect.objectContaining({ code: 'NOT_FOUND', argument });

type Refused = readonly [officer: string, more: object, refusal: unknown];

describe.each(testDatabases)('Mutation.acceptOfficer on $name', (kind) => {
  it('makes a nominee a member, and raises the group’s version', async () => {
    await using network = await openTestVisits(kind, hub);
    const accepted = await network.done(
      'acceptOfficer',
      accept('se:officer'),
      'id version officersAcceptedOn acceptedOfficers { id }',
    );
    expect(accepted).toEqual({
      id: group,
      version: 2,
      officersAcceptedOn: '2030-02-20',
      acceptedOfficers: ['dk:officer-1', 'fi:officer-1', 'se:officer'].map((id) => ({ id })),
    });
    expect(network.asked).toEqual(['NominationsOf']);
    const row = await network.source.manager.findOneBy(OfficerNomination, {
      id: 'se:officer-nomination',
    });
    expect(row).toEqual({
      id: 'se:officer-nomination',
      groupId: group,
      officerId: 'se:officer',
      acceptedOn: '2030-02-20',
      declinedOn: null,
      declineReason: null,
      reserve: false,
      replacesId: null,
      decisionVersion: 1,
    });
  });

  const refused: readonly Refused[] = [
    ['se:officer', { group: 'nbnp:none' }, notFound('input.group')],
    ['se:officer', { group: 'nbnp:\0' }, notFound('input.group')],
    ['se:nobody', {}, notFound('input.officer')],
    ['se:officer', { nomination: 'no:officer-nomination' }, notFound('input.nomination')],
    ['se:elsewhere', {}, notFound('input.nomination')],
    [
      'se:officer',
      { version: 7 },
      expect.objectContaining({ code: 'CONFLICT', currentVersion: 1 }),
    ],
    ['se:north', { group: north.group }, violated('DIRECTION', 'input.group')],
    ['se:withdrawn', {}, violated('WITHDRAWN', 'input.nomination')],
    [
      'dk:officer-1',
      { nomination: 'dk:officer-1-for-south' },
      violated('ALREADY_DECIDED', 'input.nomination'),
    ],
    ['dk:officer-1', {}, violated('ALREADY_NOMINATED', 'input.officer')],
    ['se:customs', {}, violated('TARGET_GROUP', 'input.officer')],
    ['se:officer', { on: '2029-12-31' }, violated('OUTSIDE_PROGRAMME', 'input.on')],
    ['se:officer', { on: '2031-07-01' }, violated('OUTSIDE_PROGRAMME', 'input.on')],
    ['se:officer', { on: '2030-01-14' }, violated('DATE_ORDER', 'input.on')],
  ];

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind, hub);
    for (const [officer, more, refusal] of refused) {
      const found = await network.refusal('acceptOfficer', accept(officer, more));
      expect.soft(found, `${officer} ${JSON.stringify(more)}`).toEqual(refusal);
    }
  });

  it('accepts the day of the nomination', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.done('acceptOfficer', accept('se:officer', { on: '2030-01-15' }));
    const declined = accept('no:officer', { on: '2030-01-15' });
    await network.done('declineOfficer', declined);
  });

  it('refuses declined nominations, cancelled groups and travelling groups', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.insert(OfficerNomination, {
      id: 'se:officer-nomination',
      groupId: group,
      officerId: 'se:officer',
      declinedOn: '2030-02-01',
    });
    const refusal = (officer = 'se:officer') => network.refusal('acceptOfficer', accept(officer));
    expect(await refusal()).toEqual(violated('ALREADY_DECIDED', 'input.nomination'));
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await refusal('no:officer')).toEqual(violated('DEPARTED', 'input.group'));
    await network.update(Group, group, { cancelledOn: '2030-05-01' });
    expect(await refusal('no:officer')).toEqual(violated('CANCELLED', 'input.group'));
  });

  it('refuses an officer who travels with another group at the time, unless that group is cancelled', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.insert(OfficerNomination, {
      id: 'se:other-nomination',
      groupId: 'nbnp:south-2',
      officerId: 'se:officer',
      acceptedOn: '2030-02-01',
    });
    const other = { id: 'nbnp:other-visit', groupId: 'nbnp:south-2', title: 'A day' };
    await network.insert(Visit, { ...other, startsOn: week.endsOn, endsOn: '2030-05-20' });
    const refusal = await network.refusal('acceptOfficer', accept('se:officer'));
    expect(refusal).toEqual(violated('OVERLAPPING_GROUPS', 'input.officer'));
    await network.update(Visit, other.id, { startsOn: '2030-05-12' });
    await network.done('acceptOfficer', accept('se:officer'));
    await network.update(Visit, other.id, { startsOn: week.endsOn });
    await network.source.manager.delete(OfficerNomination, { id: 'se:officer-nomination' });
    await network.update(Group, 'nbnp:south-2', { cancelledOn: '2030-02-02' });
    await network.done('acceptOfficer', accept('se:officer'));
  });

  it('refuses with GROUP_FULL at the programme’s largest size, with any version and with partners unavailable', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Programme, programme, { groupSizeMax: 2 });
    const refusal = await network.refusal('acceptOfficer', accept('se:officer', { version: 7 }));
    expect(refusal).toMatchObject({ code: 'GROUP_FULL', argument: 'input.group' });
  });

  it('gives the last place to one of fifty concurrent requests', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.done('acceptOfficer', accept('se:officer'));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        network.change('acceptOfficer', accept(`no:race-${index}`)),
      ),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'accepted');
    expect(codes.toSorted()).toEqual([...Array<string>(49).fill('GROUP_FULL'), 'accepted']);
    expect(await network.source.manager.countBy(OfficerNomination, { groupId: group })).toBe(4);
  });

  it('writes nothing when the police force is unavailable', async () => {
    await using network = await openTestVisits(kind, { NominationsOf: away('se') });
    const refusal = await network.refusal('acceptOfficer', accept('se:officer'));
    expect(refusal).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'se' });
  });
});

describe.each(testDatabases)('Mutation.declineOfficer on $name', (kind) => {
  it('declines a nominee with the reason', async () => {
    await using network = await openTestVisits(kind, hub);
    const decline = accept('se:officer', { reason: 'Another one goes.' });
    expect(await network.done('declineOfficer', decline, 'version')).toEqual({ version: 2 });
    expect(
      await network.source.manager.findOneBy(OfficerNomination, { id: 'se:officer-nomination' }),
    ).toMatchObject({
      officerId: 'se:officer',
      acceptedOn: null,
      declinedOn: '2030-02-20',
      declineReason: 'Another one goes.',
    });
  });

  it('releases a member and frees the place, even if her police force withdrew her in the meantime', async () => {
    const withdrawn = {
      NominationsOf: () => ({ officer: officerOf('se:officer', { withdrawnOn: '2030-02-20' }) }),
    };
    for (const asked of [hub, withdrawn]) {
      await using network = await openTestVisits(kind, asked);
      await network.insert(OfficerNomination, {
        id: 'se:officer-nomination',
        groupId: group,
        officerId: 'se:officer',
        acceptedOn: '2030-02-01',
      });
      const released = await network.done(
        'declineOfficer',
        accept('se:officer', { decisionVersion: 1 }),
        'version acceptedOfficers { id }',
      );
      expect(released).toEqual({
        version: 2,
        acceptedOfficers: [{ id: 'dk:officer-1' }, { id: 'fi:officer-1' }],
      });
      const row = { acceptedOn: '2030-02-01', declinedOn: '2030-02-20' };
      expect(
        await network.source.manager.findOneBy(OfficerNomination, { id: 'se:officer-nomination' }),
      ).toMatchObject(row);
    }
  });

  const refused: readonly Refused[] = [
    ['se:officer', { group: 'nbnp:none' }, notFound('input.group')],
    ['se:nobody', {}, notFound('input.officer')],
    ['se:elsewhere', {}, notFound('input.nomination')],
    [
      'se:officer',
      { version: 7 },
      expect.objectContaining({ code: 'CONFLICT', currentVersion: 1 }),
    ],
    ['se:officer', { reason: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.reason' }],
    [
      'dk:officer-1',
      { nomination: 'dk:officer-1-for-south' },
      { code: 'CONFLICT', currentVersion: 1, argument: 'input.decisionVersion' },
    ],
    ['se:north', { group: north.group }, violated('DIRECTION', 'input.group')],
    ['se:withdrawn', {}, violated('WITHDRAWN', 'input.nomination')],
    ['se:officer', { on: '2031-07-01' }, violated('OUTSIDE_PROGRAMME', 'input.on')],
    ['se:officer', { on: '2030-01-14' }, violated('DATE_ORDER', 'input.on')],
    [
      'dk:officer-1',
      { nomination: 'dk:officer-1-for-south', on: '2030-01-31', decisionVersion: 1 },
      violated('DATE_ORDER', 'input.on'),
    ],
  ];

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind, hub);
    for (const [officer, more, refusal] of refused) {
      const found = await network.refusal('declineOfficer', accept(officer, more));
      expect.soft(found, `${officer} ${JSON.stringify(more)}`).toEqual(refusal);
    }
  });

  it('refuses declined nominations, travelling groups and cancelled groups', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.done('declineOfficer', accept('se:officer'));
    const refusal = () => network.refusal('declineOfficer', accept('se:officer'));
    expect(await refusal()).toEqual(violated('ALREADY_DECIDED', 'input.nomination'));
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await refusal()).toEqual(violated('DEPARTED', 'input.group'));
    await network.update(Group, group, { cancelledOn: '2030-05-01' });
    expect(await refusal()).toEqual(violated('CANCELLED', 'input.group'));
  });

  it('writes nothing when the police force is unavailable', async () => {
    await using network = await openTestVisits(kind, { NominationsOf: away('se') });
    const refusal = await network.refusal('declineOfficer', accept('se:officer'));
    expect(refusal).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'se' });
  });
});
