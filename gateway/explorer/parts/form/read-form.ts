import type { InputField } from './input-field.ts';

/** Sentences may have commas. Codes and ids have none, so one line may have several of them. */
const linesOf = (type: string, text: string): string[] =>
  text
    .split(type === 'String' ? '\n' : /[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function readOne(type: string, text: string): unknown {
  if (type === 'Int') return Number(text);
  if (type === 'Boolean') return text === 'true';
  return text;
}

/** The input types of the schema, by name. */
export type Inputs = Readonly<Record<string, readonly InputField[]>>;

/** The part of `FormData` that is read. */
interface Entries {
  get(name: string): unknown;
  getAll(name: string): unknown[];
  keys(): Iterable<string>;
}

/** The numbers of the items of a list of objects: `0` and `1` of `findings.0.title` and so on. */
function itemsOf(name: string, form: Entries): string[] {
  const start = `${name}.`;
  const own = [...form.keys()].filter((key) => key.startsWith(start));
  return [...new Set(own.map((key) => key.slice(start.length).split('.')[0] ?? ''))];
}

/**
 * The values of a form, in the form of its input type. Empty fields are left out, so that the server
 * keeps their values.
 * @param prefix where the fields are, if they are those of an object inside the input
 */
export function readForm(
  fields: readonly InputField[],
  form: Entries,
  inputs: Inputs,
  prefix = '',
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, type, isList } of fields) {
    const at = `${prefix}${name}`;
    const inner = inputs[type];
    if (inner) {
      const items = itemsOf(at, form)
        .map((item) => readForm(inner, form, inputs, `${at}.${item}.`))
        .filter((item) => Object.keys(item).length > 0);
      if (items.length > 0) values[name] = items;
    } else if (isList) {
      const items = form.getAll(at).flatMap((text) => linesOf(type, String(text)));
      if (items.length > 0) values[name] = items.map((item) => readOne(type, item));
    } else {
      const text = form.get(at);
      if (text !== null && String(text).trim() !== '') values[name] = readOne(type, String(text));
    }
  }
  return values;
}
