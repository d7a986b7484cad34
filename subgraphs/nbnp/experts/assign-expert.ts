import { violateRule } from '@hub/shared/errors';
import {
  checkPersonFits,
  createId,
  findForChange,
  notFound,
  perform,
  type Rehearsable,
} from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { todayOf } from '../access/visible-visits.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import {
  checkNotReturned,
  findVisitForChange,
  type VisitForChange,
} from '../visits/visit-for-change.js';
import { checkExpertsFree } from '../visits/visit-overlaps.js';
import type { AssignExpertInput, ReleaseExpertInput } from './expert-assignment.input.js';

/** Finds the visit for an expert, and checks the network’s own rules. */
async function findAssigning(
  manager: EntityManager,
  input: AssignExpertInput,
): Promise<VisitForChange> {
  const change = await findVisitForChange(manager, input.visit, 'input.visit');
  const { visit } = change;
  checkNotReturned(change, 'input.visit');
  const assigned = await manager.findBy(ExpertAssignment, { visitId: visit.id });
  if (assigned.some(({ expertId, role }) => expertId === input.expert && role === input.role)) {
    violateRule('ALREADY_ASSIGNED', 'input.expert');
  }
  const { startsOn, endsOn } = visit;
  if (startsOn !== null && endsOn !== null && !input.expert.includes('\0')) {
    const days = { startsOn, endsOn };
    await checkExpertsFree(manager, [input.expert], visit.id, days, 'input.expert');
  }
  return change;
}

interface ExpertResponse extends Rehearsable {
  readonly roles: readonly string[];
  readonly languages: readonly string[];
}

/**
 * Requests the expert’s roles and languages from her police force.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`; `RULE_VIOLATED` EXPERT_ROLE, EXPERT_LANGUAGES
 */
async function askExpert(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { expert: id, role, languages }: AssignExpertInput,
): Promise<ExpertResponse> {
  const { expert } = await askHub(
    'query ExpertToAssign($id: ID!) { expert(id: $id) { isRehearsal roles languages } }',
    { id },
  );
  if (!expert) notFound('input.expert');
  const response = expert as ExpertResponse;
  const { roles, languages: spoken } = response;
  if (!roles.includes(role)) violateRule('EXPERT_ROLE', 'input.role');
  if (role !== vocabulary.SupportRole.INTERPRETER) return response;
  if (languages.length === 0 || !languages.every((one) => spoken.includes(one))) {
    violateRule('EXPERT_LANGUAGES', 'input.languages');
  }
  return response;
}

/**
 * Asks a police force for its expert, for a visit and in one role, and returns the visit.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, RETURNED, ALREADY_ASSIGNED, EXPERT_ELSEWHERE, EXPERT_ROLE, EXPERT_LANGUAGES,
 * REHEARSAL
 */
export async function assignExpert(
  context: PartnerContext,
  input: AssignExpertInput,
): Promise<Visit> {
  return perform<Visit, Rehearsable>(context, {
    name: 'assignExpert',
    input,
    async ask() {
      await findAssigning(context.source.manager, input);
      return askExpert(context, input);
    },
    async write(manager, asked) {
      const { visit, programme } = await findAssigning(manager, input);
      checkPersonFits(asked, programme, 'input.expert');
      const { expert: expertId, role, languages } = input;
      const id = createId(context);
      const of = { visitId: visit.id, expertId, role, languages };
      const assignment = { id, ...of, assignedOn: todayOf(context) };
      await manager.insert(ExpertAssignment, assignment);
      return visit;
    },
    find: (manager, id) => manager.findOneBy(Visit, { id }),
  });
}

/**
 * Removes an expert’s assignment, and returns the visit.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` CANCELLED, RETURNED
 */
export function releaseExpert(context: PartnerContext, input: ReleaseExpertInput): Promise<Visit> {
  const argument = 'input.assignment';
  return perform<Visit>(context, {
    name: 'releaseExpert',
    input,
    async write(manager) {
      const assignment = await findForChange(manager, ExpertAssignment, input.assignment, argument);
      const change = await findVisitForChange(manager, assignment.visitId, argument);
      checkNotReturned(change, argument);
      await manager.delete(ExpertAssignment, { id: assignment.id });
      return change.visit;
    },
  });
}
