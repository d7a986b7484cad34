import { codes } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { Ask } from '../access/ask-others.js';
import type { FindTasks, FoundTask } from './find-tasks.js';
import type { OpenGroup, OpenProgramme } from './own-facts.js';

/** The progress of one side with its part of an evaluation. */
interface Part {
  readonly isDrafted: boolean;
  readonly isSigned: boolean;
}

interface OfficesResponse {
  readonly officeSignatureCount: number | null;
  readonly officeEvaluationVersion: number | null;
}

/** Null if the offices did not say all of it. */
async function askOffices({ id }: OpenProgramme, ask: Ask): Promise<Part | null> {
  const selection = 'officeSignatureCount officeEvaluationVersion';
  const { known: response, isWhole } = await ask<OfficesResponse>({
    root: 'programme',
    id,
    selection,
  });
  if (response?.officeSignatureCount == null || !isWhole('officeEvaluationVersion')) return null;
  return {
    isDrafted: response.officeEvaluationVersion !== null,
    isSigned: response.officeSignatureCount > 0,
  };
}

/** A programme can be signed only if each group has a report. */
async function hasReport({ group, sides: between }: OpenGroup, ask: Ask): Promise<boolean> {
  const fields = [
    ...(sides.sendsDelegates(between) ? ['delegateReportsReceived'] : []),
    ...(sides.sendsOfficers(between) ? ['officerReportsReceived'] : []),
  ];
  if (fields.length === 0) return false;
  const query = { root: 'group', id: group.id, selection: fields.join(' ') } as const;
  const { known: response } = await ask<Readonly<Record<string, number | null>>>(query);
  return fields.some((field) => (response?.[field] ?? 0) > 0);
}

/** The day on which the last group came back; null while one is under way. */
function lastReturnOf({ groups }: OpenProgramme): string | null {
  const days = groups.map(({ returnedOn }) => returnedOn ?? '').toSorted();
  return days[0] === '' ? null : (days.at(-1) ?? null);
}

const toTask = (
  kind: 'DRAFT_EVALUATION' | 'SIGN_EVALUATION',
  { id, closesOn }: OpenProgramme,
  since: string,
): FoundTask => ({ kind, subject: id, group: null, visit: null, since, dueOn: closesOn });

async function findNext(
  programme: OpenProgramme,
  part: Part | null,
  areReported: () => Promise<boolean>,
): Promise<FoundTask[]> {
  const since = lastReturnOf(programme);
  if (since === null || !part || part.isSigned) return [];
  if (!part.isDrafted) return [toTask('DRAFT_EVALUATION', programme, since)];
  return (await areReported()) ? [toTask('SIGN_EVALUATION', programme, since)] : [];
}

async function areReported({ groups }: OpenProgramme, ask: Ask): Promise<boolean> {
  return (await Promise.all(groups.map((open) => hasReport(open, ask)))).every(Boolean);
}

/** Asks for the reports together with the offices’ part, in one request. */
async function findOfOffices(programme: OpenProgramme, ask: Ask): Promise<FoundTask[]> {
  if (lastReturnOf(programme) === null) return [];
  const [part, reported] = await Promise.all([
    askOffices(programme, ask),
    areReported(programme, ask),
  ]);
  return findNext(programme, part, () => Promise.resolve(reported));
}

/** Once all groups are back, each side writes its part of the evaluation, and then signs. */
export const findEvaluationTasks: FindTasks = async ({ organisation, programmes }, ask) => {
  const find = {
    [codes.networkCode]: (programme: OpenProgramme) =>
      findNext(programme, programme, () => areReported(programme, ask)),
    [codes.officesCode]: (programme: OpenProgramme) => findOfOffices(programme, ask),
  }[organisation];
  return find ? (await Promise.all(programmes.map(find))).flat() : [];
};
