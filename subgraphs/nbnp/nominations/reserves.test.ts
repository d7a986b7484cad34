import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Absence, Visit } from '../entities/visit.entity.js';
import { openTestVisits, programme, south, week, type TestVisits } from '../testing/test-visits.js';

const { group } = south;

/** Every officer is nominated once for each group, by the id of the officer. */
const hub = {
  NominationsOf: ({ id }: Readonly<Record<string, unknown>>) => ({
    officer: {
      targetGroup: 'POLICE',
      nominations: [
        {
          id: `${String(id)}-nomination`,
          groupId: group,
          nominatedOn: '2030-01-15',
          withdrawnOn: null,
          version: 1,
        },
        {
          id: `${String(id)}-second`,
          groupId: group,
          nominatedOn: '2030-01-16',
          withdrawnOn: null,
          version: 1,
        },
      ],
    },
  }),
};

const accept = (officer: string, decisionVersion: number, more: object = {}) => ({
  group,
  officer,
  nomination: `${officer}-nomination`,
  on: '2030-02-20',
  version: 1,
  decisionVersion,
  ...more,
});

const members = 'version memberCount acceptedOfficers { id }';
const ids = (...officers: string[]) => officers.map((id) => ({ id }));
const violated = (rule: string, argument = 'input.replaces') =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument });

const fill = (network: TestVisits) => network.update(Programme, programme, { groupSizeMax: 2 });

const absent = {
  groupId: group,
  visitId: south.visit,
  participantId: 'dk:officer-1',
  from: week.startsOn,
  reason: 'ILLNESS',
};

/** The member of `dk`, by her nomination. */
const replaces = 'dk:officer-1-for-south';

describe.each(testDatabases)('AcceptOfficerInput.reserve on $name', (kind) => {
  it('accepts into a full group without a place, and shows it', async () => {
    await using network = await openTestVisits(kind, hub);
    await fill(network);
    const reserve = accept('se:officer', 0, { reserve: true });
    expect(await network.done('acceptOfficer', reserve, members)).toEqual({
      version: 2,
      memberCount: 2,
      acceptedOfficers: ids('dk:officer-1', 'fi:officer-1'),
    });
    const { data } = await network.ask(
      `{ _entities(representations: [{ __typename: "OfficerNomination", id: "se:officer-nomination" }]) {
        ... on OfficerNomination { acceptedOn reserve decisionVersion replaces { id } } } }`,
    );
    expect(data?.['_entities']).toEqual([
      { acceptedOn: '2030-02-20', reserve: true, decisionVersion: 1, replaces: null },
    ]);
    const promotion = await network.refusal('acceptOfficer', accept('se:officer', 1));
    expect(promotion).toMatchObject({ code: 'GROUP_FULL' });
  });

  it('lets a reserve be accepted again as a member once somebody is released', async () => {
    await using network = await openTestVisits(kind, hub);
    await fill(network);
    await network.done('acceptOfficer', accept('se:officer', 0, { reserve: true }));
    const released = { nomination: replaces, officer: 'dk:officer-1', on: '2030-02-21' };
    await network.update(OfficerNomination, replaces, {
      acceptedOn: '2030-02-01',
      declinedOn: released.on,
    });
    const promoted = accept('se:officer', 1, { on: '2030-02-22', replaces });
    expect(await network.done('acceptOfficer', promoted, members)).toEqual({
      version: 3,
      memberCount: 2,
      acceptedOfficers: ids('fi:officer-1', 'se:officer'),
    });
    expect(
      await network.source.manager.findOneBy(OfficerNomination, { id: 'se:officer-nomination' }),
    ).toMatchObject({ acceptedOn: '2030-02-22', reserve: false, replacesId: replaces });
  });

  it('releases a reserve like a member', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.done('acceptOfficer', accept('se:officer', 0, { reserve: true }));
    await network.done('declineOfficer', accept('se:officer', 1));
    const again = await network.refusal('acceptOfficer', accept('se:officer', 2));
    expect(again).toEqual(violated('ALREADY_DECIDED', 'input.nomination'));
  });

  it('refuses what a reserve may not do, and writes nothing', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.done('acceptOfficer', accept('se:officer', 0, { reserve: true }));
    expect(await network.refusal('acceptOfficer', accept('se:officer', 0))).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
      argument: 'input.decisionVersion',
    });
    const again = accept('se:officer', 1, { reserve: true });
    expect(await network.refusal('acceptOfficer', again)).toEqual(
      violated('ALREADY_DECIDED', 'input.nomination'),
    );
    const second = accept('se:officer', 0, { nomination: 'se:officer-second' });
    expect(await network.refusal('acceptOfficer', second)).toEqual(
      violated('ALREADY_NOMINATED', 'input.officer'),
    );
    const earlier = accept('se:officer', 1, { on: '2030-02-19' });
    expect(await network.refusal('acceptOfficer', earlier)).toEqual(
      violated('DATE_ORDER', 'input.on'),
    );
    const both = accept('no:officer', 0, { reserve: true, replaces });
    expect(await network.refusal('acceptOfficer', both)).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'input.replaces',
    });
  });

  it('checks other journeys only when a reserve becomes a member', async () => {
    await using network = await openTestVisits(kind, hub);
    const elsewhere = { id: 'se:other', groupId: 'nbnp:south-2', officerId: 'se:officer' };
    await network.insert(OfficerNomination, { ...elsewhere, acceptedOn: '2030-02-01' });
    const other = { id: 'nbnp:other-visit', groupId: 'nbnp:south-2', title: 'A week', ...week };
    await network.insert(Visit, other);
    await network.done('acceptOfficer', accept('se:officer', 0, { reserve: true }));
    const promotion = await network.refusal('acceptOfficer', accept('se:officer', 1));
    expect(promotion).toEqual(violated('OVERLAPPING_GROUPS', 'input.officer'));
  });
});

