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
import { CodeUnit, quote, readAt, writeObject, type CodeMeter } from '../codegen/code-unit.js';
import {
  collectFields,
  readDefinition,
  type FieldShape,
  type Fragments,
  type TypedSet,
} from '../documents/collect-fields.js';
import { isIntrospection, restoreName } from '../documents/decide-conditions.js';
import type { Row } from './tree.js';

/** What one completion needs besides the tree. */
interface CompletionState {
  /** The results of introspection, by response key. */
  readonly introspection: Row;
  /** Set if a value is null that must not be. `find-losses.ts` then finds which. */
  isLost: boolean;
}

/** How a null is handled that is not allowed. */
export interface ErrorHandling {
  /** It moves up to the next nullable field. If not, it stays where it is. */
  readonly propagates: boolean;
}

/** Completes the tree of one run. Null if a null reached the root. */
export type Complete = (tree: Row, state: CompletionState) => Row | null;

/**
 * Makes a function that takes the client’s selection from the tree, in the client’s order and under
 * the client’s names (the operation itself has reserved names: `../documents/decide-conditions.ts`). A
 * null that is not allowed moves up to the next nullable field, unless the client wants it to stay.
 *
 * The tree was checked against the types of its subgraphs. The types that clients see differ only
 * in that they hide some enum values. So only enums, nulls and missing values are checked here.
 */
export function compileCompletion(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  meter: CodeMeter,
  { propagates }: ErrorHandling,
): Complete {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation}.`);
  const sets = [{ set: operation.selectionSet, parent: root }];
  return compile({ schema, fragments, meter, propagates }, root, sets);
}

interface Source extends ErrorHandling {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly meter: CodeMeter;
}

function compile(source: Source, type: GraphQLCompositeType, sets: readonly TypedSet[]): Complete {
  const writer = new CompletionWriter(source, new CodeUnit(source.meter));
  return writer.unit.build<Complete>(writer.writeObject(type, sets));
}

/** The code for a null that has to move up. */
const lose = '{s.isLost=true;return null}';

class CompletionWriter {
  constructor(
    readonly source: Source,
    readonly unit: CodeUnit,
  ) {}

  /**
   * The name of a function that completes an object of this type. For an abstract type, the
   * object’s own type decides.
   */
  writeObject(type: GraphQLCompositeType, sets: readonly TypedSet[]): string {
    const { schema, fragments } = this.source;
    const shapes = collectFields(schema, type, sets, fragments);
    const lines: string[] = [];
    const entries: [string, string][] = [];
    for (const shape of shapes)
      entries.push([restoreName(shape.key), this.#writeField(type, shape, lines)]);
    return this.unit.addFunction(['v', 's'], `${lines.join('')}return ${writeObject(entries)}`);
  }

  #writeField(type: GraphQLCompositeType, shape: FieldShape, lines: string[]): string {
    const { key, name, sets } = shape;
    if (name === '__typename') return this.#writeTypename(type, key, lines);
    const value = this.unit.createName('x');
    if (isIntrospection(name)) return readAt('s.introspection', key);
    lines.push(`let ${value}=${readAt('v', key)};`);
    const definition = readDefinition(type, shape);
    if (!definition) throw new Error(`${type.name} has no field ${name}.`);
    this.#writeValue(definition.type, sets, value, lines);
    return value;
  }

  #writeTypename(type: GraphQLCompositeType, key: string, lines: string[]): string {
    if (isObjectType(type)) return quote(type.name);
    // Without a known object type, nothing can be selected.
    const { schema } = this.source;
    const isObjectName = (name: unknown) =>
      typeof name === 'string' && isObjectType(schema.getType(name));
    const value = readAt('v', key);
    lines.push(`if(!${this.unit.addConstant(isObjectName)}(${value}))${lose}`);
    return value;
  }

  /**
   * Writes the code that completes the value in its variable, or returns if a null has to move up.
   */
  #writeValue(
    type: GraphQLOutputType,
    sets: readonly TypedSet[],
    value: string,
    lines: string[],
  ): void {
    const nullable = isNonNullType(type) ? type.ofType : type;
    const completed = this.#writeNullable(nullable, sets, value);
    if (completed === value) lines.push(`if(${value}===undefined)${value}=null;`);
    else lines.push(`${value}=${value}===undefined||${value}===null?null:${completed};`);
    const { propagates } = this.source;
    if (isNonNullType(type))
      lines.push(`if(${value}===null)${propagates ? lose : 's.isLost=true;'}`);
  }

  /** The code for a value that is not null. */
  #writeNullable(type: GraphQLOutputType, sets: readonly TypedSet[], value: string): string {
    if (isListType(type)) {
      const lines: string[] = [];
      this.#writeValue(type.ofType, sets, 'x', lines);
      if (!this.#isLookedAt(type.ofType)) return value;
      const list = this.unit.addFunction(
        ['v', 's'],
        `const r=[];for(let i=0;i<v.length;i++){let x=v[i];${lines.join('')}r.push(x)}return r`,
      );
      return `${list}(${value},s)`;
    }
    if (isCompositeType(type)) return `${this.#writeComposite(type, sets)}(${value},s)`;
    if (isEnumType(type)) {
      const names = new Set<unknown>(type.getValues().map(({ name }) => name));
      return `(${this.unit.addConstant(names)}.has(${value})?${value}:null)`;
    }
    return value;
  }

  /** False for values that are copied unchanged. */
  #isLookedAt(type: GraphQLOutputType): boolean {
    if (isNonNullType(type) || isListType(type)) return this.#isLookedAt(type.ofType);
    return isCompositeType(type) || isEnumType(type);
  }

  #writeComposite(type: GraphQLCompositeType, sets: readonly TypedSet[]): string {
    if (!isAbstractType(type)) return this.writeObject(type, sets);
    const { source } = this;
    const known = new Map<unknown, Complete>();
    const complete: Complete = (value, state) => {
      const { __typename: name } = value;
      let own = known.get(name);
      if (!own) {
        const runtimeType = name === undefined ? type : source.schema.getType(String(name));
        // The type is hidden from clients.
        if (!isCompositeType(runtimeType)) return null;
        own = compile(source, runtimeType, sets);
        known.set(name, own);
      }
      return own(value, state);
    };
    return this.unit.addConstant(complete);
  }
}
