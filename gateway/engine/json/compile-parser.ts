import { Kind, type SelectionSetNode } from 'graphql';
import { isAscii, isUtf8 } from 'node:buffer';
import { CodeUnit, isCodeName, quote, writeObject, type CodeMeter } from '../codegen/code-unit.js';
import { responseKeyOf } from '../documents/selection.js';
import {
  noSlices,
  placeBelow,
  readSlice,
  sliceKey,
  type ObjectSlices,
  type Slices,
} from '../documents/slices.js';
import {
  findExcess,
  openCursor,
  readLeaf,
  readNull,
  unexpected,
  type JsonCursor,
} from './json-cursor.js';
import { writeLeafCheck, type LeafCheck } from './leaf-checks.js';

/**
 * Parses the bytes of a response.
 * @throws if they are not JSON in UTF-8; {@link ExcessiveJson}
 */
export type ParseResponse = (bytes: Buffer) => unknown;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const decode = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : utf8.decode(bytes);

/** JSON that would take too long to parse. */
export class ExcessiveJson extends Error {
  override readonly name = 'ExcessiveJson';
}

/** Parses any JSON in UTF-8. */
export const parseJson: ParseResponse = (bytes) => {
  const excess = findExcess(bytes);
  if (excess) throw new ExcessiveJson(`too much ${excess} in its JSON`);
  return JSON.parse(decode(bytes));
};

/** A response whose objects have slices. It has no errors. */
export class SlicedResponse {
  constructor(
    readonly data: unknown,
    private readonly bytes: Buffer,
  ) {}

  /** The same response without slices. Its form is known, so it need not be checked again. */
  toPlain(): unknown {
    return JSON.parse(decode(this.bytes));
  }
}

/** What a parser may leave as text. */
export interface Slicing {
  /** By places within the response’s data. */
  readonly slices: Slices;
  readonly checkOf: (type: string, field: string) => LeafCheck | undefined;
}

/** Nothing is left as text. */
export const unsliced: Slicing = { slices: noSlices, checkOf: () => undefined };

/**
 * A parser is compiled after this many uses. New code is slow, so it does not pay off for a
 * selection that is used once.
 */
const usesBeforeCompiling = 16;

/**
 * Makes a parser for the responses to a selection. It returns what `JSON.parse` would return for
 * any input, or a {@link SlicedResponse}.
 *
 * Servers write fields in the order of the selection, without spaces. In most responses the next
 * byte is therefore known, and only values have to be read. That takes a third of the time of
 * `JSON.parse`, which looks up every name and keeps every short text in a table. Any other response
 * goes to `JSON.parse`.
 */
export function createResponseParser(
  selectionSet: SelectionSetNode,
  meter?: CodeMeter,
  slicing = unsliced,
): ParseResponse {
  let uses = 0;
  let parseExpected: ParseExpected | undefined;
  return (bytes) => {
    if (uses < usesBeforeCompiling) {
      uses += 1;
      if (uses === usesBeforeCompiling) parseExpected = compileParser(selectionSet, meter, slicing);
    }
    // In invalid UTF-8, a character could end beyond its text.
    const expected = parseExpected && isUtf8(bytes) ? parseExpected(bytes) : undefined;
    return expected ?? parseJson(bytes);
  };
}

/**
 * V8 does not optimise functions with much more text than this, and then reads an object ten times
 * as slowly as `JSON.parse`. If fields are optional, the function checks for each of them in every
 * object, however short the object is.
 */
const longestFunction = 20_000;

interface Body {
  readonly data: unknown;
}

/** Parses UTF-8. Undefined if the text has another form than expected. */
type ParseExpected = (bytes: Buffer) => unknown;

function compileParser(
  selectionSet: SelectionSetNode,
  meter: CodeMeter | undefined,
  slicing: Slicing,
): ParseExpected | undefined {
  const writer = new ParserWriter(new CodeUnit(meter), slicing);
  const data = { key: 'data', isOptional: false, sets: [{ set: selectionSet, isOptional: false }] };
  const name = writer.writeShape([data], undefined);
  if (name === undefined) return undefined;
  const read = writer.unit.build<(cursor: JsonCursor) => unknown>(name);
  return (bytes) => {
    const cursor = openCursor(bytes);
    try {
      const value = read(cursor);
      if (!isEnd(cursor)) return undefined;
      return writer.isSliced ? new SlicedResponse((value as Body).data, bytes) : value;
    } catch (error) {
      if (error === unexpected) return undefined;
      throw error;
    }
  };
}

/** Some servers end a response with a line break. */
function isEnd({ bytes, at }: JsonCursor): boolean {
  return at === bytes.length || (at === bytes.length - 1 && bytes[at] === 10);
}

interface PossibleSet {
  readonly set: SelectionSetNode;
  /** Whether some responses leave it out. */
  readonly isOptional: boolean;
}

