import { Kind, type SelectionSetNode } from 'graphql';
import { isAscii, isUtf8 } from 'node:buffer';
import { CodeUnit, isCodeName, quote, writeObject, type CodeMeter } from '../codegen/code-unit.js';
import { responseKeyOf } from '../documents/selection.js';
import { openCursor, readLeaf, readNull, unexpected, type JsonCursor } from './json-cursor.js';

/**
 * Reads the bytes of an answer.
 * @throws where they are no JSON in UTF-8
 */
export type ParseAnswer = (bytes: Buffer) => unknown;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const decode = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : utf8.decode(bytes);

/** Reads any JSON in UTF-8. */
export const parseJson: ParseAnswer = (bytes) => JSON.parse(decode(bytes));

/** Code that is young is slow: it is made for what is asked again and again, and not for what is asked once. */
const usesBeforeCompiling = 16;

/**
 * Makes a function that reads the answers to a selection. Whatever they are, it gives what `JSON.parse` would.
 *
 * Servers write the fields in the order of the selection and nothing between them, so that of most answers the next
 * byte is known, and a value is all that has to be read. Such an answer is read in a third of the time that
 * `JSON.parse` takes, which keeps every short text in a table and looks up every name. Any other is left to it.
 */
export function createAnswerParser(selectionSet: SelectionSetNode, meter?: CodeMeter): ParseAnswer {
  let uses = 0;
  let parseExpected: ParseExpected | undefined;
  return (bytes) => {
    if (uses < usesBeforeCompiling) {
      uses += 1;
      if (uses === usesBeforeCompiling) parseExpected = compileParser(selectionSet, meter);
    }
    // In what is no UTF-8, a letter could end beyond the text that it is in.
    const expected = parseExpected && isUtf8(bytes) ? parseExpected(bytes) : undefined;
    return expected ?? parseJson(bytes);
  };
}

/**
 * V8 does not optimize functions of much more text than this, and reads one object some ten times as slowly as
 * `JSON.parse` then; where fields may be left out, it looks for each of them in every object, however short that is.
 */
const longestFunction = 20_000;

/** Reads UTF-8. Undefined for what is written in another way. */
type ParseExpected = (bytes: Buffer) => unknown;

function compileParser(
  selectionSet: SelectionSetNode,
  meter: CodeMeter | undefined,
): ParseExpected | undefined {
  const writer = new ParserWriter(new CodeUnit(meter));
  const data = { key: 'data', isOptional: false, sets: [{ set: selectionSet, isOptional: false }] };
  const name = writer.writeShape([data]);
  if (name === undefined) return undefined;
  const read = writer.unit.build<(cursor: JsonCursor) => unknown>(name);
  return (bytes) => {
    const cursor = openCursor(bytes);
    try {
      const value = read(cursor);
      return isEnd(cursor) ? value : undefined;
    } catch (error) {
      if (error === unexpected) return undefined;
      throw error;
    }
  };
}

/** Some servers end an answer with a line break. */
function isEnd({ bytes, at }: JsonCursor): boolean {
  return at === bytes.length || (at === bytes.length - 1 && bytes[at] === 10);
}

interface PossibleSet {
  readonly set: SelectionSetNode;
  /** Whether some answers have nothing of it. */
  readonly isOptional: boolean;
}

interface PossibleField {
  readonly key: string;
  readonly sets: PossibleSet[];
  isOptional: boolean;
}

/** What an object may hold, in the order in which it is written. */
function collectPossible(sets: readonly PossibleSet[]): PossibleField[] {
  const fields = new Map<string, PossibleField>();
  const collect = ({ set, isOptional }: PossibleSet): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const isOfSome = selection.typeCondition !== undefined;
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

/** Bytes in the code that it writes: 44 is a comma, 91 and 93 are the brackets of a list, 123 and 125 those of an object. */
class ParserWriter {
  constructor(readonly unit: CodeUnit) {}

  /**
   * The name of a function that reads an object of these fields; undefined where a name cannot stand in code, or the
   * fields are too many.
   */
  writeShape(fields: readonly PossibleField[]): string | undefined {
    const fail = `throw ${this.unit.addConstant(unexpected)};`;
    const lines = ['const b=s.bytes,v=s.view,n=b.length;let p=s.at,c=123;'];
    const values: string[] = [];
    for (const { key, isOptional, sets } of fields) {
      if (!isCodeName(key)) return undefined;
      const read = this.#writeValue(sets);
      if (read === undefined) return undefined;
      const value = this.unit.createName('x');
      values.push(value);
      const written = `${quote(key)}:`;
      const body = `s.at=p+${written.length + 1};${value}=${read};p=s.at;c=44;`;
      const otherwise = isOptional ? '' : `else ${fail}`;
      lines.push(`let ${value};if(b[p]===c&&${writeMatch(written)}){${body}}${otherwise}`);
    }
    // Of an object in which nothing is, the opening bracket is still to come.
    lines.push(`if(c===123){if(b[p]!==123)${fail}p++}if(b[p]!==125)${fail}s.at=p+1;`);
    lines.push(writeReturn(fields, values));
    const body = lines.join('');
    return body.length > longestFunction ? undefined : this.unit.addFunction(['s'], body);
  }

  /** The code that reads a value at the cursor. */
  #writeValue(sets: readonly PossibleSet[]): string | undefined {
    const [first, ...others] = sets;
    if (!first) return `${this.unit.addConstant(readLeaf)}(s)`;
    // What is the only one is there where the field is.
    const own = others.length === 0 ? [{ set: first.set, isOptional: false }] : sets;
    const object = this.writeShape(collectPossible(own));
    return object && `${this.#writeNested(object)}(s)`;
  }

  /** The name of a function that reads an object, a null, or a list of such. Lists of lists are left to `JSON.parse`. */
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

/** Within code: whether this text, which is ASCII, follows the byte at `p`. Four bytes are compared at a time. */
function writeMatch(text: string): string {
  const bytes = Buffer.from(text);
  const checks = [`p+${bytes.length}<n`];
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4)
    checks.push(`v.getInt32(p+${at + 1},true)===${bytes.readInt32LE(at)}`);
  for (; at < bytes.length; at += 1) checks.push(`b[p+${at + 1}]===${bytes[at]}`);
  return checks.join('&&');
}

/** An object that has all is made at once, which is far quicker than to add to it one by one. */
function writeReturn(fields: readonly PossibleField[], values: readonly string[]): string {
  const entries = fields.map(({ key, isOptional }, index) => ({
    entry: [key, values[index] ?? ''] as const,
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
