import { Supergraph } from '@apollo/federation-internals';
import {
  Kind,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { parseFieldSet } from '../../engine/documents/field-set.js';
import type { FanOutRules } from './fan-out-rules.js';

/** What the hub knows about a subgraph: its part of the supergraph, and its fan-out rules. */
export interface SubgraphModel {
  readonly name: string;
  readonly url: string;
  readonly schema: GraphQLSchema;
  /**
   * True if its partners follow our contract: an entity includes its key, and a missing entity is
   * filled with nulls. Foreign subgraphs need not do so. Many resolve a reference to an object
   * without its key, so selecting the key would cause an error. Fields that require a missing
   * entity are then not fetched.
   */
  readonly isContracted: boolean;
  /** Absent if only one partner serves the subgraph. */
  readonly rules?: FanOutRules;
  /** What its servers know of types that joined later. @default nothing */
  readonly otherKinds?: readonly OtherKinds[];
}

/** The types of other contracts that the servers of a subgraph know by one name: `OtherParty`. */
export interface OtherKinds {
  readonly standIn: string;
  readonly interface: string;
  /** The type in the graph, by the code of the partner that owns the record. */
  readonly typeOf: ReadonlyMap<string, string>;
}

/** The subgraphs of a supergraph, each with its own schema. */
export function readSubgraphs(
  supergraphSdl: string,
  {
    rulesOf,
    otherKindsOf,
    isContracted,
  }: {
    readonly rulesOf: (subgraph: string) => FanOutRules | undefined;
    readonly otherKindsOf?: (subgraph: string) => readonly OtherKinds[];
    readonly isContracted: boolean;
  },
): SubgraphModel[] {
  return readSchemas(supergraphSdl).map((subgraph) => ({
    ...subgraph,
    isContracted,
    rules: rulesOf(subgraph.name),
    otherKinds: otherKindsOf?.(subgraph.name),
  }));
}

type ReadSchema = Pick<SubgraphModel, 'name' | 'url' | 'schema'>;

let lastRead: { readonly sdl: string; readonly schemas: readonly ReadSchema[] } | undefined;

/** Validates a supergraph, and reads its parts. What opens a hub again mostly has the same one. */
function readSchemas(sdl: string): readonly ReadSchema[] {
  if (lastRead?.sdl !== sdl) {
    const schemas = [...Supergraph.build(sdl).subgraphs().values()].map(
      ({ name, url, schema }) => ({ name, url, schema: schema.toGraphQLJSSchema() }),
    );
    lastRead = { sdl, schemas };
  }
  return lastRead.schemas;
}

const keysOfType = new WeakMap<GraphQLNamedType, readonly SelectionSetNode[]>();

/** The keys of an entity type, as selections. */
export function readKeys(type: GraphQLNamedType): readonly SelectionSetNode[] {
  let keys = keysOfType.get(type);
  if (!keys) {
    const nodes = [type.astNode, ...('extensionASTNodes' in type ? type.extensionASTNodes : [])];
    keys = nodes
      .flatMap((node) => node?.directives ?? [])
      .filter(({ name }) => name.value === 'key')
      .map((key) => parseFieldSet(readStringArgument(key, 'fields') ?? ''));
    keysOfType.set(type, keys);
  }
  return keys;
}

function readStringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
