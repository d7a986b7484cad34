import { addDays, lastBegunDay } from '../../graphql/scalars/dates.js';
import type { Reader } from '../../identity/reader.js';
import { officesCode, ownerOf } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createFactReader } from '../../policy/facts.js';
import type { Levels } from '../../policy/levels.js';
import { lastReturnOf } from './ended.js';

/** How many days after the last return, or the cancellation, a member reads of her group’s journey. */
const daysAfterEnd = 30;

/** The network’s and the offices’ facts about a journey. */
interface Journey {
  readonly members: ReadonlySet<string>;
  /** The last return; null while a visit is under way, or none is planned. */
  readonly returnedOn: string | null;
  readonly cancelledOn: string | null;
}

interface Cancellable {
  readonly cancelledOn?: string | null;
}

interface GroupResponse extends Cancellable {
  readonly members?: readonly { readonly id: string }[] | null;
  readonly visits?:
    | readonly ((Cancellable & { readonly returnedOn?: string | null }) | null)[]
    | null;
}

/** @param members the field that has them, so that no other partner can be missing */
const readJourney = (members: string) =>
  createFactReader<Journey>({
    field: 'group',
    selection: `{ cancelledOn members: ${members} { id } visits { returnedOn cancelledOn } }`,
    read: (group: GroupResponse) => ({
      members: new Set((group.members ?? []).map(({ id }) => id)),
      returnedOn: lastReturnOf((group.visits ?? []).filter((one) => one?.cancelledOn == null)),
      cancelledOn: group.cancelledOn ?? null,
    }),
  });

const readOfficers = readJourney('acceptedOfficers');
const readDelegates = readJourney('delegates');

/** True for the person of a record, and nobody else. */
export const isHerself = ({ reader }: { readonly reader: Reader }, personId: unknown): boolean =>
  reader.kind === 'participant' && reader.person === personId;

/** Of what concerns nobody: any participant reads it, as a signed-in caller does. */
export const everyParticipant: Levels = {
  self: { readers: 'participants', decide: () => true },
};

/** The journey of a group, for one of its members. Undefined for anybody else. */
async function findJourney(
  context: PartnerContext,
  groupId: string,
  personId: string,
): Promise<Journey | undefined> {
  const read = ownerOf(personId) === officesCode ? readDelegates : readOfficers;
  const journey = await read(context, groupId);
  return journey?.members.has(personId) ? journey : undefined;
}

const isSoonAfter = (day: string, { clock }: Pick<PartnerContext, 'clock'>): boolean =>
  lastBegunDay(clock()) <= addDays(day, daysAfterEnd);

/** Whether a person is a member of a group that travels, or is back for at most 30 days. */
async function isMember(
  context: PartnerContext,
  groupId: string,
  personId: string,
): Promise<boolean> {
  const journey = await findJourney(context, groupId, personId);
  if (!journey || journey.cancelledOn !== null) return false;
  return journey.returnedOn === null || isSoonAfter(journey.returnedOn, context);
}

/**
 * Whether the participant who asks is a member of a group, until 30 days after its last return.
 * @throws HubError `PARTNER_…` if who decides on its members is unavailable
 */
export async function isOnJourney(
  context: PartnerContext,
  groupId: string | null | undefined,
): Promise<boolean> {
  const { reader } = context;
  if (reader.kind !== 'participant' || groupId == null) return false;
  return isMember(context, groupId, reader.person);
}

/** Whether her group was cancelled at most 30 days ago, so that she may learn why. */
export async function isCalledOff(
  context: PartnerContext,
  groupId: string | undefined,
): Promise<boolean> {
  const { reader } = context;
  if (reader.kind !== 'participant' || groupId === undefined) return false;
  const cancelledOn = (await findJourney(context, groupId, reader.person))?.cancelledOn;
  return cancelledOn != null && isSoonAfter(cancelledOn, context);
}

/** Whether the participant who asks is on a journey with a person, in one of these groups. */
export async function isFellow(
  context: PartnerContext,
  personId: string,
  groupIds: readonly string[],
): Promise<boolean> {
  if (context.reader.kind !== 'participant') return false;
  const decisions = await Promise.all(
    [...new Set(groupIds)].map(
      async (id) => (await isOnJourney(context, id)) && isMember(context, id, personId),
    ),
  );
  return decisions.includes(true);
}

interface VisitResponse {
  readonly group?: { readonly id: string } | null;
}

const readGroupOfVisit = createFactReader<string | null>({
  field: 'visit',
  selection: '{ group { id } }',
  read: ({ group }: VisitResponse) => group?.id ?? null,
});

const readGroupOfStop = createFactReader<string | null>({
  field: 'itineraryStop',
  selection: '{ visit { group { id } } }',
  read: ({ visit }) => (visit as VisitResponse | null)?.group?.id ?? null,
});

/** The same for a visit of another organisation’s, by its id. */
export const isOnVisit = async (context: PartnerContext, visitId: string): Promise<boolean> =>
  context.reader.kind === 'participant' &&
  isOnJourney(context, await readGroupOfVisit(context, visitId));

/** The same for a stop. */
export const isOnVisitOfStop = async (context: PartnerContext, stopId: string): Promise<boolean> =>
  context.reader.kind === 'participant' &&
  isOnJourney(context, await readGroupOfStop(context, stopId));
