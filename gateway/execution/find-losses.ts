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
import {
  collectFields,
  readDefinition,
  type FieldShape,
  type Fragments,
  type TypedSet,
} from '../documents/collect-fields.js';
import { isIntrospection } from '../documents/response-names.js';
import type { Loss } from '../routing/operation-record.js';
import type { ErrorHandling } from './compile-completion.js';
import type { Row } from './tree.js';

/** The most losses that are listed. Nobody reads more. */
const mostLosses = 1_000;

/**
 * What happened to a value: it is `null`, or it is `lost` because a value below it is null and must
 * not be.
 */
type Completed = 'value' | 'null' | 'lost';

/**
 * Finds the nulls that are not allowed. The completion itself only notices that there is one,
 * because it has to be fast and this is rarely needed.
 */
export function findLosses(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  tree: Row,
  { propagates }: ErrorHandling,
): Loss[] {
  const root = schema.getRootType(operation.operation);
  if (!root) return [];
  const finder = new LossFinder(schema, fragments, propagates);
  finder.completeObject(root, [{ set: operation.selectionSet, parent: root }], tree, []);
  return finder.losses;
}

type Path = readonly (string | number)[];

class LossFinder {
  readonly losses: Loss[] = [];
  readonly #shapes = new Map<readonly TypedSet[], Map<GraphQLCompositeType, FieldShape[]>>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly fragments: Fragments,
    readonly propagates: boolean,
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
    if (isListType(type)) {
      let completed: Completed = 'value';
      for (const [index, item] of (value as unknown[]).entries())
        if (this.#complete(type.ofType, sets, item, [...path, index], coordinate) === 'lost')
          completed = 'lost';
      return completed;
    }
    if (isEnumType(type)) return type.getValue(String(value)) ? 'value' : 'null';
    if (!isCompositeType(type)) return 'value';
    const row = value as Row;
    const name = isAbstractType(type) ? row.__typename : undefined;
    const own = name === undefined ? type : this.schema.getType(String(name));
    return isCompositeType(own) ? this.completeObject(own, sets, row, path) : 'null';
  }

  #shapesOf(type: GraphQLCompositeType, sets: readonly TypedSet[]): FieldShape[] {
    const known = this.#shapes.get(sets) ?? new Map<GraphQLCompositeType, FieldShape[]>();
    this.#shapes.set(sets, known);
    const shapes = known.get(type) ?? collectFields(this.schema, type, sets, this.fragments);
    known.set(type, shapes);
    return shapes;
  }

  #lose(path: Path, coordinate: string): void {
    if (this.losses.length < mostLosses) this.losses.push({ path, coordinate });
  }
}
