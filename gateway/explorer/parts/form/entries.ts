import type { Draft } from './draft.ts';
import type { Entries, InputField, Option, Values } from './input-field.ts';

/** Sentences may have commas. Codes and ids have none, so one line may have several of them. */
const linesOf = (type: string, text: string): string[] =>
  text
    .split(type === 'String' ? '\n' : /[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function readOne(type: string, text: string): unknown {
  if (type === 'Int') return /^\s*-?\d+\s*$/.test(text) ? Number(text) : text;
  if (type === 'Boolean') return text === 'true';
  return text;
}

/** The input types of the schema, by name. */
export type Inputs = Readonly<Record<string, readonly InputField[]>>;

/** The part of `FormData` that is read. */
export interface Controls {
  get(name: string): unknown;
  getAll(name: string): unknown[];
  keys(): Iterable<string>;
}

/** The numbers of the items of a list of objects: `0` and `1` of `findings.0.title` and so on. */
function itemsOf(name: string, keys: Iterable<string>): string[] {
  const start = `${name}.`;
  const own = [...keys].filter((key) => key.startsWith(start));
  return [...new Set(own.map((key) => key.slice(start.length).split('.')[0] ?? ''))];
}

/** The items of a list of objects in which something is filled in. The others are left out. */
export const filledItems = (name: string, form: Controls): string[] =>
  itemsOf(name, form.keys()).filter((item) =>
    [...form.keys()].some(
      (key) => key.startsWith(`${name}.${item}.`) && String(form.get(key)).trim() !== '',
    ),
  );

/** How many items a list of objects has. */
export const countItems = (name: string, entries: Entries): number =>
  itemsOf(name, entries.keys()).length;

/**
 * What is typed into one field of each item of a list, to choose from elsewhere in the same form.
 * @param source the field: `sides.name`
 */
export function listTyped(
  source: string,
  entries: Iterable<readonly [key: string, value: unknown]>,
): readonly Option[] {
  const place = (key: string): string => key.replace(/\.\d+\./, '.');
  return [...entries].flatMap(([key, value]) => {
    const text = String(value).trim();
    return place(key) === source && text !== '' ? [{ value: text, label: text, typedAt: key }] : [];
  });
}

const padded = (text: string): string => (/^\d$/.test(text) ? `0${text}` : text);

/** A date of three controls: `2027-03-07`; of a part, `2027-03` or `2027`. Wrong parts stay as they are. */
export function readDate(at: string, form: Controls): string {
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((part) =>
    padded(String(form.get(`${at}-${part}`) ?? '').trim()),
  );
  const text = [year, month, day].join('-');
  return /^\d{4}-(\d\d)?-$/.test(text) ? text.replace(/-+$/, '') : text === '--' ? '' : text;
}

function readText(at: string, type: string, form: Controls): string {
  if (type === 'Date' || type === 'PartialDate') return readDate(at, form);
  return String(form.get(at) ?? '');
}

/**
 * The values of a form, in the form of its input type. Empty fields are left out, so that the server
 * keeps their values.
 * @param prefix where the fields are, if they are those of an object inside the input
 */
export function readForm(
  fields: readonly InputField[],
  form: Controls,
  inputs: Inputs,
  prefix = '',
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, type, isList, mayBeEmpty } of fields) {
    const at = `${prefix}${name}`;
    const inner = inputs[type];
    if (inner) {
      const read = (start: string) => readForm(inner, form, inputs, start);
      const items = (isList ? itemsOf(at, form.keys()) : ['']).map((item) =>
        read(item === '' ? `${at}.` : `${at}.${item}.`),
      );
      const filled = items.filter((item) => Object.keys(item).length > 0);
      if (filled.length > 0) values[name] = isList ? filled : filled[0];
    } else if (isList) {
      const items = form.getAll(at).flatMap((text) => linesOf(type, String(text)));
      if (items.length > 0 || mayBeEmpty) values[name] = items.map((item) => readOne(type, item));
    } else {
      const text = readText(at, type, form);
      if (text.trim() !== '') values[name] = readOne(type, text);
    }
  }
  return values;
}

