import type { PartnerContext } from '@hub/shared/context';
import { coordinators, createFactReader, hasRole, shortMemoryMs } from '@hub/shared/policy';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';

interface GroupAnswer {
  readonly declinedNominations?: readonly ({ readonly id: string } | null)[] | null;
}

const createReader = (memoryMs: number) =>
  createFactReader<ReadonlySet<string>>({
    field: 'group',
    // The network’s own, so that nobody else can be missing.
    selection: '{ declinedNominations { id } }',
    memoryMs,
    read({ declinedNominations }: GroupAnswer) {
      return new Set((declinedNominations ?? []).flatMap((one) => one?.id ?? []));
    },
  });

/** Those who decide see at once what they have decided; what all others ask costs the hub one question a second. */
const readNow = createReader(0);
const readLately = createReader(shortMemoryMs);

/**
 * Those of a group’s nominations that are neither withdrawn nor, as the network says, declined. The network is asked only
 * where one is not withdrawn.
 * @throws HubError `PARTNER_…` where the network does not say
 */
export async function keepStanding(
  context: PartnerContext,
  groupId: string,
  nominations: readonly OfficerNomination[],
): Promise<OfficerNomination[]> {
  const kept = nominations.filter(({ withdrawnOn }) => withdrawnOn === null);
  if (kept.length === 0) return kept;
  const read = hasRole(context.reader, coordinators) ? readNow : readLately;
  const declined = await read(context, groupId);
  return kept.filter(({ id }) => !declined?.has(id));
}
