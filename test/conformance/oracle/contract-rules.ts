import {
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
} from 'graphql';
import type { Contract } from '../../../gateway/registry/contracts.js';

/** Who answers a field, by its contract. */
export interface FieldRule {
  readonly subgraph: string;
  /** What of others the field needs, as a selection. */
  readonly requires: string | undefined;
  /** The argument that names the one partner. */
  readonly route: string | undefined;
  readonly gather:
    | {
        readonly orderBy: readonly string[];
        readonly narrowBy: readonly string[];
        /** The arguments that are refused unless one of `narrowBy` is given. */
        readonly ownerOnly: readonly string[];
        /** Each order that `orderBy` may choose, with its keys, as its cursors have them. */
        readonly orders: readonly (readonly string[])[];
      }
    | undefined;
}

/** What the contracts of a network say, read from their text alone. */
export interface ContractRules {
  /** The subgraph’s own field, if it has one that is not `@external`. */
  fieldOf(subgraph: string, coordinate: string): FieldRule | undefined;
  /** The field of the first subgraph that has it. */
  find(coordinate: string): FieldRule | undefined;
  /** The selection by which a subgraph finds an entity, and its partner. */
  keyOf(subgraph: string, type: string): { readonly key: string; readonly route?: string };
}

type Arguments = Readonly<Record<string, unknown>>;

function readDirective(
  { directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): Arguments | undefined {
  const node = directives.find((directive) => directive.name.value === name);
  return (
    node &&
    Object.fromEntries(
      (node.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]),
    )
  );
}

const toTexts = (value: unknown): string[] => [value ?? []].flat().map(String);

function readField(subgraph: string, node: FieldDefinitionNode): FieldRule {
  const gather = readDirective(node, 'gather');
  return {
    subgraph,
    requires: readDirective(node, 'requires')?.['fields'] as string | undefined,
    route: readDirective(node, 'route')?.['by'] as string | undefined,
    gather: gather && {
      orderBy: toTexts(gather['orderBy']),
      narrowBy: toTexts(gather['narrowBy']),
      ownerOnly: toTexts(gather['ownerOnly']),
      orders: ((gather['orders'] ?? []) as unknown[]).map(toTexts),
    },
  };
}

export function readContractRules(contracts: readonly Contract[]): ContractRules {
  const fields = new Map<string, FieldRule>();
  const keys = new Map<string, { key: string; route?: string }>();
  for (const { name, sdl } of contracts)
    for (const node of parse(sdl).definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION)
        continue;
      const type = node.name.value;
      const key = readDirective(node, 'key')?.['fields'] as string | undefined;
      const route = readDirective(node, 'route')?.['by'] as string | undefined;
      if (key) keys.set(`${name} ${type}`, { key, ...(route && { route }) });
      for (const field of node.fields ?? [])
        if (!readDirective(field, 'external'))
          fields.set(`${name} ${type}.${field.name.value}`, readField(name, field));
    }
  const fieldOf = (subgraph: string, coordinate: string) => fields.get(`${subgraph} ${coordinate}`);
  return {
    fieldOf,
    find: (coordinate) =>
      contracts.map(({ name }) => fieldOf(name, coordinate)).find((rule) => rule !== undefined),
    keyOf: (subgraph, type) => keys.get(`${subgraph} ${type}`) ?? { key: 'id' },
  };
}
