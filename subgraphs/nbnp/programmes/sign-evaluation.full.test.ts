import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature, EvaluationText } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  away,
  north,
  openTestVisits,
  programme,
  south,
  type TestVisits,
} from '../testing/test-visits.js';

const badInput = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
const violated = (rule: string, argument = 'input.programme') =>
  expect.objectContaining({ code: 'RULE_VIOLATED', rule, argument });

const sign = { programme, summary: 'It went well.', on: '2030-12-01' };

/** The groups’ reports at the police forces and the offices. */
const hubOf = (reports: Readonly<Record<string, number>>) => ({
  Reports: () => ({
    programme: {
      groups: [north, south].map(({ group: id }) => {
        const received = reports[id] ?? 0;
        return { id, delegateReportsReceived: received, officerReportsReceived: received };
      }),
    },
  }),
});

/** The groups without a visit are cancelled, and the others have returned. */
async function bringHome(network: TestVisits): Promise<void> {
  for (const id of ['nbnp:north-2', 'nbnp:south-2'])
    await network.update(Group, id, { cancelledOn: '2030-04-01' });
  for (const { visit } of [north, south])
    await network.update(Visit, visit, { departedOn: '2030-05-06', returnedOn: '2030-05-11' });
}

describe.each(testDatabases)('Mutation.signEvaluation on $name', (kind) => {
  it('signs once each group is cancelled, or has returned and handed in a report', async () => {
    await using network = await openTestVisits(kind, hubOf({ [north.group]: 1, [south.group]: 2 }));
    expect(await network.refusal('signEvaluation', sign)).toEqual(violated('UNDER_WAY'));
    expect(network.asked).toEqual([]);
    await bringHome(network);
    expect(await network.done('signEvaluation', sign)).toEqual({ id: programme });
    const [signed] = await network.source.manager.find(EvaluationSignature);
    expect(signed).toEqual({ programmeId: programme, signedOn: sign.on });
    const [text] = await network.source.manager.find(EvaluationText);
    expect(text).toMatchObject({ programmeId: programme, summary: sign.summary, version: 1 });
  });

  it('signs the version of the draft that was read, and no later one', async () => {
    await using network = await openTestVisits(kind, hubOf({ [north.group]: 1, [south.group]: 2 }));
    await bringHome(network);
    for (const version of [0, 1])
      await network.done('draftEvaluation', { programme, summary: `Draft ${version}.`, version });
    const { summary: _, ...unchanged } = sign;
    for (const version of [0, 1, 3])
      expect(await network.refusal('signEvaluation', { ...unchanged, version })).toEqual(
        expect.objectContaining({ code: 'CONFLICT', currentVersion: 2 }),
      );
    const both = [
      network.change('signEvaluation', { ...unchanged, version: 2 }),
      network.change('draftEvaluation', { programme, summary: 'Later.', version: 2 }),
    ];
    const codes = (await Promise.all(both)).map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
  });

  it('does not wait for a cancelled visit, and waits for a group that has no other', async () => {
    await using network = await openTestVisits(kind, hubOf({ [north.group]: 1, [south.group]: 2 }));
    await bringHome(network);
    const dropped = { title: 'Dropped', cancelledOn: '2030-04-01' };
    await network.insert(Visit, { ...dropped, id: 'nbnp:dropped', groupId: south.group });
    await network.update(Group, 'nbnp:south-2', { cancelledOn: null });
    await network.insert(Visit, { ...dropped, id: 'nbnp:dropped-2', groupId: 'nbnp:south-2' });
    expect(await network.refusal('signEvaluation', sign)).toEqual(violated('UNDER_WAY'));
    await network.update(Group, 'nbnp:south-2', { cancelledOn: '2030-04-01' });
    await network.done('signEvaluation', sign);
  });

  it('returns the same signature for a repeated request, without further requests, and refuses another one', async () => {
    await using network = await openTestVisits(kind, hubOf({ [north.group]: 1, [south.group]: 2 }));
    await bringHome(network);
    await network.done('signEvaluation', { ...sign, summary: null });
    const before = network.asked.length;
    await network.done('signEvaluation', { programme, on: sign.on });
    expect(network.asked).toHaveLength(before);
    for (const other of [sign, { ...sign, summary: null, on: '2030-12-02' }])
      expect(await network.refusal('signEvaluation', other)).toEqual(violated('ALREADY_SIGNED'));
  });

  it('refuses by UNDER_WAY while a group has no report', async () => {
    await using network = await openTestVisits(kind, hubOf({ [north.group]: 3 }));
    await bringHome(network);
    expect(await network.refusal('signEvaluation', sign)).toEqual(violated('UNDER_WAY'));
  });

  it('refuses by UNDER_WAY if no group is known', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(Programme, {
      id: 'nbnp:empty',
      title: 'A plan',
      groupSizeMin: 2,
      groupSizeMax: 4,
      targetGroups: [],
      sectorsToShow: [],
      workingLanguages: [],
      hasDocumentedGroups: true,
    });
    expect(await network.refusal('signEvaluation', { ...sign, programme: 'nbnp:empty' })).toEqual(
      violated('UNDER_WAY'),
    );
  });

  it.each([
    [north, 'delegateReportsReceived', 'officerReportsReceived'],
    [south, 'officerReportsReceived', 'delegateReportsReceived'],
  ])('asks only the side that sent the group: %j', async ({ group }, own, others) => {
    const queries: string[] = [];
    const reports = { count: null as number | null };
    await using network = await openTestVisits(kind, {
      Reports(_variables, _network, query) {
        queries.push(query);
        return { programme: { groups: [{ id: group, [own]: reports.count, [others]: 5 }] } };
      },
    });
    await bringHome(network);
    const other = [north, south].find((one) => one.group !== group);
    await network.update(Group, other?.group ?? '', { cancelledOn: '2030-04-01' });
    await network.update(Visit, other?.visit ?? '', { departedOn: null, returnedOn: null });
    expect(await network.refusal('signEvaluation', sign)).toEqual(violated('UNDER_WAY'));
    reports.count = 1;
    // The day of the return is allowed.
    await network.done('signEvaluation', { ...sign, on: '2030-05-11' });
    for (const query of queries) expect(query).not.toContain(others);
  });

  it('sends no request if all groups are cancelled', async () => {
    await using network = await openTestVisits(kind);
    await bringHome(network);
    for (const { group } of [north, south])
      await network.update(Group, group, { cancelledOn: '2030-04-01' });
    await network.done('signEvaluation', sign);
    expect(network.asked).toEqual([]);
  });

  it('refuses by UNDER_WAY when a group is created or a return is removed during its requests', async () => {
    const { Reports } = hubOf({ [north.group]: 1, [south.group]: 2 });
    const meanwhile: readonly ((network: TestVisits) => Promise<void>)[] = [
      (network) =>
        network.insert(Group, {
          id: 'nbnp:late',
          name: 'late',
          direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
          programmeId: programme,
          plannedSize: 3,
        }),
      (network) => network.update(Visit, south.visit, { returnedOn: null }),
    ];
    for (const change of meanwhile) {
      await using network = await openTestVisits(kind, {
        async Reports(_, opened) {
          await change(opened);
          return Reports();
        },
      });
      await bringHome(network);
      const { errors } = await network.change('signEvaluation', sign);
      expect(errors?.[0]?.extensions).toEqual(violated('UNDER_WAY'));
      expect(await network.source.manager.find(EvaluationSignature)).toEqual([]);
    }
  });

  it('refuses a day before the programme’s start or the last return, or two years after its end', async () => {
    await using network = await openTestVisits(kind, hubOf({ [north.group]: 1, [south.group]: 2 }));
    await bringHome(network);
    const signedOn = (on: string) => network.refusal('signEvaluation', { ...sign, on });
    expect(await signedOn('2029-12-31')).toEqual(violated('OUTSIDE_PROGRAMME', 'input.on'));
    expect(await signedOn('2030-05-10')).toEqual(violated('DATE_ORDER', 'input.on'));
    expect(await signedOn('2033-07-01')).toEqual(violated('TOO_LATE', 'input.on'));
    await network.done('signEvaluation', { ...sign, on: '2033-06-30' });
  });

  it('names an unknown id, and refuses an empty summary', async () => {
    await using network = await openTestVisits(kind);
    expect(await network.refusal('signEvaluation', { ...sign, programme: 'nbnp:none' })).toEqual(
      expect.objectContaining({ code: 'NOT_FOUND', argument: 'input.programme' }),
    );
    expect(await network.refusal('signEvaluation', { ...sign, summary: '' })).toEqual(
      badInput('input.summary'),
    );
  });

  it('writes nothing when the owners of the reports are unavailable', async () => {
    await using network = await openTestVisits(kind, { Reports: away('fi') });
    await bringHome(network);
    expect(await network.refusal('signEvaluation', sign)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'fi',
    });
  });
});
