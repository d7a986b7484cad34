import 'reflect-metadata';

import { HubError } from '@hub/shared/errors';
import { usualRetention } from '@hub/shared/records';
import { createFactsHub, type TestDatabaseKind, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { definition } from '../partner.js';
import { openTestPolice } from '../testing/test-partner.js';

const her = 'fi:lent';
const assignment = (status: string | null, visit: object | null) => ({ status, visit });
const visit = (returnedOn: string | null, cancelledOn: string | null = null) => ({
  returnedOn,
  cancelledOn,
});

/** An expert, and what the network says of her assignments. Undefined while it is down. */
async function open(kind: TestDatabaseKind, assignments: readonly object[] | null | undefined) {
  const state = { day: '2030-05-01', assignments };
  const { askHub } = createFactsHub(() => {
    if (state.assignments === undefined)
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    return { assignments: state.assignments };
  });
  const police = await openTestPolice(kind, 'fi', 'facts', { askHub });
  const { source } = police;
  const expert = { id: her, name: 'Ossi', email: 'ossi@invented.example', unitId: 'fi:npb' };
  await source.manager.insert(Expert, expert);
  const clock = () => new Date(`${state.day}T12:00:00Z`);
  const context = { partner: 'fi', source, clock, askHub, retention: usualRetention };
  return {
    source,
    state,
    /** Runs on both days before, so that the clock is believed, and on this one. */
    async runOn(day: string) {
      for (const before of [2, 1, 0]) {
        state.day = new Date(Date.parse(day) - before * 86_400_000).toISOString().slice(0, 10);
        await definition.chore?.(context);
      }
    },
    async left() {
      const found = await source.manager.findOneByOrFail(Expert, { id: her });
      return [found.name, found.email].filter((text) => text !== null && text !== '');
    },
    [Symbol.asyncDispose]: police[Symbol.asyncDispose],
  };
}

const all = ['Ossi', 'ossi@invented.example'];

describe.each(testDatabases)('the retention of experts on $name', (kind) => {
  it('counts from the last return of the visits for which an expert was lent', async () => {
    await using police = await open(kind, [
      assignment('LENT', visit('2030-03-01')),
      assignment(null, visit('2030-05-01')),
      // No journey of hers.
      assignment('REFUSED', visit('2031-01-01')),
      assignment('WITHDRAWN', visit(null)),
      assignment('LENT', visit(null, '2030-04-01')),
    ]);
    await police.runOn('2032-04-01');
    await police.runOn('2032-04-29');
    expect(await police.left()).toEqual(all);
    // 730 days after 1 May 2030 are 30 April 2032; the notice is of 30 March or later.
    await police.runOn('2032-05-01');
    expect(await police.left()).toEqual(['Ossi']);
    await police.runOn('2035-03-31');
    await police.runOn('2035-04-29');
    expect(await police.left()).toEqual(['Ossi']);
    await police.runOn('2035-05-02');
    expect(await police.left()).toEqual([]);
  });

  it.each<[what: string, assignments: readonly object[] | null | undefined]>([
    ['a visit is ahead', [assignment('LENT', visit(null))]],
    ['a visit is not told', [assignment('LENT', null)]],
    ['the network tells no assignments', null],
    ['the network is down', undefined],
  ])('erases nothing while %s', async (_, assignments) => {
    await using police = await open(kind, [assignment('LENT', visit('2030-05-01'))]);
    await police.runOn('2040-01-01');
    police.state.assignments = assignments;
    await police.runOn('2040-03-01');
    expect(await police.left()).toEqual(all);
  });

  it('counts from the first run of a server that finds an expert who was never lent', async () => {
    await using police = await open(kind, []);
    await police.runOn('2030-05-03');
    await police.runOn('2032-04-30');
    expect(await police.left()).toEqual(all);
    await police.runOn('2032-06-02');
    expect(await police.left()).toEqual(['Ossi']);
  });

  it('counts from the last decision on a loan, if none became a journey', async () => {
    await using police = await open(kind, []);
    await police.source.manager.insert(ExpertLoan, {
      assignmentId: 'nbnp:a',
      expertId: her,
      loanGranted: true,
      loanDecidedOn: '2030-01-10',
    });
    await police.runOn('2031-12-20');
    await police.runOn('2032-01-08');
    expect(await police.left()).toEqual(all);
    await police.runOn('2032-01-20');
    expect(await police.left()).toEqual(['Ossi']);
  });
});
