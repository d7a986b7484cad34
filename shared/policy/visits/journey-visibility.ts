import type { PartnerContext } from '../../context/index.js';
import { HubError } from '../../errors/index.js';
import { createFactReader, shortMemoryMs } from '../facts.js';
import { isPerson } from '../readers.js';

interface GroupResponse {
  readonly visits?:
    | readonly ({
        readonly endsOn?: string | null;
        readonly returnedOn?: string | null;
        readonly cancelledOn?: string | null;
      } | null)[]
    | null;
}

/** Later than any day of a visit. */
const never = '9999-12-31';

/**
 * The last day of a group’s visits. A visit without a known end or a recorded return has no end,
 * nor has a group without visits. Cancelled visits do not count.
 */
const readLastDay = createFactReader<string>({
  field: 'group',
  selection: '{ visits { endsOn returnedOn cancelledOn } }',
  memoryMs: shortMemoryMs,
  read({ visits }: GroupResponse) {
    const standing = (visits ?? []).filter((visit) => visit?.cancelledOn == null);
    const days = standing.map((visit) => (visit?.returnedOn && visit.endsOn) || never);
    return days.sort().at(-1) ?? never;
  },
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
 * briefing on. Signed-in callers may. Everybody may once all of the group’s visits have ended and
 * its return is recorded. After that no visit can be scheduled, so nothing that was shown is hidden
 * later. The network is always asked. Otherwise the time of a response, or an error, would show
 * that something is hidden.
 * @throws HubError `PARTNER_…` if the network does not respond
 */
export async function mayKnowJourneys(context: PartnerContext, groupId: string): Promise<boolean> {
  if (isPerson(context.reader)) return true;
  const lastDay = await readLastDay(context, groupId);
  return lastDay !== null && lastDay < context.clock().toISOString().slice(0, 10);
}