interface PossibleField {
  readonly key: string;
  readonly sets: PossibleSet[];
  isOptional: boolean;
}

/**
 * The fields that an object may have, in the order in which they are written.
 * @param type its type. @default it may have several
 */
function collectPossible(sets: readonly PossibleSet[], type?: string): PossibleField[] {
  const fields = new Map<string, PossibleField>();
  const collect = ({ set, isOptional }: PossibleSet): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        const isOfSome = condition !== undefined && condition !== type;
        collect({ set: selection.selectionSet, isOptional: isOptional || isOfSome });
      } else if (selection.kind === Kind.FIELD) {
        const key = responseKeyOf(selection);
        const field = fields.get(key) ?? { key, sets: [], isOptional: true };
        if (!isOptional) field.isOptional = false;
        const { selectionSet } = selection;
        if (selectionSet) field.sets.push({ set: selectionSet, isOptional });
        fields.set(key, field);
      }
    }
  };
  sets.forEach(collect);
  return [...fields.values()];
}

/** A slice whose fields are written one behind the other. */
interface PlacedSlice {
  readonly names: ObjectSlices['slices'][number];
  readonly checks: readonly LeafCheck[];
  /** The name of its variable. */
  readonly value: string;
}

/** Bytes in the generated code: 44 is a comma, 91 and 93 are brackets, 123 and 125 are braces. */
class ParserWriter {
  /** Whether it writes code for slices. */
  isSliced = false;

  constructor(
    readonly unit: CodeUnit,
    readonly slicing: Slicing,
  ) {}

  /**
   * The name of a function that parses an object with these fields. Undefined if a name cannot be
   * used in code, or if there are too many fields.
   * @param place within the data. Undefined for what is around it
   */
  writeShape(fields: readonly PossibleField[], place: string | undefined): string | undefined {
    const reads = new Map<string, string>();
    for (const { key, sets } of fields) {
      if (!isCodeName(key)) return undefined;
      const read = this.#writeValue(sets, place === undefined ? '' : placeBelow(place, key));
      if (read === undefined) return undefined;
      reads.set(key, read);
    }
    const slices = place === undefined ? [] : this.#placeSlices(fields, place);
    const sliced = this.#writeBody(fields, reads, slices);
    const isLong = sliced.length > longestFunction && slices.length > 0;
    const body = isLong ? this.#writeBody(fields, reads, []) : sliced;
    return body.length > longestFunction ? undefined : this.unit.addFunction(['s'], body);
  }

