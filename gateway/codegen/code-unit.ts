const isName = /^[_A-Za-z]\w*$/;

/** A text within code. */
export const quote = (text: string): string => JSON.stringify(text);

/** Within code: what an object holds under a name of GraphQL’s, and not what it inherits. */
export function readAt(object: string, name: string): string {
  checkName(name);
  return name in Object.prototype
    ? `(Object.hasOwn(${object},${quote(name)})?${object}[${quote(name)}]:undefined)`
    : `${object}.${name}`;
}

/** Whether a name can stand in code as it is. */
export const isCodeName = (name: string): boolean => isName.test(name) && name !== '__proto__';

function checkName(name: string): void {
  if (!isCodeName(name)) throw new Error('No name for code.');
}

/** Within code: an object of these entries, each a name and its code. */
export function writeObject(entries: readonly (readonly [string, string])[]): string {
  for (const [name] of entries) checkName(name);
  return `{${entries.map(([name, code]) => `${quote(name)}:${code}`).join(',')}}`;
}

/** How much code was made for something. */
export interface CodeMeter {
  characters: number;
}

/**
 * Functions that are written for one selection and made together.
 *
 * A function that reads and makes objects of one form alone is some twenty times as fast as one that is told the form,
 * since the engine below knows where each value lies. Nothing gets into the code but names of GraphQL’s grammar,
 * numbers, and texts in quotes; all else is handed in as a constant.
 */
export class CodeUnit {
  readonly #functions: string[] = [];
  readonly #constants = new Map<unknown, string>();
  #names = 0;

  constructor(readonly meter: CodeMeter = { characters: 0 }) {}

  /** A name in the code that nothing else has. */
  createName(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  /** The name of a value in the code. */
  addConstant(value: unknown): string {
    const name = this.#constants.get(value) ?? `k${this.#constants.size}`;
    this.#constants.set(value, name);
    return name;
  }

  /** The name of a function in the code. */
  addFunction(parameters: readonly string[], body: string): string {
    const name = this.createName('f');
    this.#functions.push(`function ${name}(${parameters.join(',')}){${body}}`);
    return name;
  }

  /** Makes one of the functions, with all that it calls. */
  build<Made>(name: string): Made {
    const constants = [...this.#constants.values()].join(',');
    const text = `"use strict";const [${constants}]=constants;${this.#functions.join('')}return ${name};`;
    this.meter.characters += text.length;
    // oxlint-disable-next-line typescript/no-implied-eval -- see above what gets into it
    return new Function('constants', text)([...this.#constants.keys()]) as Made;
  }
}
