import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  collectFields,
  readDefinition,
  type FieldShape,
  type TypedSet,
} from '../engine/documents/collect-fields.js';
import { readFragments } from '../engine/documents/read-fragments.js';
import { reserveNames, restoreName, withoutSuffix } from '../engine/documents/response-names.js';
import type { ResponsePath } from '../engine/documents/response-path.js';
import type { LocatedError, PlaceError } from './error-list.js';

type Row = Readonly<Record<string, unknown>>;

/** What a field of a type needs of other subgraphs: the field sets of its `@requires`. */
export type ReadNeeds = (type: string, field: string) => readonly SelectionSetNode[];

interface Executed {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Under the client’s own names. */
  readonly data: unknown;
  /** What the partners gave, under the names of the plan, with more types than the client gets. */
  readonly tree?: unknown;
}

/**
 * Makes a function that finds the places of an error in what the client selected. A plan also
 * fetches what the client did not select: what a selected field requires of another subgraph. An
 * error of such a value is an error of the selected field, if that is null.
 */
export function createErrorPlacer(executed: Executed, needsOf: ReadNeeds): PlaceError {
  const placer = new ErrorPlacer(executed, needsOf);
  return (error) => placer.place(error);
}

/** A type that an object may have, and what is selected on it. */
interface TypedSelection {
  readonly type: GraphQLCompositeType;
  readonly sets: readonly TypedSet[];
}

/** An object on the way to an error. */
interface Level {
  /** How many steps of the path lead to it. */
  readonly depth: number;
  readonly types: readonly TypedSelection[];
  /** What is selected on types that it, or an object above it, could have had and has not. */
  readonly others: readonly TypedSelection[];
  readonly value: unknown;
}

/** What was selected under one response key on one of an object’s types. */
interface Selected {
  readonly type: GraphQLCompositeType;
  readonly shape: FieldShape;
}

class ErrorPlacer {
  readonly #document: DocumentNode;
  readonly #shapes = new Map<readonly TypedSet[], Map<GraphQLCompositeType, FieldShape[]>>();

  constructor(
    readonly executed: Executed,
    readonly needsOf: ReadNeeds,
  ) {
    this.#document = reserveNames(executed.document);
  }

  place({ path, code, fields }: LocatedError): ResponsePath[] {
    if (!fields && this.#isKnownPlace(path)) return [path];
    const { levels, end } = this.#follow(path);
    const isInside = end === path.length;
    if (isInside && !fields) {
      if (levels.at(-1)?.others.length === 0) this.#selected.add(textOf(path));
      return [path];
    }
    const rest = path.slice(end).filter((step) => typeof step === 'string');
    const lacking = fields ? [...fields].map((field) => [...rest, field]) : [rest];
    const found = lacking.map((keys) => this.#findNeedy(levels, path.slice(0, end), keys));
    const places = uniquePaths(found.flatMap(({ empty }) => empty));
    const isOfOthers = lacking.every(
      (keys, index) => !found[index]?.isNeeded && this.#isOfOthers(levels.at(-1), keys),
    );
    if (isInside) {
      const last = levels.at(-1);
      // A list of several partners is only shorter without one of them: it is not null.
      const isSelected = [...(fields ?? [])].some(
        (key) => last && this.#find(last, key).length > 0,
      );
      return isSelected || (places.length === 0 && !isOfOthers) ? [path, ...places] : places;
    }
    if (places.length > 0 || isOfOthers) return places;
    // Nothing that was selected is null. Only a missing partner is still worth knowing.
    const isFilled = found.some(({ isNeeded }) => isNeeded) && !code.startsWith('PARTNER_');
    return isFilled ? [] : [path.slice(0, end)];
  }

  /** The places that were followed to their ends, without the indexes of lists. */
  readonly #selected = new Set<string>();

  /** True for another row of a list in which the place was found. Thousands may be refused. */
  #isKnownPlace(path: ResponsePath): boolean {
    if (!this.#selected.has(textOf(path))) return false;
    let value = this.executed.data;
    for (const step of path) {
      if (typeof value !== 'object' || value === null) return true;
      const key = typeof step === 'number' ? step : restoreName(step);
      if (!Object.hasOwn(value, key)) return false;
      value = (value as Record<string | number, unknown>)[key];
    }
    return true;
  }

  /** Follows a path as far as the client selected it. */
  #follow(path: ResponsePath): { readonly levels: readonly Level[]; readonly end: number } {
    const { schema, data, tree } = this.executed;
    const operation = this.#document.definitions.find(
      (definition): definition is OperationDefinitionNode =>
        definition.kind === Kind.OPERATION_DEFINITION &&
        definition.name?.value === this.executed.operation.name?.value,
    );
    const root = operation && schema.getRootType(operation.operation);
    let types: readonly TypedSelection[] =
      root && operation ? [{ type: root, sets: this.#rootSets(root, operation.selectionSet) }] : [];
    let others: readonly TypedSelection[] = [];
    let value = data;
    let given = tree;
    const levels: Level[] = [];
    for (const [depth, step] of path.entries()) {
      if (typeof step === 'number') {
        value = Array.isArray(value) ? value[step] : undefined;
        given = Array.isArray(given) ? given[step] : undefined;
        continue;
      }
      const level = levelOf(depth, types, others, value, given);
      levels.push(level);
      const selected = this.#find(level, step);
      if (selected.length === 0) return { levels, end: depth };
      types = selected.flatMap((one) => this.#enter(one));
      others = this.#find({ types: level.others }, step).flatMap((one) => this.#enter(one));
      value = readOwn(value, restoreName(step));
      given = readOwn(given, step);
    }
    const last = levelOf(path.length, types, others, value, given);
    return { levels: [...levels, last], end: path.length };
  }

  /** True if a value was fetched for other types alone: plans fetch it for each type of a place. */
  #isOfOthers(level: Level | undefined, keys: readonly string[]): boolean {
    if (!level || level.others.length === 0) return false;
    const others = { ...level, depth: 0, types: level.others, value: undefined };
    const isSelected = this.#find(others, keys[0] ?? '').length > 0;
    return isSelected || this.#findNeedy([others], [], keys).isNeeded;
  }

  readonly #roots = new Map<SelectionSetNode, readonly TypedSet[]>();

  #rootSets(parent: GraphQLObjectType, set: SelectionSetNode): readonly TypedSet[] {
    const known = this.#roots.get(set) ?? [{ set, parent }];
    this.#roots.set(set, known);
    return known;
  }

  /** What the client selected under a response key of the plan, and did not exclude. */
  #find({ types, value }: Pick<Level, 'types'> & Partial<Level>, step: string): Selected[] {
    const key = withoutSuffix(step);
    if (isRow(value) && !Object.hasOwn(value, restoreName(step))) return [];
    return types.flatMap(({ type, sets }) =>
      this.#shapesOf(type, sets)
        .filter((shape) => shape.key === step || shape.key === key)
        .map((shape) => ({ type, shape })),
    );
  }

