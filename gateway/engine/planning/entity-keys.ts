import { parse, type SelectionSetNode } from 'graphql';
import { parseFieldSet } from '../documents/field-set.js';
import { readArgument, readSubgraphNames, readTypes } from './supergraph-directives.js';

/** A key of an entity in one subgraph. */
interface EntityKey {
  readonly fields: SelectionSetNode;
  /** True if the subgraph resolves references by this key. */
  readonly isResolvable: boolean;
}

/** The keys of entities in a supergraph. */
export interface EntityKeys {
  /** Empty if the subgraph does not have this entity. */
  of(subgraph: string, type: string): readonly EntityKey[];
}

/** Reads the keys of all subgraphs. */
export function readEntityKeys(supergraphSdl: string): EntityKeys {
  const document = parse(supergraphSdl, { noLocation: true });
  const subgraphs = readSubgraphNames(document);
  const keys = new Map<string, EntityKey[]>();
  for (const [type, { directives = [] }] of readTypes(document)) {
    for (const directive of directives) {
      const fieldSet = readArgument(directive, 'key');
      if (directive.name.value !== 'join__type' || typeof fieldSet !== 'string') continue;
      const place = `${subgraphs.get(readArgument(directive, 'graph'))} ${type}`;
      const isResolvable = readArgument(directive, 'resolvable') !== false;
      const key = { fields: parseFieldSet(fieldSet), isResolvable };
      keys.set(place, [...(keys.get(place) ?? []), key]);
    }
  }
  return { of: (subgraph, type) => keys.get(`${subgraph} ${type}`) ?? [] };
}
