import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { HubError } from '../../errors/hub-error.js';
import type { AskHub } from '../../policy/context/ask-hub.js';
import { usualRetention } from '../../records/manifest/retention.js';
import { taskMail } from './task-mail.js';

const task = (kind: string, subject: string, group: string, dueOn: string, more: object = {}) => ({
  kind,
  subject,
  dueOn,
  isOverdue: false,
  cause: 'NEW',
  isUncertain: false,
  isRehearsal: false,
  visit: null,
  group: { id: group },
  ...more,
});
const departure = (id: string, group: string, warnings: readonly object[] | null = []) => ({
  id,
  departedOn: null,
  cancelledOn: null,
  group: { id: group, warnings },
});
const refused = {
  code: 'VISA_REFUSED',
  subject: 'nbnp:near-visit',
  owner: 'dk',
  dueOn: '2030-05-06',
};

/** What the hub responds, in pages of two. */
const hubWith = (tasks: readonly object[], visits: readonly object[], away?: string): AskHub => {
  const page = (all: readonly object[], after: unknown) => {
    const start = Number(after ?? 0);
    const end = start + 2;
    const pageInfo = { hasNextPage: end < all.length, endCursor: String(end) };
    return { nodes: all.slice(start, end), pageInfo, totalCount: all.length };
  };
  return (query, { after } = {}, options = {}) => {
    if (away !== undefined)
      options.onMissing?.(new HubError('PARTNER_UNAVAILABLE', { partner: away }), ['visits']);
    return Promise.resolve({
      ...(query.includes('tasks(') && { tasks: page(tasks, after) }),
      ...(query.includes('visits(') && { visits: page(visits, after) }),
    });
  };
};

async function collect(askHub: AskHub) {
  const source = await openDatabase({ url: 'sqlite::memory:', entities: [], migrations: [] });
  const context = {
    partner: 'dk',
    askHub,
    clock: () => new Date('2030-05-01T08:00:00Z'),
    source,
    retention: usualRetention,
  };
  const found = await taskMail.mail?.collect(context, true);
  await source.destroy();
  if (!found) throw new Error('Nothing was collected.');
  return found;
}

const near = departure('nbnp:near-visit', 'nbnp:near');

describe('taskMail', () => {
  it.each([false, true])(
    'tells what waits for one person in two groups (reversed: %s)',
    async (isReversed) => {
      const tasks = [
        task('COMPLETE_FORMALITIES', 'dk:officer', 'nbnp:near', '2030-05-06'),
        task('COMPLETE_FORMALITIES', 'dk:officer', 'nbnp:far', '2030-09-01'),
        task('HAND_IN_REPORT', 'dk:officer', 'nbnp:old', '2030-12-01'),
        task('HAND_IN_REPORT', 'dk:officer', 'nbnp:older', '2030-11-01'),
      ];
      const { items } = await collect(hubWith(isReversed ? tasks.toReversed() : tasks, [near]));
      expect(items).toHaveLength(4);
      expect(items.filter(({ isUrgent }) => isUrgent)).toMatchObject([
        { kind: 'COMPLETE_FORMALITIES', dueOn: '2030-05-06' },
      ]);
      // Each is told for itself.
      expect(new Set(items.map(({ kind, subject }) => `${kind} ${subject}`)).size).toBe(4);
    },
  );

  it('keeps the names under which other tasks were told by earlier versions', async () => {
    const visit = { id: 'nbnp:near-visit' };
    const { items } = await collect(
      hubWith(
        [
          task('OFFER_HOSTING', 'nbnp:near-visit', 'nbnp:near', '2030-05-06', { visit }),
          task('DECIDE_LOAN', 'nbnp:loan', 'nbnp:near', '2030-05-06', { visit, cause: 'PUT_BACK' }),
        ],
        [near],
      ),
    );
    expect(items.map(({ subject }) => subject)).toEqual(['nbnp:near-visit', 'nbnp:loan PUT_BACK']);
  });

  it('reads all pages of tasks and of departures', async () => {
    const groups = Array.from({ length: 7 }, (_, index) => `nbnp:group-${index}`);
    const { items } = await collect(
      hubWith(
        groups.map((group) => task('NOMINATE', group, group, '2030-05-06')),
        groups.map((group) => departure(`${group}-visit`, group)),
      ),
    );
    expect(items.map(({ subject }) => subject)).toEqual(groups);
    expect(items.every(({ isUrgent }) => isUrgent)).toBe(true);
  });

  it('tells a warning of a group once, with those who did not respond', async () => {
    const visits = ['near-visit', 'second-visit', 'third-visit'].map((id) =>
      departure(`nbnp:${id}`, 'nbnp:near', [refused, { ...refused, owner: 'nbnp' }]),
    );
    const { items, missing } = await collect(hubWith([], visits, 'fi'));
    expect(missing).toEqual(['fi']);
    expect(items).toMatchObject([
      { kind: 'VISA_REFUSED', subject: 'nbnp:near-visit', isUrgent: true },
    ]);
  });
});