  #enter({ type, shape }: Selected): TypedSelection[] {
    const inner = getNamedType(readDefinition(type, shape)?.type);
    const { sets } = shape;
    return this.#typesOf(inner).map((possible) => ({ type: possible, sets }));
  }

  #typesOf(type: GraphQLNamedType | undefined): readonly GraphQLCompositeType[] {
    if (!isCompositeType(type)) return [];
    return isAbstractType(type) ? this.executed.schema.getPossibleTypes(type) : [type];
  }

  /**
   * The selected fields that need a value, on the nearest object that has such: the value is below
   * the object at `path`, at these keys.
   */
  #findNeedy(
    levels: readonly Level[],
    path: ResponsePath,
    keys: readonly string[],
  ): { readonly empty: readonly ResponsePath[]; readonly isNeeded: boolean } {
    let isNeeded = false;
    for (const { depth, types, value } of levels.toReversed()) {
      const steps = [...path.slice(depth), ...keys].filter((step) => typeof step === 'string');
      // What a field requires is fetched under its own name, and a client’s alias never is.
      const names = steps.map(withoutSuffix);
      const needy = types.flatMap(({ type, sets }) =>
        this.#shapesOf(type, sets).filter(({ name }) => this.#needs(type, name, names, new Set())),
      );
      isNeeded ||= needy.length > 0;
      const empty = needy.filter(
        ({ key }) =>
          this.#find({ types, value }, key).length > 0 && isNullAt(value, restoreName(key)),
      );
      if (empty.length > 0)
        return { isNeeded, empty: empty.map(({ key }) => [...path.slice(0, depth), key]) };
    }
    return { isNeeded, empty: [] };
  }

  /** Whether a field needs a value, or needs another field of its type that does. */
  #needs(
    type: GraphQLCompositeType,
    field: string,
    names: readonly string[],
    seen: Set<string>,
  ): boolean {
    if (seen.has(field)) return false;
    seen.add(field);
    const interfaces = isObjectType(type) ? type.getInterfaces() : [];
    const sets = [type, ...interfaces].flatMap(({ name }) => this.needsOf(name, field));
    return sets.some(
      (set) =>
        includes(set, names) ||
        fieldsOf(set).some(({ name }) => this.#needs(type, name.value, names, seen)),
    );
  }

  #shapesOf(type: GraphQLCompositeType, sets: readonly TypedSet[]): FieldShape[] {
    const known = this.#shapes.get(sets) ?? new Map<GraphQLCompositeType, FieldShape[]>();
    this.#shapes.set(sets, known);
    const { schema } = this.executed;
    const shapes =
      known.get(type) ?? collectFields(schema, type, sets, readFragments(this.#document));
    known.set(type, shapes);
    return shapes;
  }
}

function levelOf(
  depth: number,
  types: readonly TypedSelection[],
  others: readonly TypedSelection[],
  value: unknown,
  given: unknown,
): Level {
  const named = readOwn(given, '__typename');
  const isNamed = ({ type }: TypedSelection) => type.name === named;
  if (!types.some(isNamed)) return { depth, types, others, value };
  const left = types.filter((one) => !isNamed(one));
  return { depth, types: types.filter(isNamed), others: [...others, ...left], value };
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readOwn = (value: unknown, key: string): unknown =>
  isRow(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** True if the value is null, or its object is. */
const isNullAt = (value: unknown, key: string): boolean =>
  !isRow(value) || (Object.hasOwn(value, key) && value[key] === null);

const fieldsOf = ({ selections }: SelectionSetNode) =>
  selections.flatMap(function read(selection): Extract<typeof selection, { kind: Kind.FIELD }>[] {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT
      ? selection.selectionSet.selections.flatMap(read)
      : [];
  });

/** True if a field set has a value, or a part of it, or what it is a part of. */
function includes(set: SelectionSetNode, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  return fieldsOf(set).some(
    ({ name, selectionSet }) =>
      name.value === first && (!selectionSet || includes(selectionSet, rest)),
  );
}

const textOf = (path: ResponsePath): string =>
  path.filter((step) => typeof step === 'string').join(' ');

const uniquePaths = (paths: readonly ResponsePath[]): ResponsePath[] => [
  ...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
