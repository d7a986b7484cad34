import { WrittenData } from '@hub/shared/graphql';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
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
import { isIntrospection, restoreName } from '../documents/response-names.js';
import { noSlices, placeBelow, sliceKey, type Slices } from '../documents/slices.js';
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
 * The same as JSON, of a tree with slices: as the text of {@link WrittenData}. It has no meaning if
 * the completion is lost.
 */
type Write = (tree: Row, state: CompletionState) => string;

/** What completes the tree of one operation. */
interface Completion {
  /** For a tree without slices. */
  readonly complete: Complete;
  /** Undefined if the tree has no slices. */
  readonly write: Write | undefined;
}

/**
 * Makes functions that take the client’s selection from the tree, in the client’s order and under
 * the client’s names (the operation itself has reserved names: `../documents/response-names.ts`). A
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
  slicing: TreeSlices,
): Completion {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation}.`);
  const sets = [{ set: operation.selectionSet, parent: root }];
  const source = { schema, fragments, meter, propagates };
  const writer = new CompletionWriter(source, new CodeUnit(meter), slicing);
  const complete = writer.writeObject(root, sets, '');
  const write = slicing.slices.size > 0 ? writer.writeText(root, sets, '') : undefined;
  return writer.unit.build<Completion>(`{complete:${complete},write:${write}}`);
}

/** The slices in the tree of an operation. */
export interface TreeSlices {
  readonly slices: Slices;
  /** Puts the fields of slices in their place, in the objects at a place and below. */
  readonly unslice: (value: unknown, place: string) => void;
}

interface Source extends ErrorHandling {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly meter: CodeMeter;
}

function compile(source: Source, type: GraphQLCompositeType, sets: readonly TypedSet[]): Complete {
  const writer = new CompletionWriter(source, new CodeUnit(source.meter));
  return writer.unit.build<Complete>(writer.writeObject(type, sets, undefined));
}

/** Where an object is. Undefined below an object of an abstract type. */
type Place = string | undefined;

interface Selected {
  readonly sets: readonly TypedSet[];
  readonly place: Place;
}

/** Texts without characters that JSON escapes. */
const plainText = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** A value that was completed, as JSON. */
function writeJson(value: unknown): string {
  if (typeof value === 'string' && plainText.test(value)) return `"${value}"`;
  const text = JSON.stringify(value);
  const isAscii = value === null || (typeof value !== 'string' && typeof value !== 'object');
  return isAscii ? text : WrittenData.encode(text);
}

/** The code for a null that has to move up. */
const lose = '{s.isLost=true;return null}';

class CompletionWriter {
  /** The functions that complete the objects at a place. */
  readonly #written = new Map<string, string>();

  constructor(
    readonly source: Source,
    readonly unit: CodeUnit,
    readonly slicing: TreeSlices = { slices: noSlices, unslice: () => undefined },
  ) {}

