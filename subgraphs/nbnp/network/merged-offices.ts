import type { HubError } from '@hub/shared/errors';
import { codes, createFactReader, type PartnerContext, shortMemoryMs } from '@hub/shared/policy';
import { settleMissing } from '../access/with-missing.js';
import { Group } from '../entities/group.entity.js';
import { SideParty } from '../entities/side.entity.js';

/** The id of the office that an office was merged into. */
const readMergedInto = createFactReader<string | null>({
  field: 'office',
  selection: '{ mergedInto { id } }',
  memoryMs: shortMemoryMs,
  // A server of an earlier version merges no offices.
  mayLackSome: ({ code }) => code === 'PARTNER_LACKS_FIELD',
  read: ({ mergedInto }) => (mergedInto as { readonly id: string } | null | undefined)?.id ?? null,
});

interface MergedOffices {
  /** The office that stays, by the one that sides and groups still name. */
  readonly staying: ReadonlyMap<string, string | null>;
  /** Why some are not known. */
  readonly missing: readonly HubError[];
}

/** What each operation has asked, so that a list of offices asks no more often than one. */
const asked = new WeakMap<PartnerContext, Promise<MergedOffices>>();

async function findMerged(context: PartnerContext): Promise<MergedOffices> {
  const { manager } = context.source;
  const named = await Promise.all([
    manager
      .createQueryBuilder(SideParty, 'party')
      .select('DISTINCT party.partyId', 'id')
      .where(`party.part = 'COORDINATOR'`)
      .getRawMany<{ id: string }>(),
    manager
      .createQueryBuilder(Group, 'group_')
      .select('DISTINCT group_.coordinatingOfficeId', 'id')
      .where('group_.coordinatingOfficeId IS NOT NULL')
      .getRawMany<{ id: string }>(),
  ]);
  const ids = [...new Set(named.flat().map(({ id }) => id))];
  const { value, missing } = await settleMissing(ids.map((id) => readMergedInto(context, id)));
  return { staying: new Map(ids.map((id, index) => [id, value[index] ?? null])), missing };
}

/**
 * The ids by which sides and groups name an office: its own, and those of offices that were merged
 * into it.
 * @param onMissing is called if another partner did not say which offices were merged
 */
export async function loadNamesOf(
  officeId: string,
  context: PartnerContext,
  onMissing: (error: HubError) => void,
): Promise<string[]> {
  if (codes.ownerOf(officeId) !== codes.officesCode) return [officeId];
  let merged = asked.get(context);
  if (!merged) asked.set(context, (merged = findMerged(context)));
  const { staying, missing } = await merged;
  for (const error of missing) onMissing(error);
  return [officeId, ...[...staying].flatMap(([id, into]) => (into === officeId ? id : []))];
}
