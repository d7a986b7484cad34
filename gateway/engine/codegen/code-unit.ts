const isName = /^[_A-Za-z]\w*$/;

/** A string literal. */
export const quote = (text: string): string => JSON.stringify(text);

/** The code that reads an own property with a GraphQL name, or the key of a slice. */
export function readAt(object: string, name: string): string {
  if (name.startsWith(' ')) return `${object}[${quote(name)}]`;
  checkName(name);
  return name in Object.prototype
    ? `(Object.hasOwn(${object},${quote(name)})?${object}[${quote(name)}]:undefined)`
    : `${object}.${name}`;
}

/** Whether a name can be an identifier in the code. */
export const isCodeName = (name: string): boolean => isName.test(name) && name !== '__proto__';

function checkName(name: string): void {
  if (!isCodeName(name)) throw new Error('No name for code.');
}

/** The code of an object literal. Each entry has a name and the code of its value. */
export function writeObject(entries: readonly (readonly [string, string])[]): string {
  for (const [name] of entries) checkName(name.trimStart());
  return `{${entries.map(([name, code]) => `${quote(name)}:${code}`).join(',')}}`;
}

/** Counts the code that was generated. */
export interface CodeMeter {
  characters: number;
}

/**
 * Functions that are generated for one selection and compiled together.
 *
 * A function for objects of one form is about twenty times as fast as one that is told the form,
 * because the JavaScript engine knows where each value is. The code contains only GraphQL names,
 * numbers and quoted texts. Everything else is passed in as a constant.
 */
export class CodeUnit {
  readonly #functions: string[] = [];
  readonly #constants = new Map<unknown, string>();
  #names = 0;

  constructor(readonly meter: CodeMeter = { characters: 0 }) {}

  /** A unique name in the code. */
  createName(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  /** Adds a value, and returns its name in the code. */
  addConstant(value: unknown): string {
    const name = this.#constants.get(value) ?? `k${this.#constants.size}`;
    this.#constants.set(value, name);
    return name;
  }

  /** Adds a function, and returns its name in the code. */
  addFunction(parameters: readonly string[], body: string): string {
    const name = this.createName('f');
    this.#functions.push(`function ${name}(${parameters.join(',')}){${body}}`);
    return name;
  }

  /** Compiles the code, and returns one of the functions. */
  build<Made>(name: string): Made {
    const constants = [...this.#constants.values()].join(',');
    const text = `"use strict";const [${constants}]=constants;${this.#functions.join('')}return ${name};`;
    this.meter.characters += text.length;
    // oxlint-disable-next-line typescript/no-implied-eval -- see above what gets into it
    return new Function('constants', text)([...this.#constants.keys()]) as Made;
  }
}
