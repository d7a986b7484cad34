import type { PartnerContext } from '@hub/shared/context';
import { HubError } from '@hub/shared/errors';
import { createFactReader, type ReadFact } from '@hub/shared/policy';
import type { Group } from '../entities/group.entity.js';
import { Direction } from '../entities/vocabulary.js';
import type { WarningFacts } from './derive-warnings.js';
import { loadOwnFacts } from './load-group-facts.js';

type OthersFacts = Partial<WarningFacts>;

/** Asked each time: who hands in the last report finds the warning gone. */
const askedAnew = { field: 'group', memoryMs: 0 } as const;

/** What the offices know of the group that they send. */
const readDelegates = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ delegateCount delegatesBriefedOn delegatesDebriefedOn delegateReportsReceived }',
  read: (answer) => answer,
});

/** What the polices know of the group that they send. */
const readOfficers = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ officerReportsReceived }',
  read: (answer) => answer,
});

/** Who knows more of a group than the network, once something may be due there; undefined where nobody does. */
function choose({
  direction,
  cancelledOn,
  hasDeparted,
  hasReturned,
}: WarningFacts): ReadFact<OthersFacts> | undefined {
  if (cancelledOn !== null) return undefined;
  if (direction === Direction.NORTH_WEST_RUSSIA_TO_NORDIC)
    return hasDeparted ? readDelegates : undefined;
  return hasReturned ? readOfficers : undefined;
}

/**
 * What warnings look at: the network’s own facts, and those that the side which sends the group has of it. They are
 * asked of the hub, because the contract brings none of them along. Where the answer is not to be had, the own facts
 * alone warn: a warning is neither guessed nor worth an error.
 */
export async function loadWarningFacts(
  group: Group,
  context: PartnerContext,
): Promise<WarningFacts> {
  const own = await loadOwnFacts(group, context);
  const read = choose(own);
  if (!read) return own;
  try {
    return { ...own, ...(await read(context, group.id)) };
  } catch (error) {
    if (error instanceof HubError) return own;
    throw error;
  }
}
