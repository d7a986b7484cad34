import {
  getNullableType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import {
  collectFields,
  type FieldShape,
  type TypedSet,
} from '../../engine/documents/collect-fields.js';
import type { ResponsePath } from '../../engine/documents/response-path.js';
import { responseKeyOf } from '../../engine/documents/selection.js';
import { hiddenTypename } from '../response/hidden-fields.js';

type Row = Readonly<Record<string, unknown>>;

/** A response with nulls for what its partner lacks, and the paths of these nulls. */
interface Refilled {
  readonly data: Row | null;
  readonly paths: readonly ResponsePath[];
}

/** Adds what was left out of a request to its response, as nulls. */
export type Refill = (data: Row | null) => Refilled;

/** @param lacking the fields that were left out of the request */
export function compileRefill(
  schema: GraphQLSchema,
  { operation, selectionSet }: OperationDefinitionNode,
  lacking: ReadonlySet<FieldNode>,
): Refill {
  const isMutation = operation === OperationTypeNode.MUTATION;
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error(`The schema has no ${operation}.`);
  const writer = new NullWriter(schema, new Set([...lacking].map(responseKeyOf)));
  const sets = [{ set: selectionSet, parent: root }];
  return (data) => {
    const paths: ResponsePath[] = [];
    const filled = data && writer.refill(root, sets, data, [], paths);
    return { data: filled as Row | null, paths };
  };
}

/** A null is where the schema allows none, so what is around it becomes null, as in GraphQL. */
const lost = Symbol('lost');

class NullWriter {
  readonly #shapes = new WeakMap<readonly TypedSet[], Map<GraphQLObjectType, FieldShape[]>>();

  constructor(
    private readonly schema: GraphQLSchema,
    /** The response keys of the fields that were left out. */
    private readonly keys: ReadonlySet<string>,
  ) {}

  /** @param paths gets the path of each null that is added */
  refill(
    type: GraphQLOutputType,
    sets: readonly TypedSet[],
    value: unknown,
    path: ResponsePath,
    paths: ResponsePath[],
  ): unknown {
    const filled = this.#refillNullable(getNullableType(type), sets, value, path, paths);
    if (filled !== lost || isNonNullType(type)) return filled;
    paths.push(path);
    return null;
  }

  #refillNullable(
    type: GraphQLOutputType,
    sets: readonly TypedSet[],
    value: unknown,
    path: ResponsePath,
    paths: ResponsePath[],
  ): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (isListType(type)) {
      if (!Array.isArray(value)) return value;
      const items = value.map((item: unknown, index) =>
        this.refill(type.ofType as GraphQLOutputType, sets, item, [...path, index], paths),
      );
      return items.includes(lost) ? lost : items;
    }
    if (!isCompositeType(type)) return value;
    return this.#refillObject(type, sets, value as Row, path, paths);
  }

  #refillObject(
    type: GraphQLCompositeType,
    sets: readonly TypedSet[],
    row: Row,
    path: ResponsePath,
    paths: ResponsePath[],
  ): unknown {
    const name = isObjectType(type) ? type.name : (row[hiddenTypename] ?? row.__typename);
    const own = this.schema.getType(String(name));
    // The check of the response refuses it.
    if (!isObjectType(own)) return row;
    const filled: Record<string, unknown> = { ...row };
    for (const { key, name: field, sets: inner } of this.#shapesOf(own, sets)) {
      const definition = own.getFields()[field];
      if (!definition) continue;
      const isLeftOut = row[key] === undefined && this.keys.has(key);
      const place = [...path, key];
      const value = isLeftOut ? this.#lose(definition.type, place, paths) : row[key];
      filled[key] =
        inner.length > 0 && !isLeftOut
          ? this.refill(definition.type, inner, value, place, paths)
          : value;
      if (filled[key] === lost) return lost;
    }
    return filled;
  }

  #lose(type: GraphQLOutputType, path: ResponsePath, paths: ResponsePath[]): unknown {
    if (isNonNullType(type)) return lost;
    paths.push(path);
    return null;
  }

  #shapesOf(type: GraphQLObjectType, sets: readonly TypedSet[]): FieldShape[] {
    let byType = this.#shapes.get(sets);
    if (!byType) this.#shapes.set(sets, (byType = new Map()));
    let shapes = byType.get(type);
    if (!shapes) byType.set(type, (shapes = collectFields(this.schema, type, sets)));
    return shapes;
  }
}
