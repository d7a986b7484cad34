import type { PageFormChoicesQuery } from '../../generated/graphql.ts';
import type { mutations } from '../../generated/mutations.ts';
import type { Option, Values } from '../../parts/form/input-field.ts';
import type { Subject, SubjectKind } from './subject-query.ts';

export type FormMutation = keyof typeof mutations;

/** Which lists a form needs to choose from. */
export type ChoiceList = 'sites' | 'parties' | 'regions' | 'groups' | 'programmes';

/** Makes the options of a field, from what was read. */
export type Choose = (subject: Subject, lists: PageFormChoicesQuery) => readonly Option[];

/** One form: what it is about, what it asks, what it sends. Its words are in `forms` of the texts. */
export interface FormRow {
  readonly about: SubjectKind;
  /** The fields that the reader fills in, in their order. */
  readonly fields: readonly string[];
  /** Those that the schema lets out, but that a person must not leave empty. */
  readonly required?: readonly string[];
  readonly fixed: (subject: Subject) => Values;
  readonly initial?: (subject: Subject) => Values;
  /** Sends only what was changed. */
  readonly isChange?: true;
  readonly lists?: readonly ChoiceList[];
  readonly choices?: Readonly<Record<string, Choose>>;
  /** The form that undoes what this one does. */
  readonly undo?: string;
  /** Where the reader goes after it: to what the form is about, to what it made, or to all programmes. */
  readonly goal?: 'made group' | 'made visit' | 'programmes' | 'visit of the stop';
}
