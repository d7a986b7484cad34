import type { PartnerContext } from '../context/index.js';
import { HubError } from '../errors/index.js';
import { createFactReader } from './facts.js';
import { isPerson } from './readers.js';

interface Answer {
  readonly visits?:
    | readonly ({ readonly endsOn?: string | null; readonly returnedOn?: string | null } | null)[]
    | null;
}

/** Later than any day of a visit. */
const never = '9999-12-31';

/** Long enough that many anonymous requests cost the hub one, and short enough that a new visit decides at once. */
export const shortMemoryMs = 1_000;

/**
 * The last day of a group’s visits. One whose end is not known, or whose return is not recorded, does not end, nor does a
 * group without a visit.
 */
const readLastDay = createFactReader<string>({
  field: 'group',
  selection: '{ visits { endsOn returnedOn } }',
  memoryMs: shortMemoryMs,
  read({ visits }: Answer) {
    const days = (visits ?? []).map((visit) => (visit?.returnedOn && visit.endsOn) || never);
    return days.sort().at(-1) ?? never;
  },
});

/**
 * The groups of which the caller may know how far they have come; undefined where the network does not say.
 */
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
 * Whether the caller may know how far a group of the network’s has come on its journeys: what is recorded from the
 * briefing on. That is for those whom an organisation vouches for, and for everybody once all of the group’s visits have
 * ended and its return is recorded. After that no visit can be scheduled, so that nothing that was shown is withheld later.
 * The network is always asked. Otherwise the time of a response, or an error, would show that something is withheld.
 * @throws HubError `PARTNER_…` when the network does not say
 */
export async function mayKnowJourneys(context: PartnerContext, groupId: string): Promise<boolean> {
  if (isPerson(context.reader)) return true;
  const lastDay = await readLastDay(context, groupId);
  return lastDay !== null && lastDay < context.clock().toISOString().slice(0, 10);
}
