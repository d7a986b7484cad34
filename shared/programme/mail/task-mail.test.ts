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
  hostings: [],
  regionalHostings: [],
  experts: [],
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
  nominations: object = {},
): AskHub => {
  const page = (all: readonly object[], after: unknown) => {
    const start = Number(after ?? 0);
    const end = start + 2;
    const pageInfo = { hasNextPage: end < all.length, endCursor: String(end) };
    return { nodes: all.slice(start, end), pageInfo, totalCount: all.length };
  };
  const group = { isRehearsal: false, officerNominations: [], delegateNominations: [] };
  return (query, { after, id0 } = {}, options = {}) => {
    if (away !== undefined)
      options.onMissing?.(new HubError('PARTNER_UNAVAILABLE', { partner: away }), ['visits']);
    return Promise.resolve({
      ...(query.includes('tasks(') && { tasks: page(tasks, after) }),
      ...(query.includes('visits(') && { visits: page(visits, after) }),
      ...(id0 !== undefined && { f0: { ...group, ...nominations } }),
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

  it.each([
    ['confirmed', { hostings: [{ id: 'dk:1', status: 'CONFIRMED' }] }, true],
    ['offered', { hostings: [{ id: 'dk:1', status: 'OFFERED' }] }, true],
    ['withdrawn by the host', { hostings: [{ id: 'dk:1', status: 'WITHDRAWN' }] }, false],
    ['of another host', { hostings: [{ id: 'fi:1', status: 'CONFIRMED' }] }, false],
    ['for which an expert is lent', { experts: [{ expertId: 'dk:e', status: 'GRANTED' }] }, true],
    [
      'for which an expert was asked',
      { experts: [{ expertId: 'dk:e', status: 'REQUESTED' }] },
      false,
    ],
    ['whose hosts are not known', { hostings: null, regionalHostings: null }, false],
    [
      'of a cancelled group',
      {
        hostings: [{ id: 'dk:1', status: 'CONFIRMED' }],
        cancelledOn: null,
        group: { id: 'nbnp:far', cancelledOn: '2030-04-20', warnings: [] },
      },
      true,
    ],
    [
      'cancelled long ago',
      { hostings: [{ id: 'dk:1', status: 'CONFIRMED' }], cancelledOn: '2030-03-31' },
      false,
    ],
  ])('tells that a visit was cancelled: one %s', async (_which, more, isTold) => {
    const visit = { ...departure('nbnp:visit', 'nbnp:far'), cancelledOn: '2030-04-20', ...more };
    const { items } = await collect(hubWith([], [visit]));
    const told = { kind: 'VISIT_CANCELLED', subject: 'nbnp:visit', endedOn: '2030-04-20' };
    expect(items).toEqual(
      isTold ? [{ ...told, dueOn: null, isUrgent: false, isUndone: false }] : [],
    );
  });

  const withdrawn = { id: 'fi:1', withdrawnOn: '2030-04-20', declinedOn: null };
  const declined = { id: 'dk:1', withdrawnOn: null, declinedOn: '2030-04-20' };
  const nominations = {
    officerNominations: [
      withdrawn,
      declined,
      { id: 'dk:2', withdrawnOn: null, declinedOn: null },
      { id: 'fi:2', withdrawnOn: '2030-03-31', declinedOn: null },
    ],
    delegateNominations: [{ id: 'ncm:1', withdrawnOn: '2030-04-21' }, null],
  };

  it.each([
    ['nbnp', ['NOMINATION_WITHDRAWN fi:1 2030-04-20', 'NOMINATION_WITHDRAWN ncm:1 2030-04-21']],
    ['dk', ['NOMINATION_DECLINED dk:1 2030-04-20']],
    ['fi', []],
    ['ncm', []],
  ])('tells %s which nominations ended by others', async (partner, expected) => {
    const hub = hubWith([], [near], undefined, nominations);
    const { items } = await collect(hub, partner);
    expect(items.map(({ kind, subject, endedOn }) => `${kind} ${subject} ${endedOn}`)).toEqual(
      expected,
    );
    // Without her the group may be too small, and it departs in five days.
    expect(items.every(({ isUrgent }) => isUrgent === (partner === 'nbnp'))).toBe(true);
    const rehearsed = hubWith([], [near], undefined, { ...nominations, isRehearsal: true });
    expect((await collect(rehearsed, partner)).items).toEqual([]);
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
