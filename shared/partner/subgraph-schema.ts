import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { parse, specifiedDirectives, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { buildSchema, createResolversMap, type BuildSchemaOptions } from 'type-graphql';
import { describeReaders } from '../policy/access-page.js';
import type { PartnerContext } from '../policy/context/partner-context.js';
import { findVisible, guardSchema } from '../policy/guard-schema.js';
import type { OwnLevels } from '../policy/levels.js';
import { readPolicies } from '../policy/read-policies.js';
import type { Policies, TypePolicy } from '../policy/type-policy.js';
import { describeInputRules, guardInputs } from './mutations/input-rules.js';
import { words } from './words.js';

/**
 * Finds the entity of a representation. Null if the caller may not see it, or it does not exist.
 */
export type ReferenceResolver = (
  representation: { readonly __typename: string; readonly [field: string]: unknown },
  context: PartnerContext,
  info: GraphQLResolveInfo,
) => unknown;

/**
 * Returns what a partner adds to another organisation’s record. It is never null: for an unknown
 * record it has the key alone.
 */
export const resolveKey: ReferenceResolver = (representation) => representation;

export interface SubgraphOptions extends Pick<
  BuildSchemaOptions,
  'resolvers' | 'orphanedTypes' | 'scalarsMap'
> {
  /**
   * By the name of the entity type. An interface entity needs one for itself and for each
   * implementation.
   */
  readonly references: Readonly<Record<string, ReferenceResolver>>;
  /**
   * The access levels of the types’ own policies. `@Access` on a field names its level; a field
   * without one is denied.
   */
  readonly levels?: OwnLevels;
  /** Changes who may read what, for tests. @default the rules beside the fields */
  readonly changePolicies?: ChangePolicies;
}

/** Changes the policies of a subgraph. */
export type ChangePolicies = (own: Policies) => Policies;

export interface Subgraph {
  readonly schema: GraphQLSchema;
  /** The subgraph’s own SDL: the content of `schema.graphql`. */
  readonly sdl: string;
  /** The policies that guard the schema. */
  readonly policies: Policies;
}

const federationLink = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable"])
`;

const everybody: TypePolicy = { fields: {}, decide: () => false };

/**
 * An `ID` may be sent as an integer, as in an argument. What looks up many ids at once expects
 * texts, so one number would cost the other entities their values.
 */
const coerceId: <Representation extends object>(given: Representation) => Representation = (
  given,
) => ('id' in given && typeof given.id === 'number' ? { ...given, id: String(given.id) } : given);

/** An entity that is refused or cannot be found has its own error. The others are returned. */
const guardReference =
  (resolve: ReferenceResolver, policy: TypePolicy = everybody): ReferenceResolver =>
  (representation, context, info) =>
    findVisible(policy, context, () => resolve(coerceId(representation), context, info));

/** The root types have no classes that could have a description. */
function describeRoots(schema: GraphQLSchema): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (query) query.description = words.Query.about;
  if (mutation) mutation.description = words.Mutation.about;
}

/** Creates a federation subgraph from type-graphql classes. */
export async function createSubgraph({
  references,
  levels = {},
  changePolicies = (own) => own,
  ...options
}: SubgraphOptions): Promise<Subgraph> {
  const classes = await buildSchema({
    ...options,
    // Every query passes the kit’s own validation. class-validator is not used.
    validate: false,
    skipCheck: true,
    directives: [...specifiedDirectives],
  });
  const policies = changePolicies(readPolicies(classes, levels));
  describeRoots(classes);
  describeReaders(classes, policies);
  describeInputRules(classes);
  const text = printSchemaWithDirectives(classes).replace(/^ +$/gm, '');
  const sdl = `${federationLink}\n${text}\n`;
  const resolvers: Record<string, object> = { ...createResolversMap(classes) };
  for (const [type, resolveReference] of Object.entries(references)) {
    const resolve = guardReference(resolveReference, policies[type]);
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  }
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: resolvers as Parameters<typeof buildSubgraphSchema>[0] extends {
      resolvers?: infer R;
    }
      ? R
      : never,
  });
  // Inside of the guards: who may not call a field learns nothing of its rules.
  guardInputs(schema, classes);
  guardSchema(schema, policies);
  return { schema, sdl, policies };
}

/**
 * The schema of a partner's definition, created once for a process: it does not depend on the server. For each change of the
 * policies there is another one.
 */
export function shareSubgraph(
  options: Omit<SubgraphOptions, 'changePolicies'>,
): (changePolicies?: ChangePolicies) => Promise<Subgraph> {
  const subgraphs = new Map<ChangePolicies | undefined, Promise<Subgraph>>();
  return (changePolicies) => {
    const subgraph =
      subgraphs.get(changePolicies) ?? createSubgraph({ ...options, changePolicies });
    subgraphs.set(changePolicies, subgraph);
    return subgraph;
  };
}
