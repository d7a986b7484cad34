import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { In, IsNull, type EntityManager } from 'typeorm';
import { EvaluationSignature, type EvaluationText } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { hasReturned, lastReturn } from '../groups/group-for-change.js';
import { findGroupSides } from '../sides/load-sides.js';
import { findEvaluationText, writeEvaluationText } from './evaluation-text.js';
import type { SignEvaluationInput } from './evaluation.input.js';

/**
 * Signs a programme’s evaluation for the network. The offices sign in their subgraph, before or
 * after. Each group must be cancelled, or have returned and handed in at least one report; further
 * reports are expected but not required. Repeating the same signature returns it again.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED`
 * ALREADY_SIGNED, UNDER_WAY, OUTSIDE_PROGRAMME, DATE_ORDER, TOO_LATE
 */
export function signEvaluation(
  context: PartnerContext,
  input: SignEvaluationInput,
): Promise<Programme> {
  return perform(context, {
    name: 'signEvaluation',
    input,
    async ask() {
      const { groups, isSigned } = await findSigning(context.source.manager, input);
      return isSigned ? new Map() : askReports(context, input.programme, groups);
    },
    async write(manager, reports: Reports) {
      const { programme, groups, isSigned } = await findSigning(manager, input);
      if (isSigned) return programme;
      // A group that was created after the requests has not returned, so our own rules refuse it.
      if (!groups.every(({ group }) => (reports.get(group.id) ?? 0) > 0))
        violateRule('UNDER_WAY', 'input.programme');
      const { programme: programmeId, on: signedOn, summary } = input;
      const text = await findEvaluationText(manager, programmeId);
      if (input.version != null) checkVersion(text, input.version);
      await manager.insert(EvaluationSignature, { programmeId, signedOn });
      await writeEvaluationText(manager, text, summary == null ? {} : { summary });
      return programme;
    },
  });
}

interface Signing {
  readonly programme: Programme;
  readonly groups: readonly OpenGroup[];
  /** Whether the network has already given the same signature. */
  readonly isSigned: boolean;
}

/**
 * The programme and its groups, if the network’s own rules allow the signature, or if it already
 * exists.
 */
async function findSigning(manager: EntityManager, input: SignEvaluationInput): Promise<Signing> {
  const programmeId = input.programme;
  const programme = await findForChange(manager, Programme, programmeId, 'input.programme');
  const signed = await manager.findOneBy(EvaluationSignature, { programmeId });
  if (signed) {
    checkSame(signed, await findEvaluationText(manager, programmeId), input);
    return { programme, groups: [], isSigned: true };
  }
  // Without a known group there is nothing to evaluate.
  if (!(await manager.existsBy(Group, { programmeId })))
    violateRule('UNDER_WAY', 'input.programme');
  const groups = await findOpenGroups(manager, programmeId);
  if (!groups.every(({ visits }) => hasReturned(visits)))
    violateRule('UNDER_WAY', 'input.programme');
  checkDate(input.on, programme, groups);
  return { programme, groups, isSigned: false };
}

interface OpenGroup {
  readonly group: Group;
  readonly sides: sides.GroupSides;
  readonly visits: readonly Visit[];
}

/** The number of reports received, by group. */
type Reports = ReadonlyMap<string, number>;

/** The groups of a programme that were not cancelled, with their visits that were not. */
async function findOpenGroups(manager: EntityManager, programmeId: string): Promise<OpenGroup[]> {
  const groups = await manager.findBy(Group, { programmeId, cancelledOn: IsNull() });
  const groupIds = groups.map(({ id }) => id);
  const visits = await manager.findBy(Visit, { groupId: In(groupIds), cancelledOn: IsNull() });
  const found: OpenGroup[] = [];
  for (const group of groups)
    found.push({
      group,
      sides: await findGroupSides(manager, group),
      visits: visits.filter(({ groupId }) => groupId === group.id),
    });
  return found;
}

/** Who counts the reports of a group: those who send its members. */
const reportFields = ({ sides: group }: OpenGroup): string[] => [
  ...(sides.sendsDelegates(group) ? ['delegateReportsReceived'] : []),
  ...(sides.sendsOfficers(group) ? ['officerReportsReceived'] : []),
];

/**
 * Requests the numbers of reports, only from the sides that sent the groups.
 * @throws HubError `PARTNER_…`
 */
async function askReports(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  programmeId: string,
  groups: readonly OpenGroup[],
): Promise<Reports> {
  if (groups.length === 0) return new Map();
  const fields = new Set(groups.flatMap(reportFields));
  const { programme } = await askHub(
    `query Reports($id: ID!) { programme(id: $id) { groups { id ${[...fields].join(' ')} } } }`,
    { id: programmeId },
  );
  const response = programme as { readonly groups: readonly Record<string, unknown>[] };
  const counts = new Map(response.groups.map((one) => [one['id'], one]));
  return new Map(
    groups.map((open) => {
      const known = reportFields(open).map((field) => counts.get(open.group.id)?.[field] ?? 0);
      return [open.group.id, known.reduce((sum: number, count) => sum + Number(count), 0)];
    }),
  );
}

function checkSame(
  { signedOn }: EvaluationSignature,
  text: EvaluationText,
  { on, summary }: SignEvaluationInput,
): void {
  if (signedOn !== on || (summary ?? text.summary) !== text.summary)
    violateRule('ALREADY_SIGNED', 'input.programme');
}

/** A signature may come until two years after the programme’s end. */
function checkDate(on: string, programme: Programme, groups: readonly OpenGroup[]): void {
  const { startsOn } = programme;
  if (!dates.isWithin(on, { startsOn })) violateRule('OUTSIDE_PROGRAMME', 'input.on');
  const returnedOn = lastReturn(groups.flatMap(({ visits }) => visits));
  if (returnedOn !== null && on < returnedOn) violateRule('DATE_ORDER', 'input.on');
  if (on > dates.lastPaperworkDay(programme)) violateRule('TOO_LATE', 'input.on');
}
