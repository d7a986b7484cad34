import { listSelectedFields } from '@hub/shared/policy';
import { getNamedType, isLeafType, parse, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

const shared = ['Claim', 'PageInfo'] as const;

/**
 * The types of each contract of which everybody may read every field that leads to no other type: the table of who reads
 * what, as the hub knows it. A partner may let less be kept than is here; what it says of more is not believed, for an
 * answer that is kept goes to all readers alike. A test holds the list to the policies of the partners’ own servers.
 */
const unrestrictedTypes: Readonly<Record<string, readonly string[]>> = {
  nbnp: [
    ...shared,
    'Network',
    'Membership',
    'Spokesmanship',
    'Organisation',
    'OrganisationConnection',
    'OrganisationEdge',
    'Event',
    'EventConnection',
    'EventEdge',
    'ParticipantCount',
    'PartyRole',
    'Contact',
    'ContactConnection',
    'ContactEdge',
    'Office',
    'PoliceUnit',
  ],
  'ncm-offices': [...shared, 'Office', 'Region', 'RegionalSite', 'Organisation', 'Event'],
  'national-police': [...shared, 'PoliceUnit', 'NationalSite', 'Organisation', 'Event'],
};

/** The names of the types of a contract that hold nothing restricted; of a contract that is not ours, none. */
export const unrestrictedTypesOf = (contract: string): readonly string[] =>
  unrestrictedTypes[contract] ?? [];

/** Texts of documents that were judged are remembered until they have this many characters together. */
const rememberedLength = 1_000_000;

/**
 * Makes the test whether everybody may read all that a document asks for, whatever its variables are. Root fields are
 * judged by the types that they lead to.
 */
export function createUnrestrictedTest(
  schema: GraphQLSchema,
  types: readonly string[],
): (document: string) => boolean {
  const isListed = new Set(types);
  const known = new LRUCache<string, { readonly isUnrestricted: boolean }>({
    maxSize: rememberedLength,
    sizeCalculation: (_verdict, text) => text.length,
  });
  const judge = (text: string): boolean => {
    const selected = listSelectedFields(schema, parse(text)) ?? [];
    const inner = selected.filter(({ isRoot }) => !isRoot);
    // A root field without a type of its own is in no list.
    const leadsOn = selected.every(({ type, name, isRoot }) => {
      const definition = isRoot ? type.getFields()[name] : undefined;
      return !definition || !isLeafType(getNamedType(definition.type));
    });
    return leadsOn && inner.length > 0 && inner.every(({ type }) => isListed.has(type.name));
  };
  return (text) => {
    let verdict = known.get(text);
    if (!verdict) known.set(text, (verdict = { isUnrestricted: judge(text) }));
    return verdict.isUnrestricted;
  };
}
