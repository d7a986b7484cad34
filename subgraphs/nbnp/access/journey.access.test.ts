import { anonymous } from '@hub/shared/identity';
import { createFactsHub, readerOf, testDatabases, type TestPartner } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { definition } from '../partner.js';
import {
  after,
  brought,
  createQuestions,
  during,
  isBack,
  readers,
  selectAll,
  steps,
  underWay,
  withoutWarnings,
} from '../testing/journey-steps.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { insertGroups, programme } from '../testing/test-visits.js';

describe.each(testDatabases)('a journey that has not ended on $name', (kind) => {
  it('is not visible to anonymous callers: each response is the same at every step', async () => {
    await using network = await openTestNetwork(kind, 'nothing', during);
    await insertGroups(network.source);
    const questions = await createQuestions();
    const askAll = () =>
      Promise.all(
        questions.map(async ([query, variables]) => ({
          query,
          ...(await network.ask(query, { ...variables }, anonymous)),
        })),
      );
    const before = await askAll();
    for (const { name, take } of underWay) {
      for (const group of ['north', 'south']) await take(network, group);
      expect(await askAll(), name).toEqual(before);
    }
  });

  describe('whose planned end has passed, without a recorded return', () => {
    const moments = [
      during,
      '2030-05-12T12:00:00Z',
      '2030-06-10T12:00:00Z',
      '2031-06-10T12:00:00Z',
    ];
    let networks: TestPartner[];
    let questions: Awaited<ReturnType<typeof createQuestions>>;
    beforeAll(async () => {
      const { askHub } = createFactsHub(() => ({ delegateCount: 2, delegates: [] }));
      const open = (now: string) => openTestNetwork(kind, 'nothing', now, askHub);
      networks = await Promise.all(moments.map(open));
      for (const network of networks) {
        await insertGroups(network.source);
        for (const { take } of underWay)
          for (const group of ['north', 'south']) await take(network, group);
      }
      questions = (await createQuestions()).filter(([query]) => !query.includes('mutation'));
    });
    afterAll(() => Promise.all(networks.map((network) => network[Symbol.asyncDispose]())));

    it.each(readers)('shows %s nothing more than before', async (_, reader) => {
      const readOn = (network: TestPartner) =>
        Promise.all(
          questions.map(async ([query, variables]) => {
            const { data, errors } = await network.ask(
              withoutWarnings(query),
              { ...variables },
              reader,
            );
            const codes = errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code]);
            return { query, data, codes: codes?.toSorted() };
          }),
        );
      const [before, ...overdue] = await Promise.all(networks.map(readOn));
      for (const then of overdue) expect(then).toEqual(before);
    });
  });

  it('leaves anonymous callers uncertain of a state that hides a journey, until the return', async () => {
    await using network = await openTestNetwork(kind, 'nothing', after);
    await insertGroups(network.source);
    const read = async () => {
      const { data } = await network.ask(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) {
          ... on Group { state stateIsCertain visits { departedOn } } } }`,
        { representations: [brought('nbnp:south')] },
        anonymous,
      );
      return data?.['_entities'];
    };
    const hidden = [{ state: 'SELECTED', stateIsCertain: false, visits: [] }];
    for (const { take } of underWay.slice(1)) {
      expect(await read()).toEqual(hidden);
      await take(network, 'south');
    }
    expect(await read()).toEqual(hidden);
    for (const { take } of steps.slice(isBack, -1)) await take(network, 'south');
    expect(await read()).toEqual([
      { state: 'DEBRIEFED', stateIsCertain: true, visits: [{ departedOn: '2030-05-06' }] },
    ]);
  });

  it('is told as long as one visit of the group is ahead by no state later than SELECTED', async () => {
    await using network = await openTestNetwork(kind, 'nothing', after);
    await insertGroups(network.source);
    for (const { take } of steps.slice(1, 7)) await take(network, 'south');
    const query = `{ group(id: "nbnp:south") { state briefedOn debriefedOn reportsReceived version } }`;
    expect((await network.read(query, {}, anonymous))['group']).toMatchObject({
      state: 'DEBRIEFED',
      briefedOn: '2030-04-01',
      debriefedOn: '2030-05-08',
      version: 3,
    });
    await network.source.manager.insert(Visit, {
      id: 'nbnp:another',
      groupId: 'nbnp:south',
      title: 'Another week',
      startsOn: '2030-06-03',
      endsOn: '2030-06-08',
    });
    expect((await network.read(query, {}, anonymous))['group']).toEqual({
      state: 'SELECTED',
      briefedOn: null,
      debriefedOn: null,
      reportsReceived: null,
      version: 0,
    });
  });

  it('does not hide again what was visible, when a return is not recorded and another visit is scheduled', async () => {
    await using network = await openTestNetwork(kind, 'nothing', after);
    await insertGroups(network.source);
    for (const { take } of steps.slice(1, 4)) await take(network, 'south');
    const { schema } = await definition.createSubgraph();
    const group = selectAll(schema, 'Group');
    const query = `{ group(id: "nbnp:south") { ${group} } groups { nodes { ${group} } } programmes { evaluation { complete } } }`;
    // Errors are left out: their order varies, and they are the same for all restricted fields.
    const read = async () => (await network.ask(query, {}, anonymous)).data;
    const before = await read();
    expect(before).toMatchObject({ group: { state: 'SELECTED', briefedOn: null } });
    const another = {
      group: 'nbnp:south',
      title: 'Another week',
      hostCountries: ['RU'],
      startsOn: '2030-06-03',
      endsOn: '2030-06-08',
    };
    const scheduled = await network.ask(
      'mutation ($input: ScheduleVisitInput!) { scheduleVisit(input: $input) { id } }',
      { input: another },
      readerOf('nbnp', 'coordinator'),
    );
    expect(scheduled.errors).toBeUndefined();
    expect(await read()).toEqual(before);
  });

  it('is visible in full to callers with a token', async () => {
    await using network = await openTestNetwork(kind, 'nothing', during);
    await insertGroups(network.source);
    for (const { take } of steps.slice(1, 4)) await take(network, 'south');
    const query = '{ group(id: "nbnp:south") { state briefedOn version } }';
    expect(await network.read(query, {}, readerOf('se', 'analyst'))).toEqual({
      group: { state: 'TRAVELLING', briefedOn: '2030-04-01', version: 2 },
    });
  });
});

describe.each(testDatabases)('Evaluation on $name', (kind) => {
  it('is visible to anonymous callers once both sides have signed; a single signature is visible after the end of all visits', async () => {
    await using network = await openTestNetwork(kind, 'nothing', after);
    await insertGroups(network.source);
    for (const group of ['north', 'south']) {
      for (const { name, take } of steps.slice(1)) {
        if (name !== 'signed' || group === 'south') await take(network, group);
      }
    }
    await network.source.manager.delete(Group, ['nbnp:north-2']);
    const read = async (officeSignatureCount: number | null, reader = anonymous) => {
      const representation = {
        __typename: 'Programme',
        id: programme,
        officeSignedOn: officeSignatureCount === 1 ? '2030-05-09' : null,
        officeSignatureCount,
      };
      const answer = await network.read<{ _entities: unknown[] }>(
        'query ($it: [_Any!]!) { _entities(representations: $it) { ... on Programme { evaluation { summary complete } } } }',
        { it: [representation] },
        reader,
      );
      return answer._entities[0];
    };
    const summary = 'All went well.';
    // South-2 has no visit, so its preparation may be going on.
    expect(await read(0)).toEqual({ evaluation: null });
    expect(await read(1)).toEqual({ evaluation: { summary, complete: true } });
    await network.source.manager.update(
      Group,
      { id: 'nbnp:south-2' },
      { cancelledOn: '2030-02-01' },
    );
    expect(await read(0)).toEqual({ evaluation: { summary: null, complete: false } });
    expect(await read(null)).toEqual({ evaluation: { summary: null, complete: null } });
    expect(await read(1)).toEqual({ evaluation: { summary, complete: true } });
    expect(await read(0, readerOf('se', 'analyst'))).toEqual({
      evaluation: { summary: null, complete: false },
    });
  });
});
