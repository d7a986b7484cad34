import {
  isCompositeType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CodeMeter } from '../../engine/codegen/code-unit.js';
import {
  createSelectionSet,
  readTopFields,
  responseKeyOf,
  type TopField,
} from '../../engine/documents/selection.js';
import { noSlices, placeBelow, sliceKey, type Slices } from '../../engine/documents/slices.js';
import { unsliced, type Slicing } from '../../engine/json/compile-parser.js';
import { compileKeyCheck, type KeyCheck } from '../response/compile-key-check.js';
import {
  compileProjection,
  isInterfaceObject,
  type ProjectObject,
} from '../response/compile-projection.js';
import { createMergePlan, type MergePlan } from '../response/merge-plan.js';
import type { RouteRule } from '../rules/fan-out-rules.js';
import { readKeys as readEntityKeys, type SubgraphModel } from '../rules/subgraph-model.js';
import { memoize, toDocument, type PartnerDocument } from './partner-document.js';
import { prepareSelections } from './prepare-selections.js';

type Row = Readonly<Record<string, unknown>>;

export interface EntityTypePlan {
  readonly type: GraphQLNamedType;
  readonly keyCheck: KeyCheck;
  readonly route?: RouteRule;
  /** The gathered fields by response key. Undefined if the type has none. */
  readonly gathered?: ReadonlyMap<string, MergePlan>;
  readonly tops: ReadonlyMap<string, readonly TopField[]>;
  /** The selections for this type, with those of the key check. */
  readonly sets: readonly SelectionSetNode[];
  readonly project: ProjectObject;
}

/** How the representations of an entity fetch are fanned out. */
export interface EntitiesPlan {
  readonly kind: 'entities';
  readonly slicing: Slicing;
  /** The response keys that an entity may have. */
  readonly keys: readonly string[];
  /**
   * The plan of one type. It is made for the first representation with these fields, which shows
   * the key.
   */
  typePlan(representation: Row): EntityTypePlan | undefined;
  /** The document for representations of these types. */
  documentFor(types: readonly EntityTypePlan[]): PartnerDocument;
}

/** Plans an entity fetch. */
export function planEntities(
  model: SubgraphModel,
  operation: OperationDefinitionNode,
  { field, selection }: TopField,
  meter?: CodeMeter,
  given = unsliced,
): EntitiesPlan {
  const set = field.selectionSet ?? createSelectionSet([]);
  const sole = readSoleType(set);
  const slicing = sole === undefined ? unsliced : given;
  const ofDocument = { ...slicing, slices: placeInEntities(slicing) };
  const makeTypePlan = (representation: Row) => {
    const type = model.schema.getType(String(representation.__typename));
    return isCompositeType(type)
      ? planEntityType(model, set, type, representation, {
          meter,
          slices: type.name === sole ? slicing.slices : noSlices,
        })
      : undefined;
  };
  const union = model.schema.getType('_Entity');
  const prepared = isCompositeType(union) ? prepareSelections(model, set, union) : set;
  return {
    kind: 'entities',
    slicing,
    keys: [
      ...new Set(['__typename', ...readKeys(set)]),
      ...(slicing.slices.get('')?.slices ?? []).map(sliceKey),
    ],
    typePlan: memoizeByShape(makeTypePlan),
    documentFor: memoize(
      (types: readonly EntityTypePlan[]) => {
        const entities = {
          ...field,
          selectionSet: createSelectionSet([
            ...prepared.selections,
            ...types.flatMap(({ keyCheck }) => keyCheck.selection ?? []),
          ]),
        };
        const isOfSole = types.every(({ type }) => type.name === sole);
        return toDocument(
          operation,
          [replaceField(selection, entities)],
          meter,
          isOfSole ? ofDocument : unsliced,
        );
      },
      (types) => types.map(({ keyCheck }) => keyCheck.name).join(' '),
    ),
  };
}

