import { HubError } from '@hub/shared/errors';
import { createDecisionReader, limitAskHub, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { loadDeclined } from '../access/load-related.js';
import { mayKnowJourneys } from '../access/visible-visits.js';
import type { Group } from '../entities/group.entity.js';
import type { GroupFacts } from './derive-group-state.js';

interface KnownOfPoliceForces {
  /** Not withdrawn. Some may be declined. */
  readonly nominations: readonly string[];
  /** The number of officers whose latest report is of a visit of this group. */
  readonly reporters: number;
}

interface Nomination {
  readonly id: string;
  readonly withdrawnOn: string | null;
}

interface GroupResponse extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly officerNominations?: readonly (Nomination | null)[] | null;
  readonly acceptedOfficers?:
    | readonly ({ readonly report?: { readonly group: string } | null } | null)[]
    | null;
}

/** The facts of the police forces that respond. */
const readKnown = createDecisionReader<KnownOfPoliceForces>({
  field: 'group',
  selection: '{ id officerNominations { id withdrawnOn } acceptedOfficers { report { group } } }',
  mayLackSome: true,
  read: ({ id, officerNominations, acceptedOfficers }: GroupResponse) => ({
    nominations: (officerNominations ?? []).flatMap((nomination) =>
      nomination && nomination.withdrawnOn === null ? nomination.id : [],
    ),
    reporters: (acceptedOfficers ?? []).filter((officer) => officer?.report?.group === id).length,
  }),
});

/** One police force has already timed out, so the others get this part of the time left. */
const partOfTime = 0.25;

/**
 * If a police force is missing, adds the facts of those that respond to a group’s facts. The sums
 * stay unknown; these are lower bounds.
 */
export async function addKnownFacts<Facts extends GroupFacts>(
  facts: Facts,
  { id, officerNominationCount, officerReportsReceived }: Group,
  context: PartnerContext,
): Promise<Facts> {
  const isShort = officerNominationCount === null || officerReportsReceived === null;
  if (!isShort || !sides.sendsOfficers(facts.sides) || facts.cancelledOn !== null) return facts;
  const known = await askKnown(id, context);
  if (!known) return facts;
  const declined = new Set((await loadDeclined(id, context)).map((one) => one.id));
  return {
    ...facts,
    nominationsAtLeast: known.nominations.filter((one) => !declined.has(one)).length,
    reportsAtLeast: (await mayKnowJourneys(id, context)) ? known.reporters : 0,
  };
}

/** Undefined if nobody responds in time. */
async function askKnown(
  id: string,
  context: PartnerContext,
): Promise<KnownOfPoliceForces | null | undefined> {
  const { askHub } = context;
  const { askHub: own, until, clientName } = askHub.limited ?? { askHub };
  const now = performance.now();
  const soon = until === undefined ? undefined : now + (until - now) * partOfTime;
  const limited = limitAskHub(own, soon, clientName);
  try {
    return await readKnown({ ...context, askHub: limited }, id);
  } catch (error) {
    if (error instanceof HubError) return undefined;
    throw error;
  }
}
