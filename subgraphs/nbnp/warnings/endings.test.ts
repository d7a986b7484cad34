import { anonymous } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { everythingWaits, offer, openTestTasks, type TestTasks } from '../testing/test-tasks.js';
import { north, south } from '../testing/test-visits.js';

/** Today is 24 November 2026. */
const [lately, today, before] = ['2026-10-25', '2026-11-24', '2026-10-24'];
const shown = 'kind subject endedOn';

async function listOf(network: TestTasks, organisation: string, given = ''): Promise<string[]> {
  const query = `{ endings${given} { nodes { ${shown} } } }`;
  const { data } = await network.ask(query, {}, readerOf(organisation, 'coordinator'));
  const { nodes } = data?.['endings'] as { nodes: Record<string, string>[] };
  return nodes.map(({ kind, subject, endedOn }) => `${kind} ${subject} ${endedOn}`);
}

const ofFinland = (status: string) => ({
  'policeUnits FI': [{ hostings: [offer('fi:offer', north.visit, status)] }],
});
const lent = (status: string | null) => ({
  'visit nbnp:north-visit': { experts: [{ expertId: 'lt:expert', status }] },
});
const ofOffices = (status: string) => ({
  'visit nbnp:north-visit': { regionalHostings: [offer('ncm:offer', north.visit, status)] },
});
const cancelled = (on: string) => [`VISIT_CANCELLED ${north.visit} ${on}`];

