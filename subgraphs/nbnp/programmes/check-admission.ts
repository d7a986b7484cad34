import { HubError, refuseInput, violateRule } from '@hub/shared/errors';
import { hubIssuer } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { In, type EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import type { Programme } from '../entities/programme.entity.js';
import { checkPlannedSize } from '../groups/group-for-change.js';

/** Whom a programme admits: the people of which authorities, and how many in a group. */
type Admission = Partial<{
  [Field in (typeof fields)[number]]: Programme[Field] | null;
}>;

const fields = ['targetGroups', 'groupSizeMin', 'groupSizeMax'] as const;

/** True if an input changes whom a programme admits, which other organisations have to be asked for. */
export const changesAdmission = (input: Admission): boolean =>
  fields.some((field) => input[field] != null);

/** @throws HubError `BAD_USER_INPUT` for a largest group below the smallest */
export function checkSizes({
  groupSizeMin,
  groupSizeMax,
}: Pick<Programme, 'groupSizeMin' | 'groupSizeMax'>): void {
  if (groupSizeMax < groupSizeMin)
    refuseInput('input.groupSizeMax', 'The largest group must not be smaller than the smallest.');
}

/**
 * Checks new target groups and sizes by the network’s own records: no decision on a nominee, and
 * each group is planned within the new sizes.
 * @throws HubError `BAD_USER_INPUT`; `RULE_VIOLATED` NOMINATED, PLANNED_SIZE
 */
export async function checkAdmission(
  manager: EntityManager,
  programme: Programme,
  input: Admission,
): Promise<void> {
  if (!changesAdmission(input)) return;
  const { groupSizeMin, groupSizeMax } = programme;
  const sizes = {
    groupSizeMin: input.groupSizeMin ?? groupSizeMin,
    groupSizeMax: input.groupSizeMax ?? groupSizeMax,
  };
  checkSizes(sizes);
  const groups = await manager.findBy(Group, { programmeId: programme.id });
  const groupId = In(groups.map(({ id }) => id));
  if (await manager.existsBy(OfficerNomination, { groupId }))
    violateRule('NOMINATED', 'input.programme');
  const planned = groups.filter(({ cancelledOn }) => cancelledOn === null);
  const argument = input.groupSizeMin == null ? 'input.groupSizeMax' : 'input.groupSizeMin';
  for (const { plannedSize } of planned) checkPlannedSize(plannedSize, sizes, argument);
}

interface ProgrammeResponse {
  readonly groups:
    | readonly {
        readonly officerNominations: readonly unknown[] | null;
        readonly delegateNominations: readonly unknown[] | null;
      }[]
    | null;
}

/**
 * Asks all organisations for nominations, withdrawn ones too: they were made by these target groups.
 * @throws HubError `PARTNER_…`; `RULE_VIOLATED` NOMINATED
 */
export async function askNotNominated(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  id: string,
): Promise<void> {
  const { programme } = await askHub(
    `query NominationsForProgramme($id: ID!) {
      programme(id: $id) { groups { officerNominations { id } delegateNominations { id } } } }`,
    { id },
  );
  const { groups } = programme as ProgrammeResponse;
  const lists = (groups ?? []).flatMap(({ officerNominations, delegateNominations }) => [
    delegateNominations,
    officerNominations,
  ]);
  if (lists.some((nominations) => nominations !== null && nominations.length > 0))
    violateRule('NOMINATED', 'input.programme');
  // An incomplete response must not decide. Which organisation is missing is unknown here.
  if (lists.includes(null)) throw new HubError('PARTNER_UNAVAILABLE', { partner: hubIssuer });
}
