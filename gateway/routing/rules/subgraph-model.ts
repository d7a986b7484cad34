import { Supergraph } from '@apollo/federation-internals';
import {
  Kind,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { parseFieldSet } from '../../documents/field-set.js';
import type { SpreadRules } from './fan-out-rules.js';

/** What the hub knows of a subgraph: its part of the supergraph, and how its fields are spread over its partners. */
export interface SubgraphModel {
  readonly name: string;
  readonly url: string;
  readonly schema: GraphQLSchema;
  /**
   * True where those who answer hold to our contract: an entity says its key, and an absent one is filled with nulls.
   * Subgraphs of elsewhere need not: many resolve a reference to an object without its key, which asked back becomes an
   * error, and what requires the fields of an absent one is not asked at all.
   */
  readonly isContracted: boolean;
  /** Absent where one partner alone answers. */
  readonly rules?: SpreadRules;
}

/** The subgraphs in a supergraph, each with its own schema. */
export function readSubgraphs(
  supergraphSdl: string,
  {
    rulesOf,
    isContracted,
  }: {
    readonly rulesOf: (subgraph: string) => SpreadRules | undefined;
    readonly isContracted: boolean;
  },
): SubgraphModel[] {
  return [...Supergraph.build(supergraphSdl).subgraphs().values()].map(({ name, url, schema }) => ({
    name,
    url,
    schema: schema.toGraphQLJSSchema(),
    isContracted,
    rules: rulesOf(name),
  }));
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