/** The only type that the selection is for. Undefined if there are several. */
function readSoleType({ selections }: SelectionSetNode): string | undefined {
  const names = new Set(
    selections.flatMap((selection) =>
      selection.kind === 'InlineFragment' ? [selection.typeCondition?.name.value] : [],
    ),
  );
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

/** In the response, entities are below the field that lists them. */
const placeInEntities = ({ slices }: Slicing): Slicing['slices'] =>
  new Map([...slices].map(([place, own]) => [placeBelow('_entities', place), own]));

/** All response keys at the top of a selection set, with those inside fragments. */
function readKeys(set: SelectionSetNode): string[] {
  return set.selections.flatMap((selection) =>
    selection.kind === 'Field'
      ? [responseKeyOf(selection)]
      : selection.kind === 'InlineFragment'
        ? readKeys(selection.selectionSet)
        : [],
  );
}

/** More shapes than the representations of one fetch can have. */
const mostShapes = 1_000;

/**
 * Makes one plan for each type and set of fields. Most of a thousand representations have the same
 * shape.
 */
function memoizeByShape<Plan>(make: (representation: Row) => Plan): (representation: Row) => Plan {
  const known = new Map<unknown, { readonly names: readonly string[]; readonly plan: Plan }[]>();
  return (representation) => {
    const { __typename } = representation;
    const plans = known.get(__typename) ?? [];
    let found = plans.find(({ names }) => isOfShape(representation, names));
    if (!found) {
      found = { names: Object.keys(representation), plan: make(representation) };
      if (plans.length < mostShapes) plans.push(found);
      if (known.size < mostShapes) known.set(__typename, plans);
    }
    return found.plan;
  };
}

function isOfShape(representation: Row, names: readonly string[]): boolean {
  let count = 0;
  for (const _ in representation) count += 1;
  return count === names.length && names.every((name) => Object.hasOwn(representation, name));
}

/** Replaces the field in a selection, and keeps the fragments around it. */
function replaceField(selection: SelectionNode, field: TopField['field']): SelectionNode {
  if (selection.kind !== 'InlineFragment') return field;
  const [inner] = selection.selectionSet.selections;
  const selections = inner ? [replaceField(inner, field)] : [];
  return { ...selection, selectionSet: createSelectionSet(selections) };
}

function planEntityType(
  model: SubgraphModel,
  set: SelectionSetNode,
  type: GraphQLCompositeType,
  representation: Row,
  { meter, slices }: { readonly meter: CodeMeter | undefined; readonly slices: Slices },
): EntityTypePlan {
  const keys = model.isContracted ? readEntityKeys(type) : [];
  const keyCheck = compileKeyCheck(type, keys, representation);
  const union = model.schema.getType('_Entity');
  const prepared = isCompositeType(union) ? prepareSelections(model, set, union) : set;
  const sets = [prepared, createSelectionSet(keyCheck.selection ? [keyCheck.selection] : [])];
  const tops = readTopFields(selectionsOn(model, set, type));
  const rules = [...(model.rules?.gatheredFields ?? [])].filter(([coordinate]) =>
    coordinate.startsWith(`${type.name}.`),
  );
  const gathered = rules.length > 0 ? new Map<string, MergePlan>() : undefined;
  for (const [key, fieldTops] of tops) {
    const name = fieldTops[0]?.field.name.value ?? key;
    const rule = model.rules?.gatheredFields.get(`${type.name}.${name}`);
    const definition = isObjectType(type) ? type.getFields()[name] : undefined;
    if (rule && definition) gathered?.set(key, createMergePlan(rule, definition, fieldTops));
  }
  return {
    type,
    keyCheck,
    route: model.rules?.routedTypes.get(type.name),
    gathered,
    tops,
    sets,
    project: compileProjection(
      model.schema,
      type,
      [isObjectType(type) ? selectionsOn(model, prepared, type) : prepared],
      meter,
      { isContracted: model.isContracted, slices },
    ),
  };
}

/**
 * The selections that apply to a type: its own fields and fragments, and those on its interfaces.
 */
function selectionsOn(
  model: SubgraphModel,
  set: SelectionSetNode,
  type: GraphQLNamedType,
): SelectionSetNode {
  const concerns = (name: string | undefined): boolean => {
    if (name === undefined || name === type.name) return true;
    const condition = model.schema.getType(name);
    return (
      isCompositeType(condition) &&
      !isObjectType(condition) &&
      isObjectType(type) &&
      model.schema.isSubType(condition, type)
    );
  };
  return createSelectionSet(
    set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind !== 'InlineFragment')
        return isUntrueType(selection, type) ? [] : [selection];
      if (!concerns(selection.typeCondition?.name.value)) return [];
      return [{ ...selection, selectionSet: selectionsOn(model, selection.selectionSet, type) }];
    }),
  );
}

/**
 * The type of an entity is known. If a type is an object type only in this subgraph
 * (`@interfaceObject`), the engine still selects `__typename` here. It would get the name of the
 * interface, and then match none of the fragments.
 */
const isUntrueType = (selection: SelectionNode, type: GraphQLNamedType): boolean =>
  isObjectType(type) &&
  isInterfaceObject(type) &&
  selection.kind === 'Field' &&
  responseKeyOf(selection) === '__typename';
