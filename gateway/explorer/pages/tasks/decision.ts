import { ownerOf } from '../../client/why-null.ts';
import type { PageTaskFactsQuery, PageTasksQuery } from '../../generated/graphql.ts';
import type { mutations } from '../../generated/mutations.ts';
import type { Option, Values } from '../../parts/form/input-field.ts';
import { t, type WordKey } from '../../words/language.ts';

export type Task = NonNullable<PageTasksQuery['tasks']>['nodes'][number];
export type Facts = PageTaskFactsQuery;
type MutationName = keyof typeof mutations;

/** One way to do what a task asks for. */
export interface Decision {
  readonly label: WordKey;
  /** What its button says, and the heading of its page where the task asks for something else. @default the label */
  readonly send?: WordKey;
  readonly mutation: MutationName;
  /** Whose sentence says what happens. @default that of the mutation */
  readonly lead?: string;
  /** What the task and its record already say. The form asks for the rest. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, readonly Option[]>>;
  readonly initial?: Values;
  /** What it asks for although the schema lets it out: why somebody is declined. */
  readonly required?: readonly string[];
  /** What the reader should know before. */
  readonly note?: WordKey;
  /** What was done has the name of this way: it is a part of the task, or something else than the task asks for. */
  readonly isNamed?: true;
  /** Whom it is about: the button and the outcome have the name. */
  readonly whom?: string | undefined;
  /** Adds what follows from the values of the form. */
  readonly complete?: (values: Record<string, unknown>) => Record<string, unknown>;
}

/** What is done, and with whom: `Accept: Anna Lind`. No language has to inflect the name. */
export const nameOf = ({ label, whom }: Decision): string =>
  [t(label), whom].filter(Boolean).join(': ');

/** What the button of a decision says. */
export const sendOf = (one: Decision): string => nameOf({ ...one, label: one.send ?? one.label });

/** The heading of a decision that is not what the task asks for: `Withdraw from hosting`. */
export const headingOf = ({ isNamed, send, label }: Decision): WordKey | undefined =>
  isNamed && (send ?? label);

/** Whether the offices own a record. All others of these tasks are those of a police force. */
export const isOffices = (id: string): boolean => ownerOf(id) === 'ncm';

type Stop = NonNullable<Facts['itineraryStop']>;

interface Confirmation {
  readonly recordedOn: string | null;
  readonly unit?: Stop['confirmingUnit'];
  readonly office?: Stop['confirmingOffice'];
  readonly organisation?: Stop['confirmingOrganisation'];
}

/** Who confirmed the present plan of a stop, and when. Undefined if nobody has. */
export function confirmationOf(stop: Stop): Confirmation | undefined {
  if (!stop.confirmed) return undefined;
  if (stop.hostOwner === 'nbnp')
    return { recordedOn: stop.networkConfirmedOn, organisation: stop.confirmingOrganisation };
  return stop.hostOwner === 'ncm'
    ? { recordedOn: stop.officeConfirmedOn, office: stop.confirmingOffice }
    : { recordedOn: stop.hostConfirmedOn, unit: stop.confirmingUnit };
}

type Named = { readonly id: string; readonly name?: string | null };
export const toOptions = (rows: readonly (Named | null)[] | null | undefined): Option[] =>
  (rows ?? []).flatMap((row) =>
    row ? [{ value: row.id, label: row.name ?? t('response.unknown') }] : [],
  );

/** Of people, those that a programme may use: invented ones in rehearsals, and real ones otherwise. */
export const toPeople = <Row extends Named & { readonly isRehearsal: boolean }>(
  { isRehearsal }: Task,
  rows: readonly Row[] | undefined,
): Option[] => toOptions(rows?.filter((row) => row.isRehearsal === isRehearsal));

type Parties = readonly (Named | null)[] | null | undefined;

/** The open offices that a side names; where no source names any, those in Russia. Only a rehearsal can use one that was made for rehearsals. */
export const toOffices = (
  { isRehearsal }: Task,
  { offices }: Facts,
  ...named: readonly Parties[]
): Option[] => {
  const ids = named.some((parties) => parties)
    ? named.flatMap((parties) => parties?.flatMap((party) => party?.id ?? []) ?? [])
    : undefined;
  return toOptions(
    offices
      ?.filter(
        (office) =>
          (ids ? ids.includes(office.id) : office.country === 'RU') &&
          office.closedOn === null &&
          (isRehearsal || !office.isRehearsal),
      )
      .map(({ id, name, city }) => ({ id, name: city === null ? name : `${name}, ${city}` })),
  );
};

/**
 * The expert whom the network asks of the reader’s police force, and for what. The visit itself says
 * that only to those who take part in it.
 */
export function findAsked(assignment: string, { asked }: Facts) {
  for (const { assignments, ...expert } of asked?.nodes ?? [])
    for (const { visit, ...one } of assignments ?? [])
      if (visit && one.id === assignment) return { expert, visit, assignment: one };
  return undefined;
}

/** The ways to do a task. None if its record cannot be read now. */
export type Decide = (task: Task, facts: Facts, organisation: string) => readonly Decision[];
