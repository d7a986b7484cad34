import { HubError, violateRule } from '@hub/shared/errors';
import { checkVersion, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import type { Programme } from '../entities/references.js';
import { checkNotLate, checkOrder, checkWithin } from '../groups/group-rules.js';
import { askProgramme, findDraft, findSignature } from './evaluation-for-change.js';
import type { SignOfficeEvaluationInput } from './programme.input.js';

interface GroupAtEnd extends sides.SidesResponse {
  readonly id: string;
  readonly cancelledOn: string | null;
  readonly visits:
    | readonly { readonly returnedOn: string | null; readonly cancelledOn?: string | null }[]
    | null;
}

interface ProgrammeAtEnd {
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  /** Null if the groups are not documented. */
  readonly groups: readonly GroupAtEnd[] | null;
}

interface EvaluationFacts extends ProgrammeAtEnd {
  /** The number of officers with a report, by group. The delegates’ reports are our own. */
  readonly officerReports: ReadonlyMap<string, number>;
}

/**
 * Asks NBNP for the groups, and the police forces only if some groups have officers.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
async function askFacts(context: PartnerContext, id: string): Promise<EvaluationFacts> {
  const programme = await askProgramme<ProgrammeAtEnd>(
    context,
    id,
    `startsOn endsOn groups { id ${sides.selection} cancelledOn visits { returnedOn cancelledOn } }`,
  );
  const hasOfficers = openGroupsOf(programme).some((group) =>
    sides.sendsOfficers(sides.read(group)),
  );
  if (!hasOfficers) return { ...programme, officerReports: new Map() };
  const { groups } = await askProgramme<{
    readonly groups: readonly {
      readonly id: string;
      readonly officerReportsReceived: number | null;
    }[];
  }>(context, id, 'groups { id officerReportsReceived }');
  const officerReports = new Map<string, number>();
  for (const { id: group, officerReportsReceived } of groups) {
    // No partner was named as missing, but the value is unknown. An incomplete response must not
    // decide.
    if (officerReportsReceived === null)
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'hub' });
    officerReports.set(group, officerReportsReceived);
  }
  return { ...programme, officerReports };
}

const openGroupsOf = ({ groups }: ProgrammeAtEnd): readonly GroupAtEnd[] =>
  (groups ?? []).filter(({ cancelledOn }) => cancelledOn === null);

/**
 * Refuses a group that has not returned or has no report. One report is enough: the founding
 * document expects reports of participants, and does not require them.
 * @throws HubError `RULE_VIOLATED` UNDER_WAY
 */
async function checkReported(
  manager: EntityManager,
  group: GroupAtEnd,
  { officerReports }: EvaluationFacts,
): Promise<void> {
  const visits = (group.visits ?? []).filter(({ cancelledOn }) => cancelledOn == null);
  const isBack = visits.length > 0 && visits.every(({ returnedOn }) => returnedOn !== null);
  const isReported =
    (officerReports.get(group.id) ?? 0) > 0 ||
    (await manager.existsBy(ParticipantReport, { groupId: group.id }));
  if (!isBack || !isReported) violateRule('UNDER_WAY', 'input.programme');
}

/**
 * Signs a programme's evaluation for the offices. Repeating it with the same date changes nothing.
 * @throws HubError `RULE_VIOLATED` with `ALREADY_SIGNED`, `UNDER_WAY`, `OUTSIDE_PROGRAMME`,
 * `DATE_ORDER` or `TOO_LATE`; `CONFLICT`, `NOT_FOUND`, `PARTNER_…`
 */
export function signOfficeEvaluation(
  context: PartnerContext,
  input: SignOfficeEvaluationInput,
): Promise<Programme> {
  return perform(context, {
    name: 'signOfficeEvaluation',
    input,
    async ask() {
      const signedOn = await findSignature(context.source.manager, input.programme);
      return signedOn === null ? askFacts(context, input.programme) : null;
    },
    async write(manager, programme) {
      const { programme: id, on, version } = input;
      const signedOn = await findSignature(manager, id);
      if (signedOn !== null) {
        if (signedOn !== on) violateRule('ALREADY_SIGNED', 'input.programme');
        return { id };
      }
      const facts = programme ?? notFound('input.programme');
      // Without a known group there is nothing to evaluate.
      if (!facts.groups?.length) violateRule('UNDER_WAY', 'input.programme');
      const groups = openGroupsOf(facts);
      for (const group of groups) await checkReported(manager, group, facts);
      checkWithin(on, { startsOn: facts.startsOn });
      const visits = groups.flatMap((group) => group.visits ?? []);
      // An evaluation must not be before the end of a journey.
      for (const { returnedOn } of visits) checkOrder(on, returnedOn ?? '');
      checkNotLate(on, facts);
      if (version != null) checkVersion(await findDraft(manager, id), version);
      await manager.insert(ProgrammeSignature, { programmeId: id, signedOn: on });
      return { id };
    },
  });
}
