import { HubError, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { createId, findPerson, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { groupVisits } from '@hub/shared/programme';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import type { HandInOfficerReportInput } from './participant-report.input.js';

interface Membership {
  readonly groupId: string;
  readonly acceptedOn: string | null;
  readonly declinedOn: string | null;
  readonly reserve?: boolean | null;
}

interface TravelledVisit {
  readonly departedOn: string | null;
  readonly returnedOn: string | null;
  readonly group: {
    readonly id: string;
    readonly cancelledOn: string | null;
    readonly programme: { readonly id: string; readonly endsOn: string | null };
    readonly absences?: groupVisits.AbsencesResponse;
  };
}

interface ReportFacts {
  readonly visit: TravelledVisit;
  readonly isMember: boolean;
  /** True if the officer did not travel on the visit at all. */
  readonly isAbsent: boolean;
  /**
   * Undefined if it was not requested: an officer’s first report of a visit is accepted
   * after the evaluation too.
   */
  readonly isEvaluated: boolean | undefined;
}

const factsQuery = `query ReportFacts($officer: ID!, $visit: ID!) {
  officer(id: $officer) { nominations { groupId acceptedOn declinedOn reserve } }
  visit(id: $visit) {
    departedOn returnedOn group { id cancelledOn programme { id endsOn } ${groupVisits.absencesSelection} }
  }
}`;

const evaluationQuery = `query EvaluationFacts($programme: ID!) {
  programme(id: $programme) { evaluation { status } }
}`;

/**
 * Asks the network for the facts that a report’s rules need.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askFacts(
  context: PartnerContext,
  input: HandInOfficerReportInput,
): Promise<ReportFacts> {
  const { officer: officerId, group, visit: visitId } = input;
  const response = await context.askHub(factsQuery, { officer: officerId, visit: visitId });
  const officer = response['officer'] as { nominations: readonly Membership[] | null } | null;
  const visit = response['visit'] as TravelledVisit | null;
  if (!officer) return notFound('input.officer');
  if (visit?.group.id !== group) return notFound('input.visit');
  const isMember = (officer.nominations ?? []).some(
    ({ groupId, acceptedOn, declinedOn, reserve }) =>
      groupId === group && acceptedOn !== null && declinedOn === null && !reserve,
  );
  const absences = groupVisits.readAbsences(visit.group.absences);
  const isAbsent = groupVisits.isAbsentFrom({ ...visit, id: visitId }, officerId, absences);
  const isFirst = !(await context.source.manager.existsBy(ParticipantReport, {
    officerId,
    visitId,
  }));
  const isEvaluated = isFirst ? undefined : await askIsEvaluated(context, visit.group.programme.id);
  return { visit, isMember, isAbsent, isEvaluated };
}

async function askIsEvaluated({ askHub }: PartnerContext, programme: string): Promise<boolean> {
  const response = await askHub(evaluationQuery, { programme });
  const asked = response['programme'] as { evaluation: { status: string | null } | null } | null;
  // The network responded, and neither side has begun an evaluation.
  if (asked?.evaluation === null) return false;
  const status = asked?.evaluation.status ?? null;
  // No partner was named as missing, but the value is unknown. An incomplete response must not
  // decide.
  if (status === null) throw new HubError('PARTNER_UNAVAILABLE', { partner: 'hub' });
  return status === 'COMPLETE';
}

/**
 * Refuses a report from somebody who did not travel, or on a day when none is accepted.
 * @throws HubError `RULE_VIOLATED` CANCELLED, NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE
 */
export function checkReportable({ visit, isMember, isAbsent }: ReportFacts, on: string): void {
  if (visit.group.cancelledOn !== null) violateRule('CANCELLED', 'input.group');
  if (!isMember) violateRule('NOT_TRAVELLED', 'input.officer');
  if (visit.departedOn === null) violateRule('NOT_TRAVELLED', 'input.visit');
  if (isAbsent) violateRule('NOT_TRAVELLED', 'input.officer');
  if (visit.returnedOn === null) violateRule('NOT_RETURNED', 'input.visit');
  if (on < visit.returnedOn) violateRule('DATE_ORDER', 'input.on');
  if (on > dates.lastPaperworkDay(visit.group.programme)) violateRule('TOO_LATE', 'input.on');
}

/**
 * Accepts an officer’s report of a visit. The first is accepted until two years after the end of
 * the programme; further ones are added until the programme has been evaluated.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, ERASED
 */
export async function handInOfficerReport(
  context: PartnerContext,
  input: HandInOfficerReportInput,
): Promise<ParticipantReport> {
  const { officer: officerId, group: groupId, visit: visitId, on, text } = input;
  return perform(context, {
    name: 'handInOfficerReport',
    input,
    ask: () => askFacts(context, input),
    async write(manager, facts) {
      await findPerson(manager, Officer, officerId, 'input.officer');
      checkReportable(facts, on);
      if (facts.isEvaluated) violateRule('EVALUATED', 'input.visit');
      const isFurther = await manager.existsBy(ParticipantReport, { officerId, visitId });
      if (isFurther && facts.isEvaluated === undefined) {
        const message = 'Another report of this visit arrived at the same time.';
        throw new HubError('CONFLICT', { argument: 'input.visit', message });
      }
      const own = { officerId, groupId, visitId, receivedOn: on, text };
      const report = { ...own, id: createId(context), version: 1 };
      await manager.insert(ParticipantReport, report);
      return report;
    },
    find: (manager, id) => manager.findOneBy(ParticipantReport, { id }),
  });
}
