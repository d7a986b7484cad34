/** A field of an input type, as the schema describes it. */
export interface InputField {
  readonly name: string;
  /** The name of its type, without list and non-null. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
  readonly description: string;
  /** True for the day of something that has happened, and so is not later than today. */
  readonly isPast?: boolean;
  /** Of an enum. */
  readonly values?: readonly { readonly name: string; readonly description: string }[];
}

/** A value to choose from, where the schema says only that it is an id. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What the fields have before the reader changes anything: a text, or several choices or lines. */
export type Initial = Readonly<Record<string, string | readonly string[]>>;

/** `stopVersion` reads as “Stop version”. Field names stay English: they are those of the graph. */
export const labelOf = (name: string): string => {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
