/** A field of an input type, as the schema describes it. */
export interface InputField {
  readonly name: string;
  /** The name of its type, without list and non-null. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
  /** True for a list that is always sent: without items if nothing is known. */
  readonly mayBeEmpty?: boolean;
  /** True for the day of something that has happened, and so is not later than today. */
  readonly isPast?: boolean;
  /** Of an enum. */
  readonly values?: readonly string[];
}

/** A value to choose from, where the schema says only that it is an id. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** What tells two of the same name apart: a country, a city. */
  readonly hint?: string | undefined;
  /** Where its value is typed in the same form: with another value, it stays the same choice. */
  readonly typedAt?: string;
}

/** What there is to choose from, by the name of the field. */
export type Choices = Readonly<Record<string, readonly Option[] | undefined>>;

/** The fields of a type, with those required that a person must not leave empty: `journeys.from` in a list. */
export const requireFields = (
  fields: readonly InputField[],
  required: readonly string[] = [],
  list = '',
): readonly InputField[] =>
  fields.map((field) =>
    required.includes(`${list}${field.name}`) ? { ...field, isRequired: true } : field,
  );

/** What an input has, as it is sent: texts, lists, objects. */
export type Values = Readonly<Record<string, unknown>>;

/** What the controls of a form have: all texts of each, by its name. `findings.0.title` is in a list. */
export type Entries = ReadonlyMap<string, readonly string[]>;

/** What each control of a field gets. */
export interface ControlProps {
  readonly field: InputField;
  /** The name of the control: that of the field, within its list. */
  readonly name: string;
  readonly id: string;
  readonly label: string;
  readonly options?: readonly Option[] | undefined;
  /** What it has at first. Undefined: the reader has not filled it in before. */
  readonly given: readonly string[] | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}
