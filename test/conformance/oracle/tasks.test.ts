import { lateClock } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../../e2e/network/open-network.js';
import { runSteps } from '../../e2e/programme/run-every-mutation.js';
import { tasksOf } from './monolith-tasks.js';
import { polices } from './resolvers.js';
import { readRows } from './rows.js';

const query = `{ tasks(first: 1000) { totalCount nodes {
  id kind subject since dueOn group { id } visit { id } } } }`;

/** Compares the tasks of these organisations, and returns their kinds. */
async function compare(
  network: OpenNetwork,
  organisations: readonly string[],
  moment = 'at first',
  now = new Date(),
): Promise<string[]> {
  const rows = await readRows(network);
  const today = now.toISOString().slice(0, 10);
  const kinds = [];
  for (const organisation of organisations) {
    const expected = tasksOf(organisation, rows, today);
    const { data, errors } = await network.ask(query, {}, { organisation, role: 'coordinator' });
    const place = `${organisation} ${moment}`;
    expect(errors, place).toBeUndefined();
    expect(data.tasks, place).toEqual({
      totalCount: expected.length,
      nodes: expected.map(({ id, kind, subject, since, due_on, group, visit }) => ({
        id,
        kind,
        subject,
        since,
        dueOn: due_on,
        group: group && { id: group.id },
        visit: visit && { id: visit.id },
      })),
    });
    kinds.push(...expected.map(({ kind }) => kind as string));
  }
  return kinds;
}

describe('the tasks of every organisation, beside one schema over all rows', () => {
  it('are the same in the demonstration', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true });
    expect(await compare(network, ['nbnp', 'ncm', ...polices])).not.toEqual([]);
  });

  it('are the same after every mutation', { timeout: 300_000 }, async () => {
    await using network = await openNetwork('facts', { isGuarded: true });
    const kinds = new Set<string>();
    await runSteps(network, async ({ mutation }, call) => {
      const result = await call();
      const found = await compare(
        network,
        ['nbnp', 'ncm', 'dk', 'fi'],
        `after ${mutation}`,
        lateClock(),
      );
      for (const kind of found) kinds.add(kind);
      return result;
    });
    expect([...kinds].toSorted()).toEqual([
      'ADD_STOP',
      'BRIEF_GROUP',
      'COMPLETE_FORMALITIES',
      'CONFIRM_HOSTING',
      'CONFIRM_STOP',
      'DEBRIEF_GROUP',
      'DECIDE_LOAN',
      'DECIDE_NOMINATION',
      'DRAFT_EVALUATION',
      'HAND_IN_REPORT',
      'OFFER_HOSTING',
      'RECORD_DEPARTURE',
      'RECORD_RETURN',
      'REPLACE_EXPERT',
      'SIGN_EVALUATION',
    ]);
  });
});
