import type { GraphQLResolveInfo } from 'graphql';
import type { Row } from './rows.js';

/** Where a partner’s absence, or a value without an owner, is to be noted: `path code partner`. */
export type Notes = Set<string>;
export type Resolvers = Readonly<
  Record<string, (source: Row, args: Row, note: Note, info: GraphQLResolveInfo) => unknown>
>;

/** Notes the partners that a place cannot have: of a root field the field itself, of an entity the entity. */
export interface Note {
  missing(...partners: readonly string[]): void;
  notFound(): void;
  /** What a partner refuses for the value of an argument. */
  badInput(partner: string): void;
}

export const ownerOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf(':')));
export const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;
export const isPolice = (code: string): boolean => (polices as readonly string[]).includes(code);

/** What only the police that owns the record can answer of it, when another refers to it. */
export const policeFields: ReadonlySet<string> = new Set([
  ...'name acronym variants country city validFrom validTo successor parent units officers experts sites hostings kind note source claims'
    .split(' ')
    .map((field) => `PoliceUnit.${field}`),
  ...'name email rank unit targetGroup country languages nominations report formalities outstanding travelNeeds isRehearsal version'
    .split(' ')
    .map((field) => `Officer.${field}`),
  ...'name email unit country roles languages fields isRehearsal version'
    .split(' ')
    .map((field) => `Expert.${field}`),
  // The group is named by what the police has (`@requires`).
  ...'groupId group officer nominatedOn withdrawnOn motivation hasFormalities isRehearsal version'
    .split(' ')
    .map((field) => `OfficerNomination.${field}`),
  ...'name sector city country unit organisation event kind visitedOn note evidence source isRehearsal'
    .split(' ')
    .map((field) => `NationalSite.${field}`),
]);

/** A police’s record as another refers to it; of a police that is away, its key. */
export const referTo = (
  type: string,
  table: readonly Row[] | undefined,
  id: string | null,
  away: readonly string[],
): Row | null => {
  if (id === null) return null;
  if (away.includes(ownerOf(id))) return { __typename: type, id, isAway: true };
  const row = table?.find((candidate) => candidate.id === id);
  return { __typename: type, id, ...row };
};
