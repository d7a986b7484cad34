import type { HubError } from '@hub/shared/errors';
import { isPoliceCode, networkCode, organisationOf, type PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { loadOne, type WithLoaders } from '../access/load-related.js';
import { Programme } from '../entities/programme.entity.js';
import { createAsk, type Ask } from './ask-others.js';
import { findEvaluationTasks } from './evaluation-tasks.js';
import type { FindTasks, FoundTask } from './find-tasks.js';
import { findHostingTasks, findLostHostTasks, findStopTasks } from './host-tasks.js';
import { findJourneyTasks } from './journey-tasks.js';
import { findLoanTasks, findLostExpertTasks } from './loan-tasks.js';
import { findMemberTasks } from './member-tasks.js';
import { findNominationTasks } from './nomination-tasks.js';
import { loadOwnFacts, type OwnFacts } from './own-facts.js';
import { findNomineeTasks, findPlanningTasks } from './planning-tasks.js';
import type { Task } from './task.js';

const families: readonly FindTasks[] = [
  findNomineeTasks,
  findNominationTasks,
  findPlanningTasks,
  findStopTasks,
  findHostingTasks,
  findLostHostTasks,
  findLoanTasks,
  findLostExpertTasks,
  findMemberTasks,
  findJourneyTasks,
  findEvaluationTasks,
];

/** The tasks of one organisation, in no order. */
export async function findTasks(own: OwnFacts, ask: Ask): Promise<FoundTask[]> {
  return (await Promise.all(families.map((find) => find(own, ask)))).flat();
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
  `${networkCode}:task/${organisation}/${kind}/${[...new Set([subject, group?.id ?? subject])].join('/')}`;

/**
 * True if the tasks may lack something. No task of a police force depends on another police force.
 */
const concerns = (organisation: string, { extensions: { partner } }: HubError): boolean =>
  !isPoliceCode(organisation) || !isPoliceCode(String(partner)) || partner === organisation;

/**
 * The tasks of the caller’s organisation, in no order. If a partner is unavailable, the tasks that
 * depend on its facts are missing or uncertain, and the response names the partner.
 */
export async function listTasks(
  context: PartnerContext,
  info: GraphQLResolveInfo,
): Promise<Task[]> {
  const organisation = organisationOf(context.reader);
  const own = { ...(await loadOwnFacts(context)), organisation };
  const ask = createAsk(context, (error) => {
    if (concerns(organisation, error)) context.missing.note(error, info);
  });
  return (await findTasks(own, ask)).map((task) => ({
    isUncertain: false,
    ...task,
    id: nameTask(organisation, task),
  }));
}
