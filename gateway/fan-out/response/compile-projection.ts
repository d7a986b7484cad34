import { formOfScalar, longestScalar } from '@hub/shared/graphql';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import {
  CodeUnit,
  quote,
  readAt,
  writeObject,
  type CodeMeter,
} from '../../engine/codegen/code-unit.js';
import {
  collectFields,
  type FieldShape,
  type TypedSet,
} from '../../engine/documents/collect-fields.js';
import { noSlices, placeBelow, sliceKey, type Slices } from '../../engine/documents/slices.js';
import { hiddenOwner, hiddenTypename } from './hidden-fields.js';

/**
 * A response that does not match its request. The reason goes to the hub’s log, and has names of
 * the schema only.
 */
export class InvalidResponse extends Error {
  override readonly name = 'InvalidResponse';
}

/** What a response is checked with, besides its selection. */
export interface ProjectionContext {
  /** True if a record with this owner may come from the partner that sent it. */
  isOwn(typeName: string, owner: unknown): boolean;
  /** Whether the objects may have slices. @default false */
  readonly isSliced?: boolean;
}

export interface ProjectionOptions {
  /**
   * True for a partner of the network. Its contract says that dates, countries and the like are
   * texts, and limits the length of ids and dates. @default false
   */
  readonly isContracted?: boolean;
  /** What objects may have in place of fields. @default nothing */
  readonly slices?: Slices;
}

/**
 * Scalars whose values the hub sends to other partners. They would reject a whole request with a
 * longer value. Other texts may have any length, so that texts from before the limits stay
 * readable.
 */
export const boundedScalars: ReadonlySet<string> = new Set([
  'ID',
  'Date',
  'PartialDate',
  'DateTime',
  'CountryCode',
]);

/** @throws InvalidResponse if the response does not match. */
export type ProjectObject = (value: unknown, context: ProjectionContext) => Record<string, unknown>;

/**
 * Makes a function that copies the selected fields of a response and nothing else. It checks the
 * types of the schema, so no other key, field or type can pass. It adds only the type name of each
 * object.
 */
export function compileProjection(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  meter?: CodeMeter,
  { isContracted = false, slices = noSlices }: ProjectionOptions = {},
): ProjectObject {
  const typed = sets.map((set) => ({ set, parent: type }));
  return compile(schema, type, typed, meter, { isContracted, slices });
}

function compile(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  sets: readonly TypedSet[],
  meter: CodeMeter | undefined,
  options: Required<ProjectionOptions>,
): ProjectObject {
  const writer = new ProjectionWriter(schema, new CodeUnit(meter), options);
  return writer.unit.build<ProjectObject>(writer.writeComposite(type, sets, ''));
}

/** Where a value is: for reasons, and for slices. */
interface Position {
  readonly coordinate: string;
  readonly place: string;
}

const invalid = (reason: string): InvalidResponse => new InvalidResponse(reason);

class ProjectionWriter {
  constructor(
    readonly schema: GraphQLSchema,
    readonly unit: CodeUnit,
    readonly options: Required<ProjectionOptions>,
  ) {}

  /** The name of a function that projects an object, which is not null. */
  writeComposite(type: GraphQLCompositeType, sets: readonly TypedSet[], place: string): string {
    return isAbstractType(type)
      ? this.#writeAbstract(type, sets)
      : this.#writeObject(type, sets, place);
  }

