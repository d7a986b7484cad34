import { describe, expect, it } from 'vitest';
import { pageTasks } from './page-tasks.js';
import type { Task } from './task.js';

const task = (id: string, dueOn: string | null, since: string | null): Task => ({
  id,
  kind: 'CONFIRM_STOP',
  subject: 'nbnp:s',
  since,
  dueOn,
  group: null,
  visit: null,
  isUncertain: false,
  cause: 'NEW',
});

/** In order. */
const ordered = [
  task('nbnp:c', '2030-01-01', '2029-01-01'),
  task('nbnp:b', '2030-01-01', '2029-02-01'),
  task('nbnp:a', '2030-01-01', null),
  task('nbnp:z', '2030-02-01', '2029-01-01'),
  task('nbnp:d', null, '2029-01-01'),
  task('nbnp:e', null, null),
  task('nbnp:f', null, null),
];

describe('pageTasks', () => {
  it('orders by the due day, then by the day since which they wait, null last, then by id', () => {
    const { nodes, totalCount, pageInfo } = pageTasks(ordered.toReversed(), {});
    expect(nodes).toEqual(ordered);
    expect(totalCount).toBe(7);
    expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
  });

  it('continues after each cursor', () => {
    const { edges } = pageTasks(ordered, {});
    for (const [index, { cursor }] of edges.entries()) {
      const page = pageTasks(ordered.toReversed(), { first: 2, after: cursor });
      expect(page.nodes).toEqual(ordered.slice(index + 1, index + 3));
      expect(page.totalCount).toBe(7);
      expect(page.pageInfo).toMatchObject({ hasNextPage: index + 3 < 7, hasPreviousPage: true });
    }
  });

  it('continues before each cursor', () => {
    const { edges } = pageTasks(ordered, {});
    for (const [index, { cursor }] of edges.entries()) {
      const page = pageTasks(ordered.toReversed(), { last: 2, before: cursor });
      expect(page.nodes).toEqual(ordered.slice(Math.max(0, index - 2), index));
      expect(page.totalCount).toBe(7);
      expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: index > 2 });
    }
    expect(pageTasks(ordered.toReversed(), { last: 3 }).nodes).toEqual(ordered.slice(4));
  });

  it('continues after a task that was done in the meantime', () => {
    const [, { cursor } = { cursor: '' }] = pageTasks(ordered, { first: 2 }).edges;
    const others = ordered.filter(({ id }) => id !== 'nbnp:b');
    expect(pageTasks(others, { first: 1, after: cursor }).nodes).toEqual([ordered[2]]);
  });

  it.each([
    ['first', { first: 0 }],
    ['first', { first: 1001 }],
    ['after', { after: 'none' }],
    ['last', { last: 0 }],
    ['before', { last: 1, before: 'none' }],
    ['first', { first: 1, last: 1 }],
  ])('refuses an invalid %s: %j', (argument, page) => {
    expect(() => pageTasks(ordered, page)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument } }),
    );
  });
});
