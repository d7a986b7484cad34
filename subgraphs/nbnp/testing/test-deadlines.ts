import type { TestDatabaseKind } from '@hub/shared/testing';
import { Programme } from '../entities/programme.entity.js';
import type { DeadlineKind } from '../entities/vocabulary.js';
import { everythingWaits, openTestTasks, type TestTasks } from './test-tasks.js';
import { programme, south } from './test-visits.js';

export interface Warned {
  readonly code: string;
  readonly deadline: DeadlineKind | null;
  readonly owner: string;
  readonly subject: string;
  readonly dueOn: string | null;
  readonly count: number | null;
  readonly isOverdue: boolean;
  readonly message: string;
}

/** What the other warnings ask about: nothing is missing. */
export const others = {
  delegateCount: 2,
  delegateFormalitiesOpen: 0,
  delegateVisasRefused: 0,
  delegateMeetings: [],
  delegateReportsReceived: 0,
  delegateNominations: [],
  officerFormalitiesOpen: 0,
  officerVisasRefused: 0,
  officerReportsReceived: 0,
  officerNominations: [],
  visits: [],
};
const hub = { PolicyFacts: () => ({ f0: others }) };
/** The same of all members of the south at once. */
const southFacts = {
  ...(everythingWaits[`group ${south.group}`] as object),
  members: ['dk:officer-1', 'fi:officer-1'].map((id) => ({
    id,
    ...(everythingWaits[`officer ${id}`] as object),
  })),
};
const waiting = { ...everythingWaits, [`group ${south.group}`]: southFacts };
/** A server on which everything waits, at a time. */
export const openWaiting = (kind: TestDatabaseKind, now: string) =>
  openTestTasks(kind, { ...waiting }, hub, now);

/** The warnings of deadlines that have passed. */
export const passed = (warnings: readonly Warned[]) =>
  warnings.filter(({ code }) => code === 'DEADLINE_PASSED');
export const say = ({ deadline, owner, subject, count }: Warned) =>
  `${deadline} ${owner} ${subject} ${count}`;

export const stated = [
  { kind: 'NOMINATION', days: 90 },
  { kind: 'DECISION', days: 60 },
  { kind: 'HOST_CONFIRMATION', days: 30 },
  { kind: 'FORMALITIES', days: 20 },
  { kind: 'BRIEFING', days: 10 },
] as const;
/** States these deadlines of the programme. */
export const stateDeadlines = (network: TestTasks, deadlines: readonly object[] | null) =>
  network.update(Programme, programme, { deadlines });

/** What waits for the north, from `test-tasks.ts`, in the order of the deadlines. */
export const ofNorth = [
  ['2030-03-08', 'DECISION lt nbnp:north-visit 1'],
  ['2030-03-08', 'DECISION ncm nbnp:north 1'],
  ['2030-04-07', 'HOST_CONFIRMATION fi nbnp:north-visit 2'],
  ['2030-04-07', 'HOST_CONFIRMATION ncm nbnp:north-visit 1'],
  ['2030-04-17', 'FORMALITIES ncm nbnp:north 1'],
  ['2030-04-27', 'BRIEFING ncm nbnp:north 1'],
] as const;
