import {
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  valueFromASTUntyped,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { compileEcho, type Echo } from './echo.js';
import type { ConnectionPart, JoinPlan } from './join.js';
import { prepareSelections } from './prepare.js';
import { compileProjection } from './project.js';
import {
  createSelectionSet,
  expandFragments,
  narrowOperation,
  readInnerFields,
  readTopFields,
  type TopField,
} from './selection.js';
import type { GatherRule, RouteRule } from './spread-rules.js';
import { readKeys, type SubgraphModel } from './subgraph-model.js';

/** A document for a partner, with the names of the variables that it uses. */
export interface PartnerDocument {
  /** Without a name, since operations of several names share a plan; see {@link nameOperation}. */
  readonly text: string;
  readonly variables: readonly string[];
}

export interface RootFieldPlan {
  readonly key: string;
  readonly tops: readonly TopField[];
  readonly definition: GraphQLField<unknown, unknown> | undefined;
  readonly route?: RouteRule;
  readonly gather?: JoinPlan;
}

/** How the root fields of a fetch are spread, each for itself. */
export interface RootsPlan {
  readonly kind: 'roots';
  readonly isMutation: boolean;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly fields: readonly RootFieldPlan[];
  readonly project: ReturnType<typeof compileProjection>;
  readonly selectionSet: SelectionSetNode;
  readonly type: GraphQLObjectType;
  /** The document that asks for these response keys. */
  documentFor(keys: readonly string[]): PartnerDocument;
}

export interface EntityTypePlan {
  readonly type: GraphQLNamedType;
  readonly echo: Echo;
  readonly route?: RouteRule;
  /** The gathered fields by response key; undefined where the type has none at all. */
  readonly gathered?: ReadonlyMap<string, JoinPlan>;
  readonly tops: ReadonlyMap<string, readonly TopField[]>;
  readonly sets: readonly SelectionSetNode[];
  readonly project: ReturnType<typeof compileProjection>;
}

/** How the representations of an entity fetch are spread. */
export interface EntitiesPlan {
  readonly kind: 'entities';
  readonly defaults: Readonly<Record<string, unknown>>;
  /** The plan of one type, made when its first representation shows which key it comes with. */
  typePlan(representation: Readonly<Record<string, unknown>>): EntityTypePlan | undefined;
  /** The document for representations of these types. */
  documentFor(types: readonly EntityTypePlan[]): PartnerDocument;
}

export type SpreadPlan = RootsPlan | EntitiesPlan;

/** The text of a fetch without the name of its operation: the same for all that ask the same. */
export const unnameOperation = (text: string): string =>
  text.replace(/^\s*(query|mutation)\s+[_A-Za-z]\w*/, '$1 ');

/** The text of an operation under a name. */
export function nameOperation(text: string, name: string | undefined): string {
  if (name === undefined) return text;
  return text.startsWith('{')
    ? `query ${name} ${text}`
    : text.replace(/^(query|mutation) ?/, `$1 ${name} `);
}

/** Makes the spread plan of a fetch: once for each fetch text. */
export function createSpreadPlan(model: SubgraphModel, fetchText: string): SpreadPlan {
  const operation = expandFragments(parse(fetchText, { noLocation: true }));
  const tops = readTopFields(operation.selectionSet);
  const entities = tops.get('_entities')?.[0];
  return entities ? planEntities(model, operation, entities) : planRoots(model, operation, tops);
}

function toDocument(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): PartnerDocument {
  const narrowed = narrowOperation(operation, selections);
  return {
    text: print(narrowed.operation),
    variables: narrowed.variables,
  };
}

function readDefaults(operation: OperationDefinitionNode): Readonly<Record<string, unknown>> {
  const withDefaults =
    operation.variableDefinitions?.filter(({ defaultValue }) => defaultValue) ?? [];
  return Object.fromEntries(
    withDefaults.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}

function remember<Key, Value>(
  make: (key: Key) => Value,
  nameOf: (key: Key) => string,
): (key: Key) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const name = nameOf(key);
    let value = known.get(name);
    if (value === undefined) {
      value = make(key);
      known.set(name, value);
    }
    return value;
  };
}

function planRoots(
  model: SubgraphModel,
  operation: OperationDefinitionNode,
  tops: ReadonlyMap<string, readonly TopField[]>,
): RootsPlan {
  const isMutation = operation.operation === 'mutation';
  const type = isMutation ? model.schema.getMutationType() : model.schema.getQueryType();
  if (!type) throw new Error(`${model.name} has no ${operation.operation}.`);
  const prepared = prepareSelections(model, operation.selectionSet, type);
  const preparedTops = readTopFields(prepared);
  const fields = [...tops].map(([key, fieldTops]): RootFieldPlan => {
    const name = fieldTops[0]?.field.name.value ?? key;
    const coordinate = `${type.name}.${name}`;
    const definition = type.getFields()[name];
    const rule = model.rules?.gatheredFields.get(coordinate);
    return {
      key,
      tops: fieldTops,
      definition,
      route: model.rules?.routedFields.get(coordinate),
      gather: rule && definition && createJoinPlan(rule, definition, fieldTops),
    };
  });
  return {
    kind: 'roots',
    isMutation,
    defaults: readDefaults(operation),
    fields,
    type,
    selectionSet: operation.selectionSet,
    project: compileProjection(model.schema, type, [prepared]),
    documentFor: remember(
      (keys: readonly string[]) =>
        toDocument(
          operation,
          keys.flatMap((key) => (preparedTops.get(key) ?? []).map(({ selection }) => selection)),
        ),
      (keys) => keys.join(' '),
    ),
  };
}