  #writeBody(
    fields: readonly PossibleField[],
    reads: ReadonlyMap<string, string>,
    slices: readonly PlacedSlice[],
  ): string {
    const fail = `throw ${this.unit.addConstant(unexpected)};`;
    const lines = ['const b=s.bytes,v=s.view,n=b.length;let p=s.at,c=123;'];
    const values = new Map<string, string>();
    for (const { key, isOptional } of fields) {
      const value = this.unit.createName('x');
      values.set(key, value);
      const written = `${quote(key)}:`;
      const body = `s.at=p+${written.length + 1};${value}=${reads.get(key) ?? ''};p=s.at;c=44;`;
      const otherwise = isOptional ? '' : `else ${fail}`;
      const slice = slices.find(({ names }) => names.includes(key));
      if (slice?.names[0] === key) lines.push(this.#writeSlice(slice));
      const isTaken = slice ? `if(${slice.value}===undefined)` : '';
      lines.push(
        `let ${value};${isTaken}{if(b[p]===c&&${writeMatch(written)}){${body}}${otherwise}}`,
      );
    }
    // In an empty object, the opening brace has not been read yet.
    lines.push(`if(c===123){if(b[p]!==123)${fail}p++}if(b[p]!==125)${fail}s.at=p+1;`);
    if (slices.length > 0) lines.push(this.#writeSlicedReturn(fields, values, slices));
    lines.push(writeReturn(fields, values));
    return lines.join('');
  }

  /** The slices of an object: all, or none if one of them is not written as expected. */
  #placeSlices(fields: readonly PossibleField[], place: string): PlacedSlice[] {
    const own = this.slicing.slices.get(place);
    if (!own) return [];
    const placed = own.slices.map((names) => {
      const first = fields.findIndex(({ key }) => key === names[0]);
      const isThere = names.every((name, index) => {
        const field = fields[first + index];
        return field?.key === name && !field.isOptional && field.sets.length === 0;
      });
      const checks = names.flatMap((name) => this.slicing.checkOf(own.type, name) ?? []);
      return { names, checks, isThere: isThere && checks.length === names.length };
    });
    if (!placed.every(({ isThere }) => isThere)) return [];
    this.isSliced = true;
    return placed.map(({ names, checks }) => ({
      names,
      checks,
      value: this.unit.createName('t'),
    }));
  }

  /**
   * The code that reads a slice at `p`, if it is there: a function that checks its fields. The slice
   * is undefined if they have another form.
   */
  #writeSlice({ names, checks, value }: PlacedSlice): string {
    const lines = ['const b=s.bytes,v=s.view,n=b.length,q=p+1;'];
    for (const [index, check] of checks.entries()) {
      const written = `${quote(names[index] ?? '')}:`;
      lines.push(
        `if(b[p]!==${index === 0 ? 'c' : '44'}||!(${writeMatch(written)}))return;` +
          `s.at=p+${written.length + 1};if(!${writeLeafCheck(this.unit, check)})return;p=s.at;`,
      );
    }
    lines.push('return s.text.slice(q,p)');
    const read = this.unit.addFunction(['s', 'p', 'c'], lines.join(''));
    return `const ${value}=${read}(s,p,c);if(${value}!==undefined){p=s.at;c=44}`;
  }

  /** Returns an object with slices. If one is missing, its fields are read from the others. */
  #writeSlicedReturn(
    fields: readonly PossibleField[],
    values: ReadonlyMap<string, string>,
    slices: readonly PlacedSlice[],
  ): string {
    const inSlices = new Set(slices.flatMap(({ names }) => names));
    const keys = slices.map(({ names }) => ({ key: sliceKey(names), isOptional: false, sets: [] }));
    const sliced = new Map([
      ...values,
      ...slices.map(({ names, value }): [string, string] => [sliceKey(names), value]),
    ]);
    const isWhole = slices.map(({ value }) => `${value}!==undefined`).join('&&');
    const others = fields.filter(({ key }) => !inSlices.has(key));
    const read = this.unit.addConstant(readSlice);
    const rest = slices.map(({ names, value }) => {
      const fill = names.map((name) => `${values.get(name) ?? ''}=o[${quote(name)}];`).join('');
      return `if(${value}!==undefined){const o=${read}(${value});${fill}}`;
    });
    return `if(${isWhole}){${writeReturn([...keys, ...others], sliced)}}${rest.join('')}`;
  }

  /** The code that parses a value at the cursor. */
  #writeValue(sets: readonly PossibleSet[], place: string): string | undefined {
    const [first, ...others] = sets;
    if (!first) return `${this.unit.addConstant(readLeaf)}(s)`;
    // If there is only one possible set, it is present whenever the field is.
    const own = others.length === 0 ? [{ set: first.set, isOptional: false }] : sets;
    const type = this.slicing.slices.get(place)?.type;
    const object = this.writeShape(collectPossible(own, type), place);
    return object && `${this.#writeNested(object)}(s)`;
  }

  /**
   * The name of a function that parses an object, a null or a list of these. Lists of lists go to
   * `JSON.parse`.
   */
  #writeNested(object: string): string {
    const fail = `throw ${this.unit.addConstant(unexpected)};`;
    const absent = this.unit.addConstant(readNull);
    return this.unit.addFunction(
      ['s'],
      `const b=s.bytes;if(b[s.at]===123)return ${object}(s);if(b[s.at]!==91)return ${absent}(s);` +
        `const r=[];s.at++;if(b[s.at]===93){s.at++;return r}` +
        `for(;;){r.push(b[s.at]===123?${object}(s):${absent}(s));` +
        `const c=b[s.at++];if(c===93)return r;if(c!==44)${fail}}`,
    );
  }
}

/**
 * Generated code: whether this ASCII text follows the byte at `p`. It compares four bytes at a
 * time.
 */
function writeMatch(text: string): string {
  const bytes = Buffer.from(text);
  const checks = [`p+${bytes.length}<n`];
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4)
    checks.push(`v.getInt32(p+${at + 1},true)===${bytes.readInt32LE(at)}`);
  for (; at < bytes.length; at += 1) checks.push(`b[p+${at + 1}]===${bytes[at]}`);
  return checks.join('&&');
}

/** An object literal with all fields is much faster than adding them one by one. */
function writeReturn(
  fields: readonly PossibleField[],
  values: ReadonlyMap<string, string>,
): string {
  const entries = fields.map(({ key, isOptional }) => ({
    entry: [key, values.get(key) ?? ''] as const,
    isOptional,
  }));
  const optional = entries.filter(({ isOptional }) => isOptional);
  const whole = `return ${writeObject(entries.map(({ entry }) => entry))}`;
  if (optional.length === 0) return whole;
  const isWhole = optional.map(({ entry: [, value] }) => `${value}!==undefined`).join('&&');
  const required = entries.filter(({ isOptional }) => !isOptional).map(({ entry }) => entry);
  const additions = optional.map(
    ({ entry: [key, value] }) => `if(${value}!==undefined)o[${quote(key)}]=${value};`,
  );
  return `if(${isWhole}){${whole}}const o=${writeObject(required)};${additions.join('')}return o`;
}
