import type { PageFormChoicesQuery } from '../../generated/graphql.ts';
import type { mutations } from '../../generated/mutations.ts';
import type { Option, Values } from '../../parts/form/input-field.ts';
import type { Reads, Subject } from './subject-query.ts';

export type FormMutation = keyof typeof mutations;

/** Whose co-ordinators may use a form. */
type Doer =
  | 'nbnp'
  | 'ncm'
  | 'owner of the part'
  | 'owner'
  | 'own police force'
  | 'organisers'
  | 'everybody';

/** Which lists a form needs to choose from. */
export type ChoiceList =
  | 'sites'
  | 'parties'
  | 'offices'
  | 'units'
  | 'regions'
  | 'groups'
  | 'members'
  | 'programmes'
  | 'events'
  | 'experts'
  | 'officers'
  | 'delegates'
  | 'policeHolds'
  | 'officeHolds'
  | 'networkHolds';

/**
 * Makes the options of a field, from what was read. Undefined: all values of its type.
 * @param chosen what the reader has chosen in the field that decides on others
 */
export type Choose = (
  subject: Subject,
  lists: PageFormChoicesQuery,
  chosen?: unknown,
) => readonly Option[] | undefined;

/** One form: what it is about, what it asks, what it sends. Its words are in `forms` of the texts. */
export interface FormRow extends Reads {
  /** Whose co-ordinators may use it. @default those of the network */
  readonly by?: Doer;
  /** The mutation that it sends. @default the one that it is called by */
  readonly sends?: FormMutation;
  /** Whose texts it has. @default its own, by its mutation */
  readonly words?: string;
  /** The fields that the reader fills in, in their order. */
  readonly fields: readonly string[];
  /** What a long form is divided into: the field with which each part begins, and the name of its heading. */
  readonly sections?: Readonly<Record<string, string>>;
  /** Those that the schema lets out, but that a person must not leave empty: `journeys.from` in a list. */
  readonly required?: readonly string[];
  /** @param part the id of a part of what the form is about: one of its hosts */
  readonly fixed: (subject: Subject, part: string) => Values;
  /** The part in words: the name of a person, the kind of a meeting. */
  readonly partName?: (subject: Subject, part: string) => string | null | undefined;
  /** What is sent besides, by what the reader chose: the version of the record that stays. */
  readonly added?: (values: Values, lists: PageFormChoicesQuery) => Values;
  readonly initial?: (subject: Subject, part: string) => Values;
  /** Sends only what was changed. */
  readonly isChange?: true;
  readonly lists?: readonly ChoiceList[];
  readonly choices?: Readonly<Record<string, Choose>>;
  /** Fields whose choices are typed in the same form, and where: `journeys.from` at `sides.name`. */
  readonly typed?: Readonly<Record<string, string>>;
  /** The field that decides what there is to choose in others. */
  readonly decides?: string;
  /** The form that has to be sent before this one, as long as it has to. */
  readonly first?: (subject: Subject) => string | undefined;
  /** Where the reader goes after it: to what the form is about, to what it made, or to a list. */
  readonly goal?:
    | 'made group'
    | 'made visit'
    | 'made person'
    | 'made body'
    | 'made site'
    | 'made event'
    | 'people'
    | 'events'
    | 'statements'
    | 'programmes'
    | 'visit of the stop';
}