function createJoinPlan(
  rule: GatherRule,
  definition: GraphQLField<unknown, unknown>,
  tops: readonly TopField[],
): JoinPlan {
  const type = getNamedType(definition.type);
  if (rule.join !== 'connection' || !isObjectType(type)) {
    return { rule, typeName: type.name, parts: [], countsAtLeast: new Set() };
  }
  const parts = [...readInnerFields(tops)].map(([key, partTops]): ConnectionPart => {
    const name = partTops[0]?.field.name.value ?? key;
    const part = type.getFields()[name];
    return { key, name, typeName: part ? getNamedType(part.type).name : '', tops: partTops };
  });
  const counts = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return {
    rule,
    typeName: type.name,
    parts,
    countsAtLeast: new Set(counts.map(({ name }) => name)),
  };
}

function planEntities(
  model: SubgraphModel,
  operation: OperationDefinitionNode,
  { field, selection }: TopField,
): EntitiesPlan {
  const set = field.selectionSet ?? createSelectionSet([]);
  const makeTypePlan = (representation: Readonly<Record<string, unknown>>) => {
    const type = model.schema.getType(String(representation.__typename));
    return isCompositeType(type) ? planEntityType(model, set, type, representation) : undefined;
  };
  const shapeOf = (representation: Readonly<Record<string, unknown>>) =>
    `${String(representation.__typename)} ${Object.keys(representation).toSorted().join(' ')}`;
  const union = model.schema.getType('_Entity');
  const prepared = isCompositeType(union) ? prepareSelections(model, set, union) : set;
  return {
    kind: 'entities',
    defaults: readDefaults(operation),
    typePlan: remember(makeTypePlan, shapeOf),
    documentFor: remember(
      (types: readonly EntityTypePlan[]) => {
        const entities = {
          ...field,
          selectionSet: createSelectionSet([
            ...prepared.selections,
            ...types.flatMap(({ echo }) => echo.selection ?? []),
          ]),
        };
        return toDocument(operation, [replaceField(selection, entities)]);
      },
      (types) => types.map(({ echo }) => echo.name).join(' '),
    ),
  };
}

/** The selection with this field in the place of its own, within whatever fragments stand around it. */
function replaceField(selection: SelectionNode, field: TopField['field']): SelectionNode {
  if (selection.kind !== 'InlineFragment') return field;
  const [inner] = selection.selectionSet.selections;
  const selections = inner ? [replaceField(inner, field)] : [];
  return { ...selection, selectionSet: createSelectionSet(selections) };
}

function planEntityType(
  model: SubgraphModel,
  set: SelectionSetNode,
  type: ReturnType<typeof getNamedType> & Parameters<typeof compileProjection>[1],
  representation: Readonly<Record<string, unknown>>,
): EntityTypePlan {
  const keys = model.isContracted ? readKeys(type) : [];
  const echo = compileEcho(type, keys, representation);
  const union = model.schema.getType('_Entity');
  const prepared = isCompositeType(union) ? prepareSelections(model, set, union) : set;
  const sets = [prepared, createSelectionSet(echo.selection ? [echo.selection] : [])];
  const tops = readTopFields(selectionsOn(model, set, type));
  const rules = [...(model.rules?.gatheredFields ?? [])].filter(([coordinate]) =>
    coordinate.startsWith(`${type.name}.`),
  );
  const gathered = rules.length > 0 ? new Map<string, JoinPlan>() : undefined;
  for (const [key, fieldTops] of tops) {
    const name = fieldTops[0]?.field.name.value ?? key;
    const rule = model.rules?.gatheredFields.get(`${type.name}.${name}`);
    const definition = isObjectType(type) ? type.getFields()[name] : undefined;
    if (rule && definition) gathered?.set(key, createJoinPlan(rule, definition, fieldTops));
  }
  return {
    type,
    echo,
    route: model.rules?.routedTypes.get(type.name),
    gathered,
    tops,
    sets,
    project: compileProjection(model.schema, type, sets),
  };
}

/** The selections of a set that concern a type: its own fragments, and those of what it implements. */
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
      if (selection.kind !== 'InlineFragment') return [selection];
      if (!concerns(selection.typeCondition?.name.value)) return [];
      return [{ ...selection, selectionSet: selectionsOn(model, selection.selectionSet, type) }];
    }),
  );
}
