import type { HubError } from '@hub/shared/errors';
import { codes, readers, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { GraphQLResolveInfo } from 'graphql';
import { createAsk, type Ask } from '../access/ask-others.js';
import { loadOne, type WithLoaders } from '../access/load-related.js';
import { Programme } from '../entities/programme.entity.js';
import { LoanStatus, TaskCause, TaskKind, type DeadlineKind } from '../entities/vocabulary.js';
import { dueDayOf } from './due-days.js';
import { findEvaluationTasks } from './evaluation-tasks.js';
import type { FindTasks, FoundTask } from './find-tasks.js';
import { findHostingTasks, findLostHostTasks, findStopTasks } from './host-tasks.js';
import { findJourneyTasks } from './journey-tasks.js';
import { findMemberTasks } from './member-tasks.js';
import { loadOwnFacts, type OpenGroup, type OpenVisit, type OwnFacts } from './own-facts.js';
import { findNomineeTasks, findPlanningTasks } from './planning-tasks.js';
import type { Task } from './task.js';

interface OfficersResponse {
  readonly officerNominations:
    | readonly ({
        readonly id: string;
        readonly nominatedOn: string;
        readonly withdrawnOn: string | null;
      } | null)[]
    | null;
}

interface DelegatesResponse {
  readonly delegateNominations:
    | readonly {
        readonly id: string;
        readonly nominatedOn: string;
        readonly status: string;
        readonly version: number;
      }[]
    | null;
}

const toTask = (
  { group, departsOn }: OpenGroup,
  { id, nominatedOn }: { readonly id: string; readonly nominatedOn: string },
  wasDecided: boolean,
): FoundTask => ({
  kind: TaskKind.DECIDE_NOMINATION,
  subject: id,
  group,
  visit: null,
  since: nominatedOn,
  dueOn: departsOn,
  cause: wasDecided ? 'PUT_BACK' : 'NEW',
});

/** The network decides on the nominations of officers, the offices on those of delegates. */
const findNominationTasks: FindTasks = async ({ organisation, groups }, ask) => {
  const preparing = groups.filter(({ hasDeparted }) => !hasDeparted);
  const ofOfficers = async (open: OpenGroup) => {
    const { known: response, isWholeOf } = await ask<OfficersResponse>({
      root: 'group',
      id: open.group.id,
      selection: 'officerNominations { id nominatedOn withdrawnOn }',
    });
    return (response?.officerNominations ?? []).flatMap((nomination, index) =>
      nomination &&
      nomination.withdrawnOn === null &&
      isWholeOf(codes.ownerOf(nomination.id), 'officerNominations', index, 'withdrawnOn') &&
      !open.decided.has(nomination.id)
        ? toTask(open, nomination, open.reopened.has(nomination.id))
        : [],
    );
  };
  const ofDelegates = async (open: OpenGroup) => {
    const { known: response } = await ask<DelegatesResponse>({
      root: 'group',
      id: open.group.id,
      selection: 'delegateNominations { id nominatedOn status version }',
    });
    const pending = (response?.delegateNominations ?? []).filter(
      ({ status }) => status === 'PENDING',
    );
    // Only a decision, and what takes it back, makes another version.
    return pending.map((nomination) => toTask(open, nomination, nomination.version > 1));
  };
  if (organisation === codes.networkCode) {
    const found = preparing.filter((open) => sides.sendsOfficers(open.sides)).map(ofOfficers);
    return (await Promise.all(found)).flat();
  }
  if (organisation !== codes.officesCode) return [];
  const found = preparing.filter((open) => sides.sendsDelegates(open.sides)).map(ofDelegates);
  return (await Promise.all(found)).flat();
};

interface LoansResponse {
  readonly experts:
    | readonly {
        readonly id: string;
        /** Null while the police force is unavailable. */
        readonly status: LoanStatus | null;
        readonly isLoanPutBack: boolean | null;
      }[]
    | null;
}

/** A police force decides whether it lends its expert. */
const findLoanTasks: FindTasks = async ({ organisation, visits }, ask) => {
  const ofVisit = async ({ group, visit, assignments }: OpenVisit) => {
    const own = assignments.filter(({ expertId }) => codes.ownerOf(expertId) === organisation);
    if (own.length === 0) return [];
    const { known, isWhole } = await ask<LoansResponse>({
      root: 'visit',
      id: visit.id,
      selection: 'experts { id status isLoanPutBack }',
    });
    const loans = known?.experts ?? [];
    return own.flatMap(({ id, assignedOn }) => {
      const index = loans.findIndex((loan) => loan.id === id);
      const { status = null, isLoanPutBack } = loans[index] ?? {};
      if (status !== null && status !== LoanStatus.REQUESTED) return [];
      const isUncertain = status === null || !isWhole('experts', index);
      const task = { kind: TaskKind.DECIDE_LOAN, subject: id, group, visit, isUncertain };
      const cause = isLoanPutBack ? TaskCause.PUT_BACK : TaskCause.NEW;
      return [{ ...task, cause, since: assignedOn, dueOn: visit.startsOn }];
    });
  };
  return (await Promise.all(visits.map(ofVisit))).flat();
};

interface WithdrawnLoans {
  readonly experts:
    | readonly { readonly id: string; readonly loanWithdrawnOn: string | null }[]
    | null;
}

/** A police force took its expert back: the network releases her. */
const findLostExpertTasks: FindTasks = async ({ organisation, visits }, ask) => {
  if (organisation !== codes.networkCode) return [];
  const ofVisit = async ({ group, visit, assignments }: OpenVisit) => {
    if (assignments.length === 0) return [];
    const { known } = await ask<WithdrawnLoans>({
      root: 'visit',
      id: visit.id,
      selection: 'experts { id loanWithdrawnOn }',
    });
    return (known?.experts ?? []).flatMap(({ id, loanWithdrawnOn: since }) =>
      since === null
        ? []
        : [
            {
              kind: TaskKind.REPLACE_EXPERT,
              cause: TaskCause.WITHDRAWN,
              subject: id,
              group,
              visit,
              since,
              dueOn: visit.startsOn,
            },
          ],
    );
  };
  return (await Promise.all(visits.map(ofVisit))).flat();
};

/** All tasks, and the deadlines that those of a family have. */
const families: readonly (readonly [FindTasks, ...DeadlineKind[]])[] = [
  [findNomineeTasks, 'NOMINATION'],
  [findNominationTasks, 'DECISION'],
  [findPlanningTasks],
  [findStopTasks, 'HOST_CONFIRMATION'],
  [findHostingTasks, 'HOST_CONFIRMATION'],
  [findLostHostTasks],
  [findLoanTasks, 'DECISION'],
  [findLostExpertTasks],
  [findMemberTasks, 'FORMALITIES', 'REPORT'],
  [findJourneyTasks, 'BRIEFING', 'DEBRIEFING'],
  [findEvaluationTasks],
];

/**
 * The tasks of one organisation, in no order.
 * @param deadlines leaves out families of tasks that have none of them. @default all families
 */
export async function findTasks(
  own: OwnFacts,
  ask: Ask,
  deadlines?: readonly DeadlineKind[],
): Promise<FoundTask[]> {
  const asked = families.filter(([, ...of]) => deadlines?.some((one) => of.includes(one)) ?? true);
  const found = (await Promise.all(asked.map(([find]) => find(own, ask)))).flat();
  const groups = new Map(own.groups.map((open) => [open.group.id, open]));
  return found.map((task) => {
    const open = groups.get(task.group?.id ?? '');
    return open ? { ...task, dueOn: dueDayOf(task, open) } : task;
  });
}

/** Whether a task is a part of a rehearsal. */
export async function isOfRehearsal(
  { group, subject }: Pick<FoundTask, 'group' | 'subject'>,
  context: WithLoaders,
): Promise<boolean> {
  const programme = await loadOne(Programme, group?.programmeId ?? subject, context);
  return programme?.isRehearsal ?? false;
}

/** A person may have a task of one kind for each of several groups. */
const nameTask = (organisation: string, { kind, subject, group }: FoundTask): string =>
  `${codes.networkCode}:task/${organisation}/${kind}/${[...new Set([subject, group?.id ?? subject])].join('/')}`;

/**
 * True if the tasks may lack something. No task of a police force depends on another police force.
 */
export const concerns = (organisation: string, { extensions: { partner } }: HubError): boolean =>
  !codes.isPoliceCode(organisation) ||
  !codes.isPoliceCode(String(partner)) ||
  partner === organisation;

/**
 * The tasks of the caller’s organisation, in no order. If a partner is unavailable, the tasks that
 * depend on its facts are missing or uncertain, and the response names the partner.
 */
export async function listTasks(
  context: PartnerContext,
  info: GraphQLResolveInfo,
): Promise<Task[]> {
  const organisation = readers.organisationOf(context.reader);
  const own = { ...(await loadOwnFacts(context)), organisation };
  const ask = createAsk(context, (error) => {
    if (concerns(organisation, error)) context.missing.note(error, info);
  });
  return (await findTasks(own, ask)).map((task) => ({
    isUncertain: false,
    cause: TaskCause.NEW,
    ...task,
    id: nameTask(organisation, task),
  }));
}