describe.each(testDatabases)('Query.endings on $name', (kind) => {
  const open = (facts: object = everythingWaits) =>
    openTestTasks(kind, { ...facts }, { PolicyFacts: () => ({}) });

  it('is for those who have tasks', async () => {
    await using network = await open();
    for (const caller of [anonymous, readerOf('fi', 'analyst'), readerOf('fi', 'auditor')]) {
      const { errors } = await network.ask('{ endings { totalCount } }', {}, caller);
      expect(errors).toMatchObject([{ path: ['endings'], extensions: { code: 'FORBIDDEN' } }]);
    }
    expect(network.requests).toEqual([]);
  });

  it.each([
    ['fi', 'offered', ofFinland('OFFERED'), true],
    ['fi', 'confirmed', ofFinland('CONFIRMED'), true],
    ['fi', 'withdrew', ofFinland('WITHDRAWN'), false],
    ['fi', 'offered nothing', { 'policeUnits FI': [] }, false],
    ['fi', 'did not respond', {}, false],
    ['ncm', 'confirmed', ofOffices('CONFIRMED'), true],
    ['ncm', 'withdrew', ofOffices('WITHDRAWN'), false],
    ['lt', 'lends an expert', lent('GRANTED'), true],
    ['lt', 'was asked for an expert', lent('REQUESTED'), false],
    ['lt', 'did not respond', lent(null), false],
    ['no', 'is no host', ofFinland('CONFIRMED'), false],
    ['nbnp', 'cancelled it', ofOffices('CONFIRMED'), false],
  ])(
    'tells %s, which %s, that a visit was cancelled',
    async (organisation, _how, facts, isTold) => {
      await using network = await open(facts);
      await network.update(Visit, north.visit, { cancelledOn: lately });
      expect(await listOf(network, organisation)).toEqual(isTold ? cancelled(lately) : []);
      await network.update(Visit, north.visit, { cancelledOn: before });
      expect(await listOf(network, organisation)).toEqual([]);
      await network.update(Visit, north.visit, { cancelledOn: null });
      expect(await listOf(network, organisation)).toEqual([]);
      await network.update(Group, north.group, { cancelledOn: today });
      expect(await listOf(network, organisation)).toEqual(isTold ? cancelled(today) : []);
    },
  );

  it('tells NBNP what was withdrawn, also of groups without a visit, until the departure', async () => {
    const nominations = [
      { id: 'dk:9', withdrawnOn: lately },
      { id: 'fi:9', withdrawnOn: before },
      { id: 'se:9', withdrawnOn: null },
      null,
    ];
    await using network = await open({
      'group nbnp:south-2': { officerNominations: nominations },
      'group nbnp:north': { delegateNominations: [{ id: 'ncm:9', withdrawnOn: today }] },
    });
    const [ofNorth, ofSouth] = [
      `NOMINATION_WITHDRAWN ncm:9 ${today}`,
      `NOMINATION_WITHDRAWN dk:9 ${lately}`,
    ];
    // The latest first.
    expect(await listOf(network, 'nbnp')).toEqual([ofNorth, ofSouth]);
    for (const other of ['dk', 'fi', 'ncm']) expect(await listOf(network, other)).toEqual([]);
    await network.update(Visit, north.visit, { departedOn: '2026-11-20' });
    expect(await listOf(network, 'nbnp')).toEqual([ofSouth]);
  });

  it('tells a police force which of its nominations were declined, and asks nobody', async () => {
    await using network = await open();
    const declined = (id: string, groupId: string, declinedOn: string) => ({
      id,
      groupId,
      officerId: `${id}-officer`,
      declinedOn,
    });
    await network.insert(
      OfficerNomination,
      declined('dk:8', south.group, lately),
      declined('dk:9', 'nbnp:south-2', today),
      declined('dk:7', south.group, before),
      declined('se:8', south.group, today),
    );
    const own = [`NOMINATION_DECLINED dk:9 ${today}`, `NOMINATION_DECLINED dk:8 ${lately}`];
    expect(await listOf(network, 'dk')).toEqual(own);
    expect(network.requests).toEqual([]);
    for (const other of ['nbnp', 'ncm', 'no'])
      expect(await listOf(network, other)).not.toContain(own[0]);
    expect(await listOf(network, 'dk', '(kinds: [VISIT_CANCELLED])')).toEqual([]);
    expect(await listOf(network, 'dk', '(first: 1)')).toEqual(own.slice(0, 1));
  });

  it('says it in a sentence, with its group, visit and id, and who did not respond', async () => {
    await using network = await open(ofFinland('CONFIRMED'));
    await network.update(Visit, north.visit, { cancelledOn: lately });
    const query = `{ endings { totalCount nodes { id message isRehearsal group { id } visit { id } } } }`;
    const { data, errors } = await network.ask(query, {}, readerOf('fi', 'coordinator'));
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      endings: {
        totalCount: 1,
        nodes: [
          {
            id: `nbnp:ending/fi/VISIT_CANCELLED/${north.visit}`,
            message: 'The visit “A week” is cancelled.',
            isRehearsal: false,
            group: { id: north.group },
            visit: { id: north.visit },
          },
        ],
      },
    });
    network.missing.push('fi', 'lt');
    const partial = await network.ask(query, {}, readerOf('fi', 'coordinator'));
    expect(partial.errors).toMatchObject([{ path: ['endings'], extensions: { partner: 'fi' } }]);
  });

  it('tells the host, and NBNP, what closes before a visit', async () => {
    const unit = { validTo: '2030-05-08', mergedInto: null };
    const site = { closedOn: '2030-05-06', mergedInto: null };
    const visits = [
      {
        id: north.visit,
        hosts: [{ owner: 'fi' }, { owner: 'ncm' }],
        hostings: [{ id: 'fi:2', status: 'CONFIRMED', isPutBack: false, unit }],
        regionalHostings: [],
        stops: [{ id: north.stop, site }],
      },
    ];
    const PolicyFacts = () => ({ f0: { visits } });
    await using network = await openTestTasks(kind, {}, { PolicyFacts });
    await network.update(ItineraryStop, north.stop, { siteId: 'fi:court' });
    const closings = '(kinds: [HOST_CLOSED, SITE_CLOSED])';
    expect(await listOf(network, 'fi', closings)).toEqual(['HOST_CLOSED fi:2 2030-05-08']);
    expect(await listOf(network, 'nbnp', closings)).toEqual([
      `SITE_CLOSED ${north.stop} 2030-05-06`,
    ]);
    expect(await listOf(network, 'no', closings)).toEqual([]);
    const query = '{ endings { nodes { message visit { id } } } }';
    const { data } = await network.ask(query, {}, readerOf('fi', 'coordinator'));
    const message =
      'The visit “A week” is confirmed by a body of FI that closes on 2030-05-08, before the visit ends.';
    expect(data).toEqual({ endings: { nodes: [{ message, visit: { id: north.visit } }] } });
    await network.source.manager.delete(VisitHost, { visitId: north.visit, owner: 'fi' });
    expect(await listOf(network, 'fi', closings)).toEqual([]);
  });
});