  /** Each type gets its function when its first object arrives. */
  #writeAbstract(type: GraphQLAbstractType, sets: readonly TypedSet[]): string {
    const { schema } = this;
    const { meter } = this.unit;
    // Below an object of any type, nothing is sliced.
    const options = { ...this.options, slices: noSlices };
    const projections = new Map<string, ProjectObject>();
    const project: ProjectObject = (value, context) => {
      const name = readTypeName(type, value);
      let known = projections.get(name);
      if (!known) {
        const runtimeType = schema.getType(name);
        if (!isObjectType(runtimeType) || !schema.isSubType(type, runtimeType)) {
          throw invalid(`The object has a type that ${type.name} does not allow.`);
        }
        known = compile(schema, runtimeType, sets, meter, options);
        projections.set(name, known);
      }
      return known(value, context);
    };
    return this.unit.addConstant(project);
  }

  #writeObject(type: GraphQLObjectType, sets: readonly TypedSet[], place: string): string {
    const slices = this.options.slices.get(place)?.slices ?? [];
    const shapes = collectFields(this.schema, type, sets);
    const lines = [
      `if(typeof v!=="object"||v===null||Array.isArray(v))${this.#refuse(`${type.name} is not an object.`)}`,
    ];
    const entries: [string, string][] = [];
    const inSlices = new Set(slices.flat());
    const leaves = shapes.filter(({ key }) => inSlices.has(key));
    const leafEntries = slices.length > 0 ? this.#writeLeaves(type, leaves, slices, lines) : [];
    for (const shape of shapes) {
      if (shape.key === hiddenOwner || inSlices.has(shape.key)) continue;
      const value = this.#writeField(type, shape, lines, place);
      if (shape.key !== hiddenTypename && shape.key !== '__typename')
        entries.push([shape.key, value]);
    }
    const owner = shapes.find(({ key }) => key === hiddenOwner);
    if (owner) lines.push(this.#writeOwner(type, owner, shapes));
    // Without the type name, fragments on object types within fragments on interfaces could not be
    // matched.
    const isAsked = shapes.some(({ key }) => key === '__typename');
    if (isAsked || !(isRoot(this.schema, type) || isInterfaceObject(type)))
      entries.push(['__typename', quote(type.name)]);
    if (slices.length > 0) {
      const sliced = slices.map(sliceKey).map((key): [string, string] => [key, readAt('v', key)]);
      lines.push(`if(p===undefined)return ${writeObject([...sliced, ...entries])};`);
    }
    const all = [...leafEntries, ...entries];
    return this.unit.addFunction(['v', 'c'], `${lines.join('')}return ${writeObject(all)}`);
  }

  /**
   * Writes the checks of the fields that slices may hold. `p` has their values, and is undefined if
   * the object has all its slices: the parser has checked these.
   */
  #writeLeaves(
    type: GraphQLObjectType,
    leaves: readonly FieldShape[],
    slices: readonly (readonly string[])[],
    lines: string[],
  ): [string, string][] {
    const own: string[] = [];
    const values = leaves.map((shape): [string, string] => [
      shape.key,
      this.#writeField(type, shape, own, ''),
    ]);
    const read = this.unit.addFunction(['v', 'c'], `${own.join('')}return ${writeObject(values)}`);
    const isThere = slices.map((names) => `&&${readAt('v', sliceKey(names))}!==undefined`);
    lines.push(`const p=c.isSliced${isThere.join('')}?undefined:${read}(v,c);`);
    return leaves.map(({ key }) => [key, readAt('p', key)]);
  }

  /** Writes the check of a field, and returns the code of its projected value. */
  #writeField(
    type: GraphQLObjectType,
    { key, name, sets }: FieldShape,
    lines: string[],
    place: string,
  ): string {
    const value = this.unit.createName('x');
    lines.push(`const ${value}=${readAt('v', key)};`);
    const missing = `${type.name}.${name} is missing.`;
    lines.push(`if(${value}===undefined)${this.#refuse(missing)}`);
    if (name === '__typename') {
      const other = `${type.name} has another type name.`;
      lines.push(`if(${value}!==${quote(type.name)})${this.#refuse(other)}`);
      return value;
    }
    const definition = type.getFields()[name];
    if (!definition) {
      lines.push(this.#refuse(`${type.name} has no field ${name}.`));
      return 'null';
    }
    const own = { coordinate: `${type.name}.${name}`, place: placeBelow(place, key) };
    return this.#writeValue(definition.type, sets, own, value, lines);
  }

  #writeValue(
    type: GraphQLOutputType,
    sets: readonly TypedSet[],
    own: Position,
    value: string,
    lines: string[],
  ): string {
    const { coordinate, place } = own;
    if (isNonNullType(type)) {
      lines.push(`if(${value}===null)${this.#refuse(`${coordinate} must not be null.`)}`);
      return this.#writeValue(type.ofType, sets, own, value, lines);
    }
    if (isListType(type)) {
      return `(${value}===null?null:${this.#writeList(type.ofType, sets, own)}(${value},c))`;
    }
    if (isCompositeType(type)) {
      const typed = sets.map((set) => ({ ...set, parent: type }));
      return `(${value}===null?null:${this.writeComposite(type, typed, place)}(${value},c))`;
    }
    const check = this.#writeLeafCheck(type, value) + this.#writeLengthCheck(type, value);
    const other = `${coordinate} is no ${getNamedType(type).name}.`;
    lines.push(`if(${value}!==null&&!(${check}))${this.#refuse(other)}`);
    // GraphQL writes an `ID` as a text. As a number, it would reach clients and other partners.
    if (getNamedType(type).name === 'ID')
      return `(typeof ${value}==="number"?String(${value}):${value})`;
    if (isSpecifiedScalarType(type) || isEnumType(type)) return value;
    return `(typeof ${value}==="object"?${this.unit.addConstant(copyScalar)}(${value}):${value})`;
  }

  /**
   * A list of scalars is checked and copied, because the response may be shared and this tree is
   * changed later.
   */
  #writeList(type: GraphQLOutputType, sets: readonly TypedSet[], own: Position): string {
    const { coordinate } = own;
    const lines: string[] = [];
    const item = this.#writeValue(type, sets, own, 'x', lines);
    const isSame = item === 'x';
    return this.unit.addFunction(
      ['v', 'c'],
      `if(!Array.isArray(v))${this.#refuse(`${coordinate} is not a list.`)}` +
        (isSame ? '' : 'const r=[];') +
        `for(let i=0;i<v.length;i++){const x=v[i];${lines.join('')}${isSame ? '' : `r.push(${item})`}}` +
        `return ${isSame ? 'v.slice()' : 'r'}`,
    );
  }

  #writeLeafCheck(type: GraphQLOutputType, value: string): string {
    if (isEnumType(type)) {
      const values = new Set<unknown>(type.getValues().map(({ name }) => name));
      return `${this.unit.addConstant(values)}.has(${value})`;
    }
    const { name } = getNamedType(type);
    switch (name) {
      case 'Int':
        return `typeof ${value}==="number"&&(${value}|0)===${value}`;
      case 'Float':
        return `Number.isFinite(${value})`;
      case 'String':
        return `typeof ${value}==="string"`;
      case 'Boolean':
        return `typeof ${value}==="boolean"`;
      case 'ID':
        return `(typeof ${value}==="string"||Number.isInteger(${value}))`;
      default:
        if (this.options.isContracted && formOfScalar(name)) return `typeof ${value}==="string"`;
        // The owner of a custom scalar decides its form, but not how deeply it is nested:
        // serialising it uses the stack.
        return `(typeof ${value}!=="object"||${this.unit.addConstant(isShallow)}(${value},${maxScalarDepth}))`;
    }
  }

  #writeLengthCheck(type: GraphQLOutputType, value: string): string {
    const { name } = getNamedType(type);
    if (!this.options.isContracted || !boundedScalars.has(name)) return '';
    return `&&(typeof ${value}!=="string"||${value}.length<=${longestScalar(name)})`;
  }

  /** The client may select the owner under its own name. It must be the same owner. */
  #writeOwner(type: GraphQLObjectType, owner: FieldShape, shapes: readonly FieldShape[]): string {
    const lines: string[] = [];
    const value = this.#writeField(type, owner, lines, '');
    const shown = shapes
      .filter((shape) => shape !== owner && shape.name === owner.name)
      .map(({ key }) => `&&(${readAt('v', key)}??${value})===${value}`);
    const isOwn = `c.isOwn(${quote(type.name)},${value})${shown.join('')}`;
    const refusal = this.#refuse(`${type.name} belongs to another partner.`);
    return `{${lines.join('')}if(!(${isOwn}))${refusal}}`;
  }

  #refuse(reason: string): string {
    return `throw ${this.unit.addConstant(invalid)}(${quote(reason)});`;
  }
}

const isRoot = (schema: GraphQLSchema, type: GraphQLCompositeType): boolean =>
  type === schema.getQueryType() || type === schema.getMutationType();

/**
 * An `@interfaceObject` is an object type only in this subgraph, so its name is not the true type.
 */
export const isInterfaceObject = ({ astNode }: GraphQLObjectType): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'interfaceObject') ?? false;

function readTypeName(type: GraphQLAbstractType, value: unknown): string {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) throw invalid(`${type.name} is not an object.`);
  const { [hiddenTypename]: hidden, __typename } = value as Record<string, unknown>;
  const name = hidden ?? __typename;
  if (typeof name === 'string') return name;
  throw invalid(`The object has a type that ${type.name} does not allow.`);
}

const maxScalarDepth = 200;

const isShallow = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1)));

/** A custom scalar may be an object, and the tree that it goes into is changed later. */
function copyScalar(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyScalar);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyScalar(inner)]));
}
