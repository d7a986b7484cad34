import { HubError } from '../../errors/hub-error.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createFactReader, shortMemoryMs } from '../../policy/facts.js';
import { isPerson } from '../../policy/readers.js';
import { hasEnded, lastReturnOf, type Returned } from './ended.js';

interface GroupResponse {
  readonly visits?:
    | readonly ({
        readonly returnedOn?: string | null;
        readonly cancelledOn?: string | null;
      } | null)[]
    | null;
}

/**
 * The return of a group from all of its visits, which a group without visits has none of. Cancelled
 * visits do not count.
 */
const readReturn = createFactReader<Returned>({
  field: 'group',
  selection: '{ visits { returnedOn cancelledOn } }',
  memoryMs: shortMemoryMs,
  read: ({ visits }: GroupResponse) => ({
    returnedOn: lastReturnOf((visits ?? []).filter((visit) => visit?.cancelledOn == null)),
  }),
});

/** The groups whose progress the caller may know. Undefined if the network does not respond. */
export async function findKnownJourneys(
  context: PartnerContext,
  groupIds: readonly string[],
): Promise<string[] | undefined> {
  try {
    const areKnown = await Promise.all(groupIds.map((id) => mayKnowJourneys(context, id)));
    return groupIds.filter((_, index) => areKnown[index]);
  } catch (error) {
    if (error instanceof HubError) return undefined;
    throw error;
  }
}

/**
 * Whether the caller may know how far a group has come on its journeys: everything from the
 * briefing on. Signed-in callers may. Everybody may once the group’s return from all of its visits
 * is recorded. After that no visit can be scheduled, so nothing that was shown is hidden
 * later. The network is always asked. Otherwise the time of a response, or an error, would show
 * that something is hidden.
 * @throws HubError `PARTNER_…` if the network does not respond
 */
export async function mayKnowJourneys(context: PartnerContext, groupId: string): Promise<boolean> {
  if (isPerson(context.reader)) return true;
  return hasEnded((await readReturn(context, groupId)) ?? {}, context);
}
