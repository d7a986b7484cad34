import {
  Kind,
  print,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';
import { isNeverAsked } from '../../engine/documents/decide-conditions.js';
import {
  createField,
  createSelectionSet,
  expandFragments,
  narrowOperation,
  readTopFields,
  type TopField,
} from '../../engine/documents/selection.js';

/** The response keys of an object, each with those of its value. Undefined for a value without fields. */
export type Shape = ReadonlyMap<string, Shape | undefined>;

/** A request of another engine, in the fetches that the hub’s own plans have. */
export interface SplitRequest {
  /** The response keys, in their order. */
  readonly keys: readonly string[];
  /** The text of all its root fields; undefined if it has none. */
  readonly roots: string | undefined;
  /** What its response has of them. */
  readonly shape: Shape;
  /** The selections of entities, each a fetch of its own. */
  readonly entities: readonly EntitiesPart[];
  /** The values that need no partner, by response key. */
  readonly own: ReadonlyMap<string, OwnField>;
}

/** One selection of `_entities`. */
interface EntitiesPart {
  readonly key: string;
  readonly text: string;
  /** What the response has of each entity. */
  readonly shape: Shape;
  /** The argument `representations`. */
  readonly representations: ValueNode;
}

/** `__typename` of the root, or `_service` with these fields, by response key. */
type OwnField = 'typename' | ReadonlyMap<string, 'sdl' | '__typename'>;

/**
 * Splits a valid operation. Its conditions are decided.
 * @param operation one of the document’s operations
 */
export function splitRequest(
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
): SplitRequest {
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const expanded = expandFragments({ kind: Kind.DOCUMENT, definitions: [...fragments, operation] });
  const tops = readAskedFields(expanded);
  const roots: SelectionNode[] = [];
  const entities: EntitiesPart[] = [];
  const own = new Map<string, OwnField>();
  for (const [key, fields] of tops) {
    const name = fields[0]?.field.name.value;
    if (name === '_entities') entities.push(readEntities(expanded, key, fields));
    else if (name === '_service') own.set(key, readService(fields));
    else if (name === '__typename') own.set(key, 'typename');
    else roots.push(...dropSkipped(fields.map(({ selection }) => selection)));
  }
  return {
    keys: [...tops.keys()],
    roots: roots.length > 0 ? print(narrowOperation(expanded, roots).operation) : undefined,
    shape: readShape(roots),
    entities,
    own,
  };
}

function readShape(selections: readonly SelectionNode[]): Shape {
  const tops = readTopFields(createSelectionSet(selections));
  tops.delete(placeholder);
  return new Map(
    [...tops].map(([key, fields]) => {
      const sets = fields.flatMap(({ field }) => field.selectionSet ?? []);
      return [
        key,
        sets.length > 0 ? readShape(sets.flatMap((set) => set.selections)) : undefined,
      ] as const;
    }),
  );
}

/** A value without what the request does not select. */
export function pickShape(value: unknown, shape: Shape | undefined): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => pickShape(item, shape));
  if (!shape || typeof value !== 'object' || value === null) return value;
  const picked: Record<string, unknown> = {};
  for (const [key, inner] of shape) {
    // A fragment may be of another type.
    if (key in value) picked[key] = pickShape((value as typeof picked)[key], inner);
  }
  return picked;
}

/** The root fields, without those that a literal condition skips. */
function readAskedFields({ selectionSet }: OperationDefinitionNode): Map<string, TopField[]> {
  const asked = new Map<string, TopField[]>();
  for (const [key, fields] of readTopFields(selectionSet)) {
    const some = fields.filter(({ selection }) => isAsked(selection));
    if (some.length > 0) asked.set(key, some);
  }
  return asked;
}

/** A root field stands alone inside the fragments around it. */
function isAsked(selection: SelectionNode): boolean {
  if (isNeverAsked(selection.directives)) return false;
  if (selection.kind !== Kind.INLINE_FRAGMENT) return true;
  return selection.selectionSet.selections.every(isAsked);
}

/** The variable of the hub’s own entity fetches. */
const variable = 'representations';

function readEntities(
  operation: OperationDefinitionNode,
  key: string,
  fields: readonly TopField[],
): EntitiesPart {
  const given = fields.flatMap(({ field }) => field.selectionSet?.selections ?? []);
  const asked = dropSkipped(given);
  const selections = asked.length > 0 ? asked : [createField('__typename')];
  const { variables } = narrowOperation(operation, selections);
  const used = operation.variableDefinitions?.filter((one) =>
    variables.includes(one.variable.name.value),
  );
  const definitions = (used ?? []).map((one) => print(one));
  const set = print(createSelectionSet(selections));
  const declared = [`$${variable}: [_Any!]!`, ...definitions].join(', ');
  const representations = fields[0]?.field.arguments?.[0]?.value;
  if (!representations) throw new Error('`_entities` without its argument is not valid.');
  return {
    key,
    text: `query (${declared}) { _entities(representations: $${variable}) ${set} }`,
    shape: readShape(asked),
    representations,
  };
}

/** The response key of what is selected where every field is skipped. The response lacks it. */
const placeholder = 'placeholder__';

/** Selections without what a literal condition skips, at any depth. */
function dropSkipped(selections: readonly SelectionNode[]): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (isNeverAsked(selection.directives)) return [];
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return [selection];
    const inner = dropSkipped(selection.selectionSet.selections);
    if (inner.length === 0 && selection.kind === Kind.INLINE_FRAGMENT) return [];
    const kept = inner.length > 0 ? inner : [createField('__typename', { alias: placeholder })];
    return [{ ...selection, selectionSet: createSelectionSet(kept) }];
  });
}

function readService(fields: readonly TopField[]): OwnField {
  const selections = fields.flatMap(({ field }) => field.selectionSet?.selections ?? []);
  const tops = readTopFields(createSelectionSet(selections));
  return new Map(
    [...tops].flatMap(([key, inner]) =>
      inner.some(({ selection }) => isAsked(selection))
        ? [[key, inner[0]?.field.name.value === 'sdl' ? 'sdl' : '__typename'] as const]
        : [],
    ),
  );
}
