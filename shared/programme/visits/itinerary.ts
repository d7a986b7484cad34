import { networkCode, officesCode } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createFactReader } from '../../policy/facts.js';
import { hasRole, isOneOf, isPerson, organisationOf, staff } from '../../policy/readers.js';
import { hasEnded, lastReturnOf } from './ended.js';
import type { HostsResponse } from './group-visits.js';

export { findKnownJourneys, mayKnowJourneys } from './journey-visibility.js';

/** The network’s facts that decide who may read the plan of a visit. */
export interface VisitFacts {
  /** When its return was recorded for; null while it is under way. */
  readonly returnedOn: string | null;
  /** The codes of the organisations that host it. */
  readonly hosts: ReadonlySet<string>;
  /** The organisations whose people are accepted or selected. */
  readonly senders: ReadonlySet<string>;
  /** True if an NCM office co-ordinates the group. */
  readonly hasOffice: boolean;
}

/** The facts of a visit to which an expert is assigned. */
interface AssignedVisit extends VisitFacts {
  /** True if it was cancelled, or its group. */
  readonly isCancelled: boolean;
}

interface VisitResponse {
  readonly returnedOn?: string | null;
  readonly hosts?: HostsResponse;
  readonly group?: GroupResponse | null;
}

interface Cancellable {
  readonly cancelledOn?: string | null;
}

interface AssignmentResponse {
  readonly id: string;
  readonly visit?:
    | (VisitResponse & Cancellable & { readonly group?: (GroupResponse & Cancellable) | null })
    | null;
}

interface GroupResponse {
  readonly senders?: readonly string[] | null;
  readonly coordinatingOffice?: { readonly id: string } | null;
}

interface JourneysResponse extends GroupResponse {
  readonly visits?: readonly ((VisitResponse & Cancellable) | null)[] | null;
}

const ofGroup = 'senders coordinatingOffice { id }';
const selection = `{ returnedOn hosts { owner } group { ${ofGroup} } }`;

function readVisit({ returnedOn, hosts, group }: VisitResponse): VisitFacts {
  return {
    returnedOn: returnedOn ?? null,
    hosts: new Set((hosts ?? []).map(({ owner }) => owner)),
    senders: new Set(group?.senders ?? []),
    hasOffice: group?.coordinatingOffice != null,
  };
}

/** The facts of one visit. */
export const readVisitFacts = createFactReader<VisitFacts>({
  field: 'visit',
  selection,
  read: readVisit,
});

/** The facts of all visits of a group together. They end with the last of them. */
export const readJourneyFacts = createFactReader<VisitFacts>({
  field: 'group',
  selection: `{ ${ofGroup} visits { returnedOn hosts { owner } cancelledOn } }`,
  read({ visits, ...group }: JourneysResponse) {
    const standing = (visits ?? []).filter((visit) => visit?.cancelledOn == null);
    return readVisit({
      returnedOn: lastReturnOf(standing),
      hosts: standing.flatMap((visit) => visit?.hosts ?? []),
      group,
    });
  },
});

/** The facts of a stop’s visit. */
export const readStopFacts = createFactReader<VisitFacts>({
  field: 'itineraryStop',
  selection: `{ visit ${selection} }`,
  read({ visit }) {
    return readVisit((visit ?? {}) as VisitResponse);
  },
});

/**
 * The facts of the visits to which an expert is assigned, by assignment. They are never cached: a
 * loan gives access at once, and a release or a cancellation takes it at once.
 */
export const readAssignmentFacts = createFactReader<ReadonlyMap<string, AssignedVisit>>({
  field: 'expert',
  list: 'experts',
  selection: `{ assignments {
    id visit { returnedOn hosts { owner } cancelledOn group { cancelledOn ${ofGroup} } }
  } }`,
  memoryMs: 0,
  read({ assignments }) {
    const found = (assignments ?? []) as readonly AssignmentResponse[];
    return new Map(
      found.map(({ id, visit }) => {
        const isCancelled = visit?.cancelledOn != null || visit?.group?.cancelledOn != null;
        return [id, { ...readVisit(visit ?? {}), isCancelled }];
      }),
    );
  },
});

/**
 * True for callers who may read the plan of some visit: never an auditor or an anonymous caller.
 */
export const mayReadItineraries = ({ reader }: PartnerContext): boolean =>
  isPerson(reader) && !hasRole(reader, ['auditor']);

/**
 * Whether the caller may read the plan of a visit. Staff of those who send, host or arrange it may;
 * all others, except auditors, may once it has ended.
 * @param readFacts is called only if the facts decide
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function mayReadItinerary(
  context: PartnerContext,
  readFacts: () => Promise<VisitFacts | null>,
): Promise<boolean> {
  if (!mayReadItineraries(context)) return false;
  return takesPart(context, readFacts, (visit) => hasEnded(visit, context));
}

/**
 * Whether the caller is staff of an organisation that sends, hosts or arranges a visit.
 * @param isElse decides for the others. @default nobody
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function takesPart(
  { reader }: PartnerContext,
  readFacts: () => Promise<VisitFacts | null>,
  isElse: (visit: VisitFacts) => boolean = () => false,
): Promise<boolean> {
  if (isOneOf(reader, networkCode, staff)) return true;
  const visit = await readFacts();
  if (!visit) return false;
  if (isElse(visit)) return true;
  if (!hasRole(reader, staff)) return false;
  const organisation = organisationOf(reader);
  return (
    visit.hosts.has(organisation) ||
    visit.senders.has(organisation) ||
    (organisation === officesCode && visit.hasOffice)
  );
}