  /**
   * The name of a function that completes an object of this type. For an abstract type, the
   * object’s own type decides.
   * @param place where it is. Undefined below an object of an abstract type
   */
  writeObject(type: GraphQLCompositeType, sets: readonly TypedSet[], place: Place): string {
    const known = place === undefined ? undefined : this.#written.get(place);
    if (known !== undefined) return known;
    const { schema, fragments } = this.source;
    const shapes = collectFields(schema, type, sets, fragments);
    const lines: string[] = [];
    const entries: [string, string][] = [];
    for (const shape of shapes)
      entries.push([restoreName(shape.key), this.#writeField(type, shape, lines, place)]);
    const body = `${lines.join('')}return ${writeObject(entries)}`;
    const name = this.unit.addFunction(['v', 's'], body);
    if (place !== undefined) this.#written.set(place, name);
    return name;
  }

  /**
   * The name of a function that writes an object of this type as JSON. If the object lacks a slice,
   * its fields are completed one by one.
   */
  writeText(type: GraphQLObjectType, sets: readonly TypedSet[], place: string): string {
    const { schema, fragments } = this.source;
    const lines: string[] = [];
    const own = this.slicing.slices.get(place)?.slices ?? [];
    const sliceOf = new Map(own.flatMap((names) => names.map((name) => [name, names] as const)));
    if (own.length > 0) {
      const lacks = own.map((names) => `${readAt('v', sliceKey(names))}===undefined`).join('||');
      const unslice = this.unit.addConstant(this.slicing.unslice);
      const complete = this.writeObject(type, sets, place);
      lines.push(
        `if(${lacks}){${unslice}(v,${quote(place)});` +
          `return ${this.unit.addConstant(writeJson)}(${complete}(v,s))}`,
      );
    }
    const parts: string[] = [];
    for (const shape of collectFields(schema, type, sets, fragments)) {
      const slice = sliceOf.get(shape.key);
      const name = quote(`${quote(restoreName(shape.key))}:`);
      if (!slice) parts.push(`${name}+${this.#writeFieldText(type, shape, lines, place)}`);
      else if (slice[0] === shape.key) parts.push(readAt('v', sliceKey(slice)));
    }
    const text = parts.join('+","+') || '""';
    return this.unit.addFunction(['v', 's'], `${lines.join('')}return "{"+${text}+"}"`);
  }

  /** The code for the JSON of a field. */
  #writeFieldText(
    type: GraphQLObjectType,
    shape: FieldShape,
    lines: string[],
    place: string,
  ): string {
    const definition = readDefinition(type, shape);
    const inner = definition && getNamedType(definition.type);
    if (!definition || !isObjectType(inner) || isIntrospection(shape.name))
      return `${this.unit.addConstant(writeJson)}(${this.#writeField(type, shape, lines, place)})`;
    const value = this.unit.createName('x');
    lines.push(`const ${value}=${readAt('v', shape.key)};`);
    const write = this.writeText(inner, shape.sets, placeBelow(place, shape.key));
    return this.#writeObjectText(definition.type, write, value);
  }

  /** The code for the JSON of an object, or of a list of objects, which `write` writes. */
  #writeObjectText(type: GraphQLOutputType, write: string, value: string): string {
    if (isNonNullType(type)) {
      const text = this.#writeObjectText(type.ofType, write, value);
      return `(${value}===undefined||${value}===null?(s.isLost=true,"null"):${text})`;
    }
    const isNull = `${value}===undefined||${value}===null`;
    if (!isListType(type)) return `(${isNull}?"null":${write}(${value},s))`;
    const list = this.unit.addFunction(
      ['v', 's'],
      `const t=[];for(let i=0;i<v.length;i++){const x=v[i];` +
        `t.push(${this.#writeObjectText(type.ofType, write, 'x')})}return "["+t.join(",")+"]"`,
    );
    return `(${isNull}?"null":${list}(${value},s))`;
  }

  #writeField(
    type: GraphQLCompositeType,
    shape: FieldShape,
    lines: string[],
    place: Place,
  ): string {
    const { key, name, sets } = shape;
    if (name === '__typename') return this.#writeTypename(type, key, lines);
    const value = this.unit.createName('x');
    if (isIntrospection(name)) return readAt('s.introspection', key);
    lines.push(`let ${value}=${readAt('v', key)};`);
    const definition = readDefinition(type, shape);
    if (!definition) throw new Error(`${type.name} has no field ${name}.`);
    const below = place === undefined ? undefined : placeBelow(place, key);
    this.#writeValue(definition.type, { sets, place: below }, value, lines);
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
  #writeValue(type: GraphQLOutputType, selected: Selected, value: string, lines: string[]): void {
    const nullable = isNonNullType(type) ? type.ofType : type;
    const completed = this.#writeNullable(nullable, selected, value);
    if (completed === value) lines.push(`if(${value}===undefined)${value}=null;`);
    else lines.push(`${value}=${value}===undefined||${value}===null?null:${completed};`);
    const { propagates } = this.source;
    if (isNonNullType(type))
      lines.push(`if(${value}===null)${propagates ? lose : 's.isLost=true;'}`);
  }

  /** The code for a value that is not null. */
  #writeNullable(type: GraphQLOutputType, selected: Selected, value: string): string {
    if (isListType(type)) {
      const lines: string[] = [];
      this.#writeValue(type.ofType, selected, 'x', lines);
      if (!this.#isLookedAt(type.ofType)) return value;
      const list = this.unit.addFunction(
        ['v', 's'],
        `const r=[];for(let i=0;i<v.length;i++){let x=v[i];${lines.join('')}r.push(x)}return r`,
      );
      return `${list}(${value},s)`;
    }
    if (isCompositeType(type)) return `${this.#writeComposite(type, selected)}(${value},s)`;
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

  #writeComposite(type: GraphQLCompositeType, { sets, place }: Selected): string {
    if (!isAbstractType(type)) return this.writeObject(type, sets, place);
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