/** The entries of the controls for these values: what `readForm` reads, the other way round. */
export function entriesOf(values: Values, prefix = ''): Map<string, readonly string[]> {
  const entries = new Map<string, readonly string[]>();
  const add = (at: string, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value) && value.some((item) => typeof item === 'object'))
      value.forEach((item, index) => add(`${at}.${index}`, item));
    else if (Array.isArray(value)) entries.set(at, value.map(String));
    else if (typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) add(`${at}.${name}`, inner);
    else entries.set(at, [String(value)]);
  };
  for (const [name, value] of Object.entries(values)) add(`${prefix}${name}`, value);
  return entries;
}

export type Entry = readonly [key: string, texts: readonly string[]];

/**
 * Entries as a text to compare. A form leaves out what is empty, and boxes have an order of their own:
 * inside an object, that of the items means nothing.
 */
const textOfEntries = (entries: readonly Entry[]): string =>
  JSON.stringify(
    entries
      .filter(([, texts]) => texts.some((text) => text !== ''))
      .map(([key, texts]) => [key, key.includes('.') ? texts.toSorted() : texts] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

const areSame = (one: readonly Entry[], other: readonly Entry[]): boolean =>
  textOfEntries(one) === textOfEntries(other);

/** A field as the reader left it, and as the record had it and has it now. */
interface Versions {
  /** `title`, `set.mailbox`; of a list of objects, all of it: `stops` of `stops.0.day`. */
  readonly name: string;
  readonly typed: readonly Entry[];
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
}

const fieldOf = (key: string): string => key.replace(/\.\d+(\..*)?$/, '');

function listVersions({ entries, base = {} }: Draft, now: Values): readonly Versions[] {
  const [before, after] = [entriesOf(base), entriesOf(now)];
  const pick = (from: Entries, name: string) => [...from].filter(([key]) => fieldOf(key) === name);
  const names = new Set([...entries.keys(), ...before.keys(), ...after.keys()].map(fieldOf));
  return [...names].map((name) => ({
    name,
    typed: pick(entries, name),
    before: pick(before, name),
    after: pick(after, name),
  }));
}

/**
 * What a form shows of a draft: each field as the reader left it, and what she has not changed as the
 * record has it now.
 */
export const renewEntries = (draft: Draft, now: Values): Entries =>
  new Map(
    listVersions(draft, now).flatMap(({ typed, before, after }) =>
      areSame(typed, before) ? after : typed,
    ),
  );

/** The fields that the reader has changed, and somebody else in another way. */
export const findContended = (draft: Draft, now: Values): readonly Versions[] =>
  listVersions(draft, now).filter(
    ({ typed, before, after }) =>
      !areSame(typed, before) && !areSame(before, after) && !areSame(typed, after),
  );

/** Entries in which a field is as the record has it. */
export const takeSaved = (entries: Entries, { name, after }: Versions): Entries =>
  new Map([...[...entries].filter(([key]) => fieldOf(key) !== name), ...after]);

/**
 * What of a record has changed in its form, and what must always be sent. A value that was emptied is
 * null, which removes it.
 * @param fields of the input type
 * @param before what the form had at first
 */
export function changesOf(
  fields: readonly InputField[],
  before: Values,
  after: Values,
): Record<string, unknown> {
  // Objects as the form has them: without what is not known, in any order of their fields.
  const textOf = (value: unknown) => textOfEntries([...entriesOf({ value })]);
  const isSame = (name: string) => textOf(before[name]) === textOf(after[name]);
  const emptied = (name: string) => (Array.isArray(before[name]) ? [] : null);
  return Object.fromEntries(
    fields
      .filter(({ name, isRequired }) => (isRequired && name in after) || !isSame(name))
      .map(({ name }) => [name, after[name] ?? emptied(name)]),
  );
}

export const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const isPartOfYear = (text: string): boolean => {
  const [year, month] = text.split('-');
  return /^\d{4}(-\d\d)?$/.test(text) && Number(year) > 0 && Number(month ?? 1) <= 12;
};

/** What is wrong with a value, as far as the form can tell, by the name of a text. */
export function findMistake(
  { type, isRequired }: InputField,
  value: unknown,
): 'missing' | 'noDate' | 'noNumber' | undefined {
  if (value === undefined) return isRequired ? 'missing' : undefined;
  if (type === 'Int' && typeof value === 'string') return 'noNumber';
  if (type === 'Date' && typeof value === 'string') return isDay(value) ? undefined : 'noDate';
  if (type === 'PartialDate' && typeof value === 'string')
    return isDay(value) || isPartOfYear(value) ? undefined : 'noDate';
  return undefined;
}
