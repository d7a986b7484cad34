import type { createSubgraphServer } from '../subgraph-server.js';

import {
  Kind,
  parse,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { parseFieldSet } from '../../../gateway/engine/documents/field-set.js';
import type { Suite } from '../foreign-supergraph/suite.js';
import { mapValue, selectOfReference } from '../random-supergraph/world.js';

/** A record with all that is true of it. Other records stand in it as themselves. */
export interface Fact {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

type Computed = (given: Readonly<Record<string, unknown>>) => unknown;

/** Subgraphs of one graph, and what is true whichever of them says it. */
export interface Family {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly facts: readonly Fact[];
  /** By root field. */
  readonly roots: Readonly<Record<string, unknown>>;
  /** By coordinate, what a field with `@requires` comes to. */
  readonly computed?: Readonly<Record<string, Computed>>;
  /** By interface, its types. */
  readonly implementations?: Readonly<Record<string, readonly string[]>>;
  /** By subgraph and coordinate, what was overridden: its subgraph would give another value. */
  readonly overridden?: readonly string[];
  readonly operations: readonly string[];
}

/** A record as a subgraph has it: with what the hub sent of it, and what the field before provides. */
interface Source {
  readonly __typename: string;
  readonly fact: Fact;
  readonly reference?: Readonly<Record<string, unknown>>;
  readonly provided: readonly string[];
}

type ObjectNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** The text of a directive’s argument `fields`, as often as it stands there. */
const readSets = (node: ObjectNode | FieldDefinitionNode, name: string): string[] =>
  (node.directives ?? []).flatMap((directive) => {
    const fields = directive.arguments?.find((argument) => argument.name.value === 'fields');
    const isIt = directive.name.value === name && fields?.value.kind === Kind.STRING;
    return isIt ? [(fields.value as { value: string }).value] : [];
  });

const has = (node: ObjectNode | FieldDefinitionNode, name: string): boolean =>
  node.directives?.some((directive) => directive.name.value === name) ?? false;

type Resolvers = Parameters<typeof createSubgraphServer>[1];

/** The resolvers of one subgraph: it gives what is its own, and something wrong for what is not. */
function resolversOf(family: Family, subgraph: string): Resolvers {
  const { facts, roots, computed = {}, implementations = {}, overridden = [] } = family;
  const { definitions } = parse(family.subgraphs[subgraph] ?? '');
  const types = new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? [[node.name.value, node] as const]
        : [],
    ),
  );
  const typeOf = ({ __typename: name }: Fact): string => {
    if (types.has(name)) return name;
    const above = Object.keys(implementations).find((one) => implementations[one]?.includes(name));
    return above ?? name;
  };
  const isOf = (fact: Fact, type: string): boolean =>
    typeOf(fact) === type || (implementations[type]?.includes(fact.__typename) ?? false);
  const wrap = (value: unknown, provided: readonly string[] = []): unknown =>
    mapValue(value, (item) =>
      typeof item === 'object' && item !== null && '__typename' in item
        ? ({ __typename: typeOf(item as Fact), fact: item as Fact, provided } satisfies Source)
        : item,
    );
  const resolve = (type: string, field: FieldDefinitionNode) => {
    const { value: name } = field.name;
    const coordinate = `${type}.${name}`;
    const [requires] = readSets(field, 'requires');
    const [provides] = readSets(field, 'provides');
    const provided = provides?.replaceAll(/[{}]|\.\.\. on \w+/g, ' ').match(/\w+/g) ?? [];
    if (type === 'Query') return () => wrap(roots[name], provided);
    return (source: Source): unknown => {
      if (requires !== undefined) {
        const { reference } = source;
        if (!reference) return `${coordinate} WITHOUT REFERENCE`;
        return computed[coordinate]?.(
          selectOfReference(parseFieldSet(requires), reference) as Record<string, unknown>,
        );
      }
      if (overridden.includes(`${subgraph} ${coordinate}`)) return `${coordinate} OVERRIDDEN`;
      if (has(field, 'external') && !source.provided.includes(name))
        return `${coordinate} NOT PROVIDED`;
      return wrap(source.fact[name], [...source.provided, ...provided]);
    };
  };
  const resolveReference = (type: ObjectNode) => (reference: Record<string, unknown>) => {
    const found = facts.find(
      (fact) =>
        isOf(fact, type.name.value) &&
        readSets(type, 'key').some((key) =>
          key.split(' ').every((field) => reference[field] === fact[field]),
        ),
    );
    return found
      ? ({ __typename: typeOf(found), fact: found, reference, provided: [] } satisfies Source)
      : null;
  };
  const nameType = ({ __typename }: Source): string => __typename;
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const node of definitions)
    if (node.kind === Kind.UNION_TYPE_DEFINITION)
      resolvers[node.name.value] = { __resolveType: nameType };
  for (const [name, type] of types) {
    const isInterface = type.kind === Kind.INTERFACE_TYPE_DEFINITION;
    resolvers[name] = {
      ...(isInterface
        ? { __resolveType: nameType }
        : Object.fromEntries(
            (type.fields ?? []).map((field) => [field.name.value, resolve(name, field)]),
          )),
      ...(has(type, 'key') && { __resolveReference: resolveReference(type) }),
    };
  }
  return resolvers as Resolvers;
}

export const subgraphsOf = (family: Family): Suite['subgraphs'] =>
  Object.fromEntries(
    Object.entries(family.subgraphs).map(([name, typeDefs]) => [
      name,
      { typeDefs, resolvers: resolversOf(family, name) },
    ]),
  );

/** What is true of a field, for one schema over all records. */
export function readTruth({
  roots,
  computed = {},
}: Family): (
  parent: string,
  field: string,
  source: Readonly<Record<string, unknown>> | undefined,
) => unknown {
  return (parent, field, source) => {
    if (parent === 'Query') return roots[field];
    const compute = computed[`${parent}.${field}`];
    return compute ? compute(source ?? {}) : source?.[field];
  };
}
