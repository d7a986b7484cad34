import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { everythingWaits, offer, openTestTasks, type TestFacts } from '../testing/test-tasks.js';
import { north } from '../testing/test-visits.js';

const key = `visit ${north.visit}`;
const of = (facts: object): TestFacts => ({
  ...everythingWaits,
  [key]: { stops: [], experts: [], hostings: [], regionalHostings: [], ...facts },
});
const lost = (tasks: readonly string[]) => tasks.filter((task) => task.startsWith('REPLACE_'));
const expert = (loanWithdrawnOn: string | null) => ({
  experts: [
    {
      id: 'nbnp:assignment',
      status: loanWithdrawnOn === null ? 'REFUSED' : 'WITHDRAWN',
      loanWithdrawnOn,
    },
  ],
});
const withdrawn = offer('fi:withdrawn', north.visit, 'WITHDRAWN');

describe.each(testDatabases)('REPLACE_HOST on $name', (kind) => {
  it.each([
    ['no offer', [], []],
    ['an open offer', [offer('fi:offer', north.visit)], []],
    ['a withdrawn offer', [withdrawn], ['REPLACE_HOST fi:withdrawn']],
    ['a withdrawn offer and another', [withdrawn, offer('fi:offer', north.visit)], []],
    [
      'two withdrawn offers',
      [{ ...withdrawn, id: 'fi:earlier', decidedOn: '2026-09-01' }, withdrawn],
      ['REPLACE_HOST fi:withdrawn'],
    ],
    [
      'a withdrawn offer of a country that hosts nothing',
      [{ ...withdrawn, id: 'lv:withdrawn' }],
      [],
    ],
  ])('waits for the network with %s', async (_what, hostings, tasks) => {
    await using network = await openTestTasks(kind, of({ hostings }));
    expect(lost(await network.listOf('nbnp'))).toEqual(tasks);
    for (const organisation of ['fi', 'ncm'])
      expect(lost(await network.listOf(organisation))).toEqual([]);
  });

  it('stays while others are unavailable, and not while the host is', async () => {
    await using network = await openTestTasks(kind, of({ hostings: [withdrawn] }));
    network.missing.push('se');
    expect(lost(await network.listOf('nbnp'))).toEqual(['REPLACE_HOST fi:withdrawn']);
    network.missing.push('fi');
    expect(lost(await network.listOf('nbnp'))).toEqual([]);
  });

  it('waits for another host in Russia too, until the departure or while Russia hosts', async () => {
    const regionalHostings = [offer('ncm:withdrawn', north.visit, 'WITHDRAWN')];
    await using network = await openTestTasks(kind, of({ regionalHostings }));
    const list = async () => lost(await network.listOf('nbnp'));
    expect(await list()).toEqual(['REPLACE_HOST ncm:withdrawn']);
    await network.update(Visit, north.visit, { departedOn: '2030-05-06' });
    expect(await list()).toEqual([]);
    await network.update(Visit, north.visit, { departedOn: null });
    const host = { visitId: north.visit, country: 'RU' };
    await network.source.manager.delete(VisitHost, host);
    expect(await list()).toEqual([]);
  });
});

describe.each(testDatabases)('REPLACE_EXPERT on $name', (kind) => {
  it('waits for the network once a police force took its expert back', async () => {
    await using network = await openTestTasks(kind, of(expert('2030-04-01')));
    const { data } = await network.askTasks('nbnp');
    const { nodes } = data?.['tasks'] as { nodes: { kind: string }[] };
    expect(nodes.filter(({ kind: task }) => task === 'REPLACE_EXPERT')).toMatchObject([
      { subject: 'nbnp:assignment', since: '2030-04-01', visit: { id: north.visit } },
    ]);
    expect(lost(await network.listOf('lt'))).toEqual([]);
    await using refused = await openTestTasks(kind, of(expert(null)));
    expect(lost(await refused.listOf('nbnp'))).toEqual([]);
  });
});
