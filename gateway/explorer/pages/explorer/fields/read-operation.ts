import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
} from 'graphql';
import { operationOf, parseOr } from '../state/operations.ts';

/** What the reader has written: an operation, and its variables as JSON. */
export interface Written {
  readonly query: string;
  readonly variables: string;
  readonly operationName?: string | undefined;
}

/** The way to a field by names; `... on Office` leads into one of several types. */
export type FieldPath = readonly string[];

const typeStep = /^\.\.\. on (.*)$/;
export const stepInto = (type: string): string => `... on ${type}`;
/** Names have no spaces but in steps into types, so that this tells paths apart. */
export const pathId = (path: FieldPath): string => path.join('/');

export type Selection = FieldNode | InlineFragmentNode;

function stepOf(node: SelectionSetNode['selections'][number]): string | undefined {
  if (node.kind === Kind.FIELD) return node.name.value;
  return node.kind === Kind.INLINE_FRAGMENT && node.typeCondition
    ? stepInto(node.typeCondition.name.value)
    : undefined;
}

/** The fields of this name in a selection; a field can be there with several aliases. */
export const findAll = (set: SelectionSetNode | undefined, step: string): readonly Selection[] =>
  (set?.selections ?? []).filter(
    (one): one is Selection => one.kind !== Kind.FRAGMENT_SPREAD && stepOf(one) === step,
  );

export const isBlank = (query: string): boolean => query.replaceAll(/#.*/g, '').trim() === '';

/** What an operation selects. Fragments of their own are not looked into: others use them too. */
export interface Ticked {
  readonly kind: 'query' | 'mutation' | undefined;
  readonly ids: ReadonlySet<string>;
}

/** The fields that are written, by their ways. Undefined while the document has an error. */
export function readTicked({ query, operationName }: Written): Ticked | undefined {
  if (isBlank(query)) return { kind: undefined, ids: new Set() };
  const document = parseOr(query);
  if (!document) return undefined;
  const operation = operationOf(document, operationName);
  const ids = new Set<string>();
  const collect = (set: SelectionSetNode | undefined, path: FieldPath): void => {
    for (const one of set?.selections ?? []) {
      const step = stepOf(one);
      if (step === undefined || one.kind === Kind.FRAGMENT_SPREAD) continue;
      ids.add(pathId([...path, step]));
      collect(one.selectionSet, [...path, step]);
    }
  };
  collect(operation?.selectionSet, []);
  const isMutation = operation?.operation === OperationTypeNode.MUTATION;
  return { kind: operation && (isMutation ? 'mutation' : 'query'), ids };
}

export const fieldOf = (
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

/** The type to which a step leads. */
export function typeAfter(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
  step: string,
): GraphQLNamedType | undefined {
  const into = typeStep.exec(step)?.[1];
  if (into !== undefined) return schema.getType(into) ?? undefined;
  const field = fieldOf(type, step);
  return field && getNamedType(field.type);
}
