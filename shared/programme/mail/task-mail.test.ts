import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { HubError } from '../../errors/hub-error.js';
import type { MailItem } from '../../partner/mail/mail-content.js';
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
  group: { id: group, cancelledOn: null, warnings },
});
const refused = {
  code: 'VISA_REFUSED',
  subject: 'nbnp:near-visit',
  owner: 'dk',
  dueOn: '2030-05-06',
};

/** What the hub responds, in pages of two. */
const hubWith = (
  tasks: readonly object[],
  visits: readonly object[],
  away?: string,
  ended: readonly object[] = [],
): AskHub => {
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
      ...(query.includes('endings(') && { endings: { nodes: ended } }),
    });
  };
};

async function collect(askHub: AskHub, partner = 'dk') {
  const source = await openDatabase({ url: 'sqlite::memory:', entities: [], migrations: [] });
  const context = {
    partner,
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

  it('tells what others ended, at once if a departure is near, and nothing of rehearsals', async () => {
    const ending = (kind: string, subject: string, group: string, isRehearsal = false) => ({
      kind,
      subject,
      endedOn: '2030-04-20',
      isRehearsal,
      group: { id: group },
    });
    const hub = hubWith([], [near], undefined, [
      ending('NOMINATION_WITHDRAWN', 'fi:1', 'nbnp:near'),
      ending('NOMINATION_WITHDRAWN', 'fi:2', 'nbnp:far'),
      ending('VISIT_CANCELLED', 'nbnp:visit', 'nbnp:near'),
      ending('NOMINATION_WITHDRAWN', 'fi:3', 'nbnp:near', true),
    ]);
    const told = { endedOn: '2030-04-20', dueOn: null, isUndone: false };
    expect((await collect(hub)).items).toEqual([
      // Without her the group may be too small, and it departs in five days.
      { ...told, kind: 'NOMINATION_WITHDRAWN', subject: 'fi:1', isUrgent: true },
      { ...told, kind: 'NOMINATION_WITHDRAWN', subject: 'fi:2', isUrgent: false },
      { ...told, kind: 'VISIT_CANCELLED', subject: 'nbnp:visit', isUrgent: false },
    ]);
  });

  it('asks once for each page of tasks and visits, and does without what a later hub knows', async () => {
    const asked: string[] = [];
    const tasks = ['a', 'b', 'c'].map((id) => task('NOMINATE', id, id, '2030-05-06'));
    const known = hubWith(tasks, [near]);
    const earlier: AskHub = (query, ...given) => {
      asked.push(/query (\w+)/.exec(query)?.[1] ?? '');
      if (query.includes('endings(')) throw new HubError('PARTNER_LACKS_FIELD', { partner: 'hub' });
      return known(query, ...given);
    };
    const { items, missing } = await collect(earlier);
    expect([items.length, missing]).toEqual([3, []]);
    // The first page of tasks twice: with what ended, and without.
    expect(asked.toSorted()).toEqual(['MailTasks', 'MailTasks', 'MailTasks', 'MailWarnings']);
  });

  it.each([true, false])(
    'says in its subject that nothing waits any more: digest %s',
    (isDigest) => {
      const draft = {
        partner: 'fi',
        role: 'coordinator' as const,
        language: 'en' as const,
        pages: 'https://hub.example',
        end: 'https://hub.example/end',
        today: '2030-05-01',
        missing: [],
        isDigest,
      };
      const item = { subject: 'nbnp:visit', dueOn: null, isUrgent: true, isUndone: false };
      const ended = { ...item, kind: 'VISIT_CANCELLED', endedOn: '2030-04-20' };
      const subjectOf = (items: readonly MailItem[]) =>
        taskMail.mail?.write({ ...draft, items }).subject;
      expect(subjectOf([ended])).toBe('Cooperation Hub: what waits no longer for fi');
      const waiting = { ...item, kind: 'CONFIRM_STOP' };
      expect(subjectOf([ended, waiting])).toMatch(isDigest ? /wait for fi: 1$/ : /has to act$/);
    },
  );
});
