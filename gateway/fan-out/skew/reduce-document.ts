import {
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { createField, createSelectionSet } from '../../engine/documents/selection.js';
import { toDocument, type PartnerDocument } from '../plan/partner-document.js';
import { hiddenTypename } from '../response/hidden-fields.js';
import { findLacking } from './find-lacking.js';
import type { Lacks } from './lacks.js';
import { compileRefill, type Refill } from './refill-response.js';

/** A request without the fields that a partner cannot resolve. */
export interface ReducedDocument {
  /** Undefined if nothing is left to ask. */
  readonly document: PartnerDocument | undefined;
  /** Adds what was left out to the response, as nulls. */
  readonly refill: Refill;
}

/** Undefined if the partner knows all that a document asks for. */
export type Reduce = (variables: Readonly<Record<string, unknown>>) => ReducedDocument | undefined;

const reducers = new WeakMap<PartnerDocument, WeakMap<Lacks, Reduce>>();

/** Reduces a document for a partner that lacks a part of the contract. It is prepared once. */
export function reduceDocument(
  schema: GraphQLSchema,
  document: PartnerDocument,
  lacks: Lacks,
): Reduce {
  let known = reducers.get(document);
  if (!known) reducers.set(document, (known = new WeakMap()));
  let reduce = known.get(lacks);
  if (!reduce) known.set(lacks, (reduce = createReducer(schema, document, lacks)));
  return reduce;
}

function createReducer(schema: GraphQLSchema, document: PartnerDocument, lacks: Lacks): Reduce {
  const operation = readOperation(parse(document.text, { noLocation: true }));
  const { always, byValue } = findLacking(schema, operation, lacks);
  const known = new Map<string, ReducedDocument | undefined>();
  const make = (lacking: ReadonlySet<FieldNode>): ReducedDocument | undefined => {
    const selections = reduceSelections(operation.selectionSet.selections, lacking, lacks);
    const isWhole = lacking.size === 0 && selections === operation.selectionSet.selections;
    if (isWhole) return undefined;
    return {
      document: selections.length > 0 ? toDocument(operation, selections) : undefined,
      refill: compileRefill(schema, operation, lacking),
    };
  };
  return (variables) => {
    const found = byValue.filter(({ isLacking }) => isLacking(variables));
    const key = found.map((one) => byValue.indexOf(one)).join(' ');
    if (!known.has(key))
      known.set(key, make(new Set([...always, ...found.map(({ field }) => field)])));
    return known.get(key);
  };
}

function readOperation({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error('A fetch without an operation.');
  return operation;
}

/** The same list if nothing of it is left out. */
function reduceSelections(
  selections: readonly SelectionNode[],
  lacking: ReadonlySet<FieldNode>,
  lacks: Lacks,
): readonly SelectionNode[] {
  const reduced = selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    if (selection.kind === Kind.FIELD && lacking.has(selection)) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      // The partner has no object of a type that it does not know.
      const condition = selection.typeCondition?.name.value;
      if (condition !== undefined && lacks.has(condition)) return [];
    }
    if (!selection.selectionSet) return [selection];
    const { selections: own } = selection.selectionSet;
    const inner = reduceSelections(own, lacking, lacks);
    if (inner === own) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT && inner.length === 0) return [];
    // An object of which nothing is left is still there or not.
    const kept = inner.length > 0 ? inner : [typeName];
    return [{ ...selection, selectionSet: createSelectionSet(kept) }];
  });
  const isSame =
    reduced.length === selections.length &&
    reduced.every((one, index) => one === selections[index]);
  return isSame ? selections : reduced;
}

const typeName = createField('__typename', { alias: hiddenTypename });