describe.each(testDatabases)('AcceptOfficerInput.replaces on $name', (kind) => {
  it('gives the place of an absent member of a full group to her replacement, and releases her', async () => {
    await using network = await openTestVisits(kind, hub);
    await fill(network);
    await network.insert(Absence, absent);
    const replacement = accept('se:officer', 0, { replaces });
    expect(await network.done('acceptOfficer', replacement, `${members} reportsExpected`)).toEqual({
      version: 2,
      memberCount: 2,
      acceptedOfficers: ids('fi:officer-1', 'se:officer'),
      reportsExpected: 2,
    });
    expect(
      await network.source.manager.findOneBy(OfficerNomination, { id: replaces }),
    ).toMatchObject({ acceptedOn: '2030-02-01', declinedOn: '2030-02-20' });
  });

  it('gives one place to one of two concurrent replacements', async () => {
    await using network = await openTestVisits(kind, hub);
    await fill(network);
    await network.insert(Absence, absent);
    const answers = await Promise.all(
      ['se:officer', 'no:officer'].map((officer) =>
        network.change('acceptOfficer', accept(officer, 0, { replaces })),
      ),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'accepted');
    expect(codes.toSorted()).toEqual(['GROUP_FULL', 'accepted']);
  });

  it('refuses whoever is not gone, is of another group, or is replaced already', async () => {
    await using network = await openTestVisits(kind, hub);
    const refusal = (more: object, officer = 'se:officer') =>
      network.refusal('acceptOfficer', accept(officer, 0, more));
    const unknown = expect.objectContaining({ code: 'NOT_FOUND', argument: 'input.replaces' });
    expect(await refusal({ replaces: 'dk:none' })).toEqual(unknown);
    expect(await refusal({ replaces: 'fi:officer-1-for-south-2' })).toEqual(unknown);
    expect(await refusal({ replaces })).toEqual(violated('NOT_GONE'));
    await network.insert(Absence, { ...absent, from: '2030-05-07' });
    expect(await refusal({ replaces })).toEqual(violated('NOT_GONE'));
    await network.update(OfficerNomination, replaces, {
      acceptedOn: '2030-02-01',
      declinedOn: '2030-02-21',
    });
    expect(await refusal({ replaces })).toEqual(violated('DATE_ORDER', 'input.on'));
    await network.done('acceptOfficer', accept('se:officer', 0, { replaces, on: '2030-02-21' }));
    const late = { replaces, on: '2030-02-21' };
    expect(await refusal(late, 'no:officer')).toEqual(violated('REPLACED'));
  });
});
