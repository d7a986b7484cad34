import type { Role } from '../identity/token.js';
import { networkCode } from './codes.js';
import type { PartnerContext } from './context/partner-context.js';
import { coordinators, hasRole, isOneOf, isPerson, staff } from './readers.js';
import { open, type FieldArguments } from './type-policy.js';

/** An access level. The organisation that owns the data decides. */
interface Level<Row = never> {
  /** Who reads it, in words for the page of access rules. */
  readonly readers: string;
  /**
   * Whether the caller may read this level of an object. Without an object: whether the caller may
   * learn that no such object exists. The rows of root types are undefined.
   * @param args the arguments of the field; none where an object itself is decided
   * @throws HubError `PARTNER_…` if a needed fact is unavailable: access is denied, with this
   * reason.
   */
  decide(
    row: Row | undefined,
    context: PartnerContext,
    args: FieldArguments,
  ): boolean | Promise<boolean>;
}

/**
 * The levels of one type in addition to `commonLevels`. `self` and `fellow` decide what is marked
 * `@Self`: which rows are of the participant who asks, and of her fellow members.
 */
export type Levels<Row = never> = Readonly<Record<string, Level<Row>>>;

/** The own levels of a partner’s types, by the name of the type. */
// Each level knows the row of its own type.
export type OwnLevels = Readonly<Record<string, Levels>>;

/** All levels of a partner’s types: those of the later ones beside those of the earlier. */
export function joinLevels(...all: readonly OwnLevels[]): OwnLevels {
  const joined: Record<string, Levels> = {};
  for (const levels of all)
    for (const [type, own] of Object.entries(levels)) joined[type] = { ...joined[type], ...own };
  return joined;
}

/** The roles that read changes. */
const changeReaders: readonly Role[] = [...coordinators, 'auditor'];

/** The levels that every type may use. They depend only on the caller. */
export const commonLevels: Levels = {
  [open]: { readers: 'everybody', decide: () => true },
  signedIn: {
    readers: 'signed-in callers of every organisation and role',
    decide: (_row, { reader }) => isPerson(reader),
  },
  // The rows of a list are decided one by one: each caller finds those that she may read.
  peopleList: {
    readers:
      'co-ordinators, liaisons and auditors of every organisation, each of the people of whom they may read',
    decide: (_row, { reader }) => hasRole(reader, [...staff, 'auditor']),
  },
  disclosures: {
    readers: 'auditors of every organisation, who read what concerns their own',
    decide: (_row, { reader }) => hasRole(reader, ['auditor']),
  },
  ownReadings: {
    readers: 'auditors of this organisation',
    decide: (_row, { reader, partner }) => isOneOf(reader, partner, ['auditor']),
  },
  ownFile: {
    readers: 'co-ordinators of this organisation',
    decide: (_row, { reader, partner }) => isOneOf(reader, partner, ['coordinator']),
  },
  // The fields that lead to these say whose they are.
  files: {
    readers: 'the person concerned; co-ordinators of the organisation that registered the person',
    decide: (_row, { reader }) => reader.kind === 'participant' || hasRole(reader, ['coordinator']),
  },
  participantAccess: {
    readers: 'the person concerned; co-ordinators and auditors of this organisation',
    decide: (_row, { reader, partner }) =>
      reader.kind === 'participant' || isOneOf(reader, partner, changeReaders),
  },
  readings: {
    readers:
      'the person concerned; auditors and the server of the organisation that registered the person',
    decide: (_row, { reader }) =>
      reader.kind === 'participant' || hasRole(reader, ['auditor', 'service']),
  },
  changes: {
    readers:
      'co-ordinators and auditors of every organisation, each of the records of which they may know',
    decide: (_row, { reader }) => hasRole(reader, changeReaders),
  },
  ownChanges: {
    readers: 'co-ordinators and auditors of this organisation',
    decide: (_row, { reader, partner }) => isOneOf(reader, partner, changeReaders),
  },
  erasures: {
    readers:
      'co-ordinators and auditors of this organisation; co-ordinators and the server of `nbnp`, which carries them out',
    decide: (_row, { reader, partner }) =>
      isOneOf(reader, partner, changeReaders) || isOneOf(reader, networkCode, coordinators),
  },
  // No server and no other organisation writes here.
  coordinator: {
    readers: 'co-ordinators of this organisation',
    decide: (_row, { reader, partner }) => isOneOf(reader, partner, ['coordinator']),
  },
  liaison: {
    readers: 'co-ordinators and liaisons of this organisation',
    decide: (_row, { reader, partner }) => isOneOf(reader, partner, ['coordinator', 'liaison']),
  },
};

/** The arguments that name the person whom a root field is about. */
const personArguments = ['id', 'person', 'officer', 'delegate', 'participant'] as const;

/** Who a participant’s own rows are of, in words. The hub finds the mutations of participants by it. */
export const herself = 'the person concerned';

/** Of the root fields that are marked `@Self`: each argument that names a person names her. */
export const rootSelf: Level = {
  readers: herself,
  decide(_row, { reader }, args) {
    const given = { ...args, ...(args['input'] as FieldArguments | undefined) };
    const named = personArguments.flatMap((name) => given[name] ?? []);
    return (
      reader.kind === 'participant' && named.length > 0 && named.every((id) => id === reader.person)
    );
  },
};

/** The types whose recorded fields are about a journey. Rows of others say whom they are about. */
export const journeyTypes: ReadonlySet<string> = new Set([
  'Visit',
  'ItineraryStop',
  'Hosting',
  'RegionalHosting',
  'GroupMeeting',
]);

/** The levels whose reads are recorded, because they concern a person or a journey. */
export const recordedLevels: ReadonlySet<string> = new Set([
  'itinerary',
  'identity',
  'report',
  'formalities',
  'travelNeeds',
  'shared',
  'tasks',
  'ownReadings',
  'ownFile',
]);
