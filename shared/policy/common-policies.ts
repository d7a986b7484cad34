import { isOneOf, isPerson } from './readers.js';
import { asItsWhole, open, type TypePolicy } from './type-policy.js';

const levels = (fields: readonly string[], level: string): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field, level]));

/** Every field of the type is for everybody. */
export const openTo = (fields: readonly string[]): TypePolicy => ({
  fields: levels(fields, open),
  decide: () => false,
});

/** Facts that everybody may read, the same for all, and the hub may keep for a while. */
export const keptFor = (keptSeconds: number, fields: readonly string[]): TypePolicy => ({
  ...openTo(fields),
  keptSeconds,
});

/** Some fields are for everybody, and some for those whom an organisation of the network vouches for. */
export const openBeside = (
  openFields: readonly string[],
  peopleFields: readonly string[],
): TypePolicy => ({
  fields: { ...levels(openFields, open), ...levels(peopleFields, 'people') },
  decide: (_level, _row, { reader }) => isPerson(reader),
});

/** An organisation’s record of disclosures is for its own auditors. */
const disclosureTo = (fields: readonly string[]): TypePolicy => ({
  fields: levels(fields, 'disclosures'),
  decide: (_level, _row, { reader, partner }) => isOneOf(reader, partner, ['auditor']),
});

/** The types that every partner’s schema has. */
export const commonPolicies = {
  Claim: keptFor(asItsWhole, ['property', 'value', 'source', 'preferred', 'note']),
  PeopleCount: openTo(['value', 'atLeast', 'atMost']),
  PageInfo: keptFor(asItsWhole, ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor']),
  Disclosure: disclosureTo([
    'id',
    'at',
    'readerOrganisation',
    'reader',
    'role',
    'operationName',
    'type',
    'fields',
    'records',
  ]),
  DisclosureEdge: disclosureTo(['cursor', 'node']),
  DisclosureConnection: disclosureTo(['edges', 'nodes', 'pageInfo']),
} satisfies Readonly<Record<string, TypePolicy>>;

/** The policies of the connection of a node type and its edges: for those whom an organisation vouches for. */
export function peopleConnection(
  name: string,
  counts: readonly string[],
): Record<string, TypePolicy> {
  return {
    [`${name}Connection`]: openBeside([], ['edges', 'nodes', 'pageInfo', ...counts]),
    [`${name}Edge`]: openBeside([], ['cursor', 'node']),
  };
}

/** The root fields: for everybody, for those whom an organisation vouches for, and the record for its auditors. */
export const rootPolicy = (
  openFields: readonly string[],
  peopleFields: readonly string[],
  disclosureField: string,
): TypePolicy => ({
  fields: {
    ...levels(openFields, open),
    ...levels(peopleFields, 'people'),
    [disclosureField]: 'disclosures',
  },
  decide: (level, _row, { reader, partner }) =>
    level === 'disclosures' ? isOneOf(reader, partner, ['auditor']) : isPerson(reader),
});

/** Who of the organisation that owns the data may call each mutation. */
export interface MutationCallers {
  /** Its co-ordinators alone. */
  readonly coordinator: readonly string[];
  /** Its liaisons too: what prepares a journey. */
  readonly liaison?: readonly string[];
}

/** Mutations are for people of the organisation that owns the data: no server and no other organisation writes here. */
export const mutationPolicy = ({ coordinator, liaison = [] }: MutationCallers): TypePolicy => ({
  fields: { ...levels(coordinator, 'coordinator'), ...levels(liaison, 'liaison') },
  decide: (level, _row, { reader, partner }) =>
    isOneOf(reader, partner, level === 'liaison' ? ['coordinator', 'liaison'] : ['coordinator']),
});
