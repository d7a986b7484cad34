import { HubError } from '@hub/shared/errors';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { ExpertAssignment } from '../entities/visit.entity.js';
import {
  ofNorth,
  openWaiting,
  passed,
  say,
  stated,
  stateDeadlines,
  type Warned,
} from '../testing/test-deadlines.js';
import type { TestTasks } from '../testing/test-tasks.js';
import { away, north, openTestVisits, south } from '../testing/test-visits.js';

describe.each(testDatabases)('Group.warnings without a partner on $name', (kind) => {
  /** What the north has, and which partners the response names, while something is missing. */
  const readPart = async (network: TestTasks, group = north.group) => {
    const query = `{ group(id: "${group}") { warnings { code deadline owner subject count } } }`;
    const { data, errors = [] } = await network.ask(query, {}, readerOf('nbnp', 'coordinator'));
    const { warnings } = data?.['group'] as { warnings: readonly Warned[] };
    for (const { path } of errors) expect(path).toEqual(['group', 'warnings']);
    const named = errors.map(({ extensions }) => (extensions as { partner?: string }).partner);
    const all = warnings.map(({ code }) => code);
    return { named, said: passed(warnings).map(say), all, warnings };
  };
  const allOfNorth = ofNorth.map(([, warning]) => warning);
  const withoutOf = (row: string) => allOfNorth.filter((one) => !one.startsWith(row)).toSorted();

  it.each([
    ['fi', 'policeUnits FI', [], 'HOST_CONFIRMATION fi'],
    ['ncm', `visit ${north.visit}`, ['regionalHostings'], 'HOST_CONFIRMATION ncm'],
    ['lt', `visit ${north.visit}`, ['experts', 0, 'status'], 'DECISION lt'],
    ['ncm', `group ${north.group}`, ['delegatesBriefedOn'], 'BRIEFING ncm'],
  ])('without %s and its %s %j lacks %s alone', async (partner, fact, path, row) => {
    await using network = await openWaiting(kind, '2030-05-06T12:00:00Z');
    await stateDeadlines(network, stated);
    await network.update(Group, north.group, { plannedSize: 9 });
    expect((await readPart(network)).said.toSorted()).toEqual(allOfNorth.toSorted());
    network.gaps.push({ fact, partner, path });
    const { named, said, all } = await readPart(network);
    expect(named).toEqual([partner]);
    expect(said.toSorted()).toEqual(withoutOf(row));
    expect(all).toContain('PLANNED_TOO_MANY');
    await stateDeadlines(network, null);
    expect(await readPart(network)).toMatchObject({ named: [], said: [] });
  });

  it('has what depends on nobody else while the hub says nothing', async () => {
    await using network = await openWaiting(kind, '2030-05-06T12:00:00Z');
    await stateDeadlines(network, stated);
    await network.update(Group, north.group, { plannedSize: 9 });
    network.missing.push('hub');
    const { named, said, all } = await readPart(network);
    expect(named).toEqual(['hub']);
    expect(said).toEqual([]);
    expect(all).toContain('PLANNED_TOO_MANY');
  });

  it('costs no other group of the request what one of them lacks', async () => {
    await using network = await openWaiting(kind, '2030-05-01T12:00:00Z');
    await stateDeadlines(network, stated);
    const alone = (await readPart(network, south.group)).warnings;
    expect(passed(alone).length).toBeGreaterThan(1);
    network.gaps.push({ fact: `visit ${north.visit}`, partner: 'ncm', path: ['regionalHostings'] });
    network.gaps.push({ fact: `group ${north.group}`, partner: 'ncm', path: [] });
    const fields = 'warnings { code deadline owner subject count }';
    const query = `{ south: group(id: "${south.group}") { ${fields} }
      north: group(id: "${north.group}") { ${fields} } }`;
    const { data, errors } = await network.ask(query, {}, readerOf('nbnp', 'coordinator'));
    expect(data?.['south']).toEqual({ warnings: alone });
    const { warnings } = data?.['north'] as { warnings: readonly Warned[] };
    expect(passed(warnings).map(say)).toContain('HOST_CONFIRMATION fi nbnp:north-visit 2');
    expect(errors).toMatchObject([{ path: ['north', 'warnings'], extensions: { partner: 'ncm' } }]);
  });

  it('says that a loan was refused while another police force is away', async () => {
    const loans = [
      { id: 'nbnp:assignment', status: 'REFUSED', isLoanPutBack: false },
      { id: 'nbnp:another', status: null, isLoanPutBack: null },
    ];
    const away = new HubError('PARTNER_TIMED_OUT', { partner: 'ee' });
    await using network = await openTestVisits(kind, {
      PolicyFacts(_variables, _network, query, options) {
        if (!query.includes('experts')) return { f0: {} };
        options?.onMissing?.(away, ['f0', 'visits', 0, 'experts', 1, 'status']);
        return { f0: { visits: [{ experts: loans }] } };
      },
    });
    const another = { id: 'nbnp:another', visitId: north.visit, expertId: 'ee:expert' };
    await network.insert(ExpertAssignment, { ...another, role: 'EXPERT', languages: [] });
    const { data, errors } = await network.ask(
      '{ group(id: "nbnp:north") { warnings { code subject } } }',
    );
    const refused = { code: 'LOAN_REFUSED', subject: 'nbnp:assignment' };
    expect(data).toEqual({ group: { warnings: [refused] } });
    const extensions = { code: 'PARTNER_TIMED_OUT', partner: 'ee' };
    expect(errors).toMatchObject([{ path: ['group', 'warnings'], extensions }]);
  });

  it('says which nominations wait for a decision while another police force is away', async () => {
    await using network = await openTestVisits(
      kind,
      {
        PolicyFacts(_variables, _network, query, options) {
          if (!query.includes('officerNominations')) return { f0: {} };
          options?.onMissing?.(new HubError('PARTNER_TIMED_OUT', { partner: 'ee' }), ['f0']);
          return { f0: { officerNominations: [{ id: 'se:pending', withdrawnOn: null }] } };
        },
      },
      '2030-05-05T12:00:00Z',
    );
    const query = `{ group(id: "${south.group}") { warnings { code subject } } }`;
    const { data, errors = [] } = await network.ask(query, {}, readerOf('nbnp', 'coordinator'));
    const { warnings } = data?.['group'] as { warnings: readonly { code: string }[] };
    expect(warnings.filter(({ code }) => code === 'DECISION_OVERDUE')).toEqual([
      { code: 'DECISION_OVERDUE', subject: 'se:pending' },
    ]);
    const extensions = { code: 'PARTNER_TIMED_OUT', partner: 'ee' };
    expect(errors).toMatchObject([{ path: ['group', 'warnings'], extensions }]);
  });

  it('counts who got no visa or no briefing, and nobody, whoever else is away', async () => {
    const delegates = {
      delegateCount: 3,
      delegateFormalitiesOpen: 0,
      delegateVisasRefused: 1,
      delegateMeetings: [{ kind: 'BRIEFING', missed: 2 }],
    };
    await using network = await openTestVisits(
      kind,
      {
        PolicyFacts(_variables, _network, query) {
          if (query.includes('delegateCount')) return { f0: delegates };
          return away(query.includes('experts') ? 'lt' : 'fi')();
        },
      },
      '2030-04-26T12:00:00Z',
    );
    const told = async (group: string) => {
      const query = `{ group(id: "${group}") { warnings { code count } } }`;
      const { data, errors } = await network.ask(query);
      const named = errors?.map(({ extensions }) => (extensions as { partner?: string }).partner);
      return { warnings: (data?.['group'] as { warnings: unknown }).warnings, named };
    };
    const ofNorth = await told(north.group);
    expect(new Set(ofNorth.named)).toEqual(new Set(['fi', 'lt']));
    expect(ofNorth.warnings).toEqual([
      { code: 'BRIEFING_MISSED', count: 2 },
      { code: 'VISA_REFUSED', count: 1 },
    ]);
    await network.source.manager.delete(OfficerNomination, { groupId: south.group });
    const ofSouth = await told(south.group);
    expect(ofSouth.named).toContain('fi');
    expect(ofSouth.warnings).toContainEqual({ code: 'NO_MEMBER', count: null });
  });
});
