import {
  Kind,
  print,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';
import { isNeverAsked } from '../documents/decide-conditions.js';
import {
  createField,
  createSelectionSet,
  expandFragments,
  narrowOperation,
  readTopFields,
  type TopField,
} from '../documents/selection.js';

/** A request of another engine, in the fetches that the hub’s own plans have. */
export interface SplitRequest {
  /** The response keys, in their order. */
  readonly keys: readonly string[];
  /** The text of all its root fields; undefined if it has none. */
  readonly roots: string | undefined;
  /** The selections of entities, each a fetch of its own. */
  readonly entities: readonly EntitiesPart[];
  /** The values that need no partner, by response key. */
  readonly own: ReadonlyMap<string, OwnField>;
}

/** One selection of `_entities`. */
interface EntitiesPart {
  readonly key: string;
  readonly text: string;
  /** Whether the request selects `__typename`, which the hub’s entities always have. */
  readonly isTyped: boolean;
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
    else roots.push(...fields.map(({ selection }) => selection));
  }
  return {
    keys: [...tops.keys()],
    roots: roots.length > 0 ? print(narrowOperation(expanded, roots).operation) : undefined,
    entities,
    own,
  };
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
    isTyped: readTopFields(createSelectionSet(asked)).has('__typename'),
    representations,
  };
}

/** The fields of an entity, without those that a literal condition skips. */
function dropSkipped(selections: readonly SelectionNode[]): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (isNeverAsked(selection.directives)) return [];
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
    const inner = dropSkipped(selection.selectionSet.selections);
    return inner.length > 0 ? [{ ...selection, selectionSet: createSelectionSet(inner) }] : [];
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
