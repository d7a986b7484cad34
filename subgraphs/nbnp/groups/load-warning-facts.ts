import type { PartnerContext } from '@hub/shared/context';
import { HubError } from '@hub/shared/errors';
import { createFactReader, type ReadFact } from '@hub/shared/policy';
import type { Group } from '../entities/group.entity.js';
import { Direction } from '../entities/vocabulary.js';
import type { WarningFacts } from './derive-warnings.js';
import { loadOwnFacts } from './load-group-facts.js';

type OthersFacts = Partial<WarningFacts>;

/** Requested each time, so that the warning disappears with the last report. */
const askedAnew = { field: 'group', memoryMs: 0 } as const;

/** The offices’ facts about a group that they send. */
const readDelegates = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ delegateCount delegatesBriefedOn delegatesDebriefedOn delegateReportsReceived }',
  read: (answer) => answer,
});

/** The police forces’ facts about a group that they send. */
const readOfficers = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ officerReportsReceived }',
  read: (answer) => answer,
});

/** Before the departure only their members’ formalities are due. */
const readDelegateFormalities = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ delegateFormalitiesOpen }',
  read: (answer) => answer,
});
const readOfficerFormalities = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ officerFormalitiesOpen }',
  read: (answer) => answer,
});

/**
 * The side that has further facts about a group for which something may be due; undefined if none
 * has.
 */
function choose({
  direction,
  cancelledOn,
  hasDeparted,
  hasReturned,
  acceptedOfficers,
}: WarningFacts): ReadFact<OthersFacts> | undefined {
  if (cancelledOn !== null) return undefined;
  if (direction === Direction.NORTH_WEST_RUSSIA_TO_NORDIC)
    return hasDeparted ? readDelegates : readDelegateFormalities;
  if (hasReturned) return readOfficers;
  // Nobody’s formalities are open before somebody is accepted.
  return hasDeparted || acceptedOfficers === 0 ? undefined : readOfficerFormalities;
}

/**
 * The facts for warnings: the network’s own, and those of the sending side, requested from the hub
 * because the contract does not include them in representations. If the sending side is
 * unavailable, only the network’s own facts give warnings, without an error.
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
