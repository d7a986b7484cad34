import {
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Loss } from '../../fan-out/error-list.js';
import {
  collectFields,
  readDefinition,
  type FieldShape,
  type Fragments,
  type TypedSet,
} from '../documents/collect-fields.js';
import { isIntrospection } from '../documents/response-names.js';
import type { ErrorHandling } from './compile-completion.js';
import type { Row } from './tree.js';

/** The most losses that are listed. Nobody reads more. */
const mostLosses = 1_000;

/**
 * What happened to a value: it is `null`, or it is `lost` because a value below it is null and must
 * not be.
 */
type Completed = 'value' | 'null' | 'lost';

/** Rows of a list that cannot be there, by their index. */
interface LeftOut {
  readonly list: unknown[];
  readonly path: Path;
  readonly rows: ReadonlySet<number>;
}

interface Found {
  readonly losses: readonly Loss[];
  /** Inner lists come first. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Finds the nulls that are not allowed. The completion itself only notices that there is one,
 * because it has to be fast and this is rarely needed.
 *
 * A null at one of the `cut` paths stands for a record that does not exist. It moves up to the next
 * nullable field, but costs no more than the row of a list that it is in.
 */
export function findLosses(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  tree: Row,
  { propagates }: ErrorHandling,
  cut: readonly Path[] = [],
): Found {
  const root = schema.getRootType(operation.operation);
  if (!root) return { losses: [], leftOut: [] };
  const finder = new LossFinder(schema, fragments, propagates, new Set(cut.map(textOf)));
  finder.completeObject(root, [{ set: operation.selectionSet, parent: root }], tree, []);
  return finder;
}

const textOf = (path: Path): string => JSON.stringify(path);

type Path = readonly (string | number)[];

class LossFinder {
  readonly losses: Loss[] = [];
  readonly leftOut: LeftOut[] = [];
  #cutLosses = 0;
  readonly #shapes = new Map<readonly TypedSet[], Map<GraphQLCompositeType, FieldShape[]>>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly fragments: Fragments,
    readonly propagates: boolean,
    readonly cut: ReadonlySet<string>,
  ) {}

  completeObject(
    type: GraphQLCompositeType,
    sets: readonly TypedSet[],
    row: Row,
    path: Path,
  ): Completed {
    for (const shape of this.#shapesOf(type, sets)) {
      const { key, name } = shape;
      if (isIntrospection(name)) continue;
      const value = Object.hasOwn(row, key) ? row[key] : undefined;
      const here = [...path, key];
      if (name === '__typename') {
        const isKnown = isObjectType(type) || isObjectType(this.schema.getType(String(value)));
        if (isKnown) continue;
        this.#lose(here, `${type.name}.__typename`);
        return 'lost';
      }
      const definition = readDefinition(type, shape);
      const own = shape.sets;
      if (!definition) continue;
      const { type: fieldType } = definition;
      const completed = this.#complete(fieldType, own, value, here, `${type.name}.${name}`);
      if (completed === 'lost' && this.propagates) return 'lost';
    }
    return 'value';
  }

  /** Returns `lost` only if a null has to move further up. */
  #complete(
    type: GraphQLOutputType,
    sets: readonly TypedSet[],
    value: unknown,
    path: Path,
    coordinate: string,
  ): Completed {
    if (isNonNullType(type)) {
      const inner = this.#completeNullable(type.ofType, sets, value, path, coordinate);
      if (inner === 'null') this.#lose(path, coordinate);
      return inner === 'value' ? 'value' : 'lost';
    }
    const own = this.#completeNullable(type, sets, value, path, coordinate);
    return own === 'value' ? 'value' : 'null';
  }

  #completeNullable(
    type: GraphQLOutputType,
    sets: readonly TypedSet[],
    value: unknown,
    path: Path,
    coordinate: string,
  ): Completed {
    if (value === null || value === undefined) return 'null';
    if (isListType(type))
      return this.#completeList(type.ofType, sets, value as unknown[], path, coordinate);
    if (isEnumType(type)) return type.getValue(String(value)) ? 'value' : 'null';
    if (!isCompositeType(type)) return 'value';
    const row = value as Row;
    const name = isAbstractType(type) ? row.__typename : undefined;
    const own = name === undefined ? type : this.schema.getType(String(name));
    return isCompositeType(own) ? this.completeObject(own, sets, row, path) : 'null';
  }

  #completeList(
    type: GraphQLOutputType,
    sets: readonly TypedSet[],
    list: unknown[],
    path: Path,
    coordinate: string,
  ): Completed {
    let completed: Completed = 'value';
    const rows = new Set<number>();
    for (const [index, item] of list.entries()) {
      const before = this.#cutLosses;
      if (this.#complete(type, sets, item, [...path, index], coordinate) !== 'lost') continue;
      if (this.#cutLosses > before) rows.add(index);
      else completed = 'lost';
    }
    if (rows.size > 0) this.leftOut.push({ list, path, rows });
    return completed;
  }

  #shapesOf(type: GraphQLCompositeType, sets: readonly TypedSet[]): FieldShape[] {
    const known = this.#shapes.get(sets) ?? new Map<GraphQLCompositeType, FieldShape[]>();
    this.#shapes.set(sets, known);
    const shapes = known.get(type) ?? collectFields(this.schema, type, sets, this.fragments);
    known.set(type, shapes);
    return shapes;
  }

  #lose(path: Path, coordinate: string): void {
    if (this.cut.size > 0 && this.cut.has(textOf(path))) this.#cutLosses += 1;
    if (this.losses.length < mostLosses) this.losses.push({ path, coordinate });
  }
}
