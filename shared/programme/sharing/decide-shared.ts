import { HubError } from '../../errors/hub-error.js';
import type { Reader } from '../../identity/reader.js';
import type { Role } from '../../identity/token.js';
import { officesCode, ownerOf } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createFactReader } from '../../policy/facts.js';
import type { Levels } from '../../policy/levels.js';
import { hasRole, isOneOf } from '../../policy/readers.js';
import { isFellow, isOnJourney } from '../visits/own-journeys.js';
import type { Scope, SharedContactFields } from './shared-contact.type.js';

/** Those with whom a participant shares by the network. */
const networkRoles: readonly Role[] = ['coordinator', 'liaison'];

const sharedReaders =
  'those with whom the person shares it, until the day that is set; the person; co-ordinators of this organisation, to end it. Never auditors, analysts and servers';

export const todayOf = ({ clock }: Pick<PartnerContext, 'clock'>): string =>
  clock().toISOString().slice(0, 10);

interface MembersResponse {
  readonly members?: readonly ({ readonly id: string } | null)[] | null;
}

/** Never cached, because a mutation must not be refused by a cached fact. */
const readMembers = (members: string) =>
  createFactReader<ReadonlySet<string>>({
    field: 'group',
    selection: `{ members: ${members} { id } }`,
    memoryMs: 0,
    read: (group: MembersResponse) =>
      new Set((group.members ?? []).flatMap((member) => member?.id ?? [])),
  });

const readOfficers = readMembers('acceptedOfficers');
const readDelegates = readMembers('delegates');

/**
 * Whether a person is a member of a group, by those who decide on her.
 * @throws HubError `PARTNER_…`
 */
export async function askIsMember(
  context: Pick<PartnerContext, 'askHub' | 'clock'>,
  group: string,
  person: string,
): Promise<boolean> {
  const read = ownerOf(person) === officesCode ? readDelegates : readOfficers;
  return (await read(context, group))?.has(person) ?? false;
}

/** The responses about one programme, for all rows of one request. */
const memberships = new WeakMap<object, Map<string, Promise<boolean>>>();

/**
 * Whether a person is a member of a group of a programme. Only the network knows.
 * @throws HubError `PARTNER_…`
 */
export async function askHasMember(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  programmeId: string,
  personId: string,
): Promise<boolean> {
  const { programme } = await askHub(
    'query ProgrammeMember($id: ID!, $person: ID!) { programme(id: $id) { hasMember(person: $person) } }',
    { id: programmeId, person: personId },
  );
  const { hasMember } = (programme ?? { hasMember: false }) as { hasMember: boolean | null };
  if (hasMember === null) throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
  return hasMember;
}

function isInProgramme(context: PartnerContext, programme: string, person: string) {
  let known = memberships.get(context);
  if (!known) memberships.set(context, (known = new Map()));
  const asked = known.get(programme) ?? askHasMember(context, programme, person);
  known.set(programme, asked);
  return asked;
}

const participantOf = (reader: Reader): string | undefined =>
  reader.kind === 'participant' ? reader.person : undefined;

/**
 * Whether the caller is one of those to whom consents of this scope are given.
 * @throws HubError `PARTNER_…` if a needed membership is unknown
 */
export async function isSharedWith(
  context: PartnerContext,
  { with: whom, group, programme }: Scope,
  owner?: string,
): Promise<boolean> {
  const { reader } = context;
  const person = participantOf(reader);
  if (whom === 'NETWORK') return person !== undefined || hasRole(reader, networkRoles);
  if (person === undefined) return false;
  if (whom === 'PROGRAMME') return programme != null && isInProgramme(context, programme, person);
  if (group == null) return false;
  return owner === undefined ? isOnJourney(context, group) : isFellow(context, owner, [group]);
}

/** The rule of one contact, read from its row at each reading: nothing of it is cached. */
export async function mayReadShared(
  context: PartnerContext,
  contact: SharedContactFields,
  owner: string,
): Promise<boolean> {
  const { reader, partner } = context;
  if (isOneOf(reader, partner, ['coordinator']) || participantOf(reader) === owner) return true;
  return contact.until >= todayOf(context) && isSharedWith(context, contact, owner);
}

/** The levels of a type of contacts. */
export const sharedContactLevels = <Contact extends SharedContactFields>(
  ownerOf: (contact: Contact) => string,
): Levels<Contact> => ({
  shared: {
    readers: sharedReaders,
    decide: (contact, context) =>
      contact !== undefined && mayReadShared(context, contact, ownerOf(contact)),
  },
});

/** The level of lists of contacts, of which each caller gets what is shared with them. */
export const sharedListLevels: Levels = {
  sharedContacts: {
    readers:
      'participants, and co-ordinators and liaisons of every organisation: each gets what is shared with them; co-ordinators of this organisation get all of their people',
    decide: (_row, { reader }) => reader.kind === 'participant' || hasRole(reader, networkRoles),
  },
};
