import { useEffect } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { graphql } from '../../generated/gql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Email } from '../../parts/contacts.tsx';
import { showValue } from '../../parts/form/conflict-note.tsx';
import { labelOf } from '../../parts/form/form-words.ts';
import { Loading } from '../../parts/loading.tsx';
import { confirmationOf, findAsked, type Facts, type Task } from './decision.ts';

/** The officer on whom the reader decides: of no other nominee is anything read. */
const nomineeQuery = graphql(`
  query PageNominee($officer: ID!) {
    officer(id: $officer) {
      id
      name
      rank
      unit {
        name
      }
      email
      languages
      nominations {
        id
        motivation
      }
    }
  }
`);

/** A nomination with the facts about the nominee, on whom somebody decides. */
function withPerson(
  nomination: { readonly officer?: object; readonly delegate?: object } | undefined,
): object | undefined {
  if (!nomination) return undefined;
  const { officer: _, delegate, ...own } = nomination;
  return { ...delegate, ...own };
}

/** A person, without what only the form needs. */
function withoutFormalities(
  someone: { readonly formalities: unknown } | null | undefined,
): object | undefined {
  if (!someone) return undefined;
  const { formalities: _, ...own } = someone;
  return own;
}

/** A loan or an offer, with the days for which somebody consents. */
function onVisit(
  visit:
    | Pick<NonNullable<Facts['visit']>, 'title' | 'startsOn' | 'endsOn' | 'version'>
    | null
    | undefined,
  record: object | undefined,
): object | undefined {
  if (!visit || !record) return undefined;
  const { title, startsOn, endsOn, version } = visit;
  return { title, startsOn, endsOn, ...record, visitVersion: version };
}

/** A stop, with the confirmation that would be corrected. */
function withConfirmation(stop: Facts['itineraryStop']): object | undefined {
  if (!stop) return undefined;
  const { title, day, from, to, address, meetingPoint, status, version } = stop;
  const made = confirmationOf(stop);
  const plan = { title, day, from, to, address, meetingPoint, version };
  // That it is planned is what makes it a task.
  return { ...plan, ...(status !== 'PLANNED' && { status }), ...made };
}

/** The record that a task is about, without the lists that only its form needs. */
export function recordOf({ subject }: Task, facts: Facts): object {
  const { nominating, selecting, group, visit, lending, hosting, itineraryStop, programme } = facts;
  const byId = <Row extends { id: string }>(rows: readonly Row[] | null | undefined) =>
    rows?.find(({ id }) => id === subject);
  const asked = findAsked(subject, facts);
  const record =
    withPerson(byId(nominating?.officerNominations)) ??
    withPerson(byId(selecting?.delegateNominations)) ??
    onVisit(asked?.visit, asked && { ...asked.assignment, expert: asked.expert }) ??
    onVisit(lending, byId(lending?.experts)) ??
    onVisit(hosting, byId(hosting?.hostings) ?? byId(hosting?.regionalHostings)) ??
    withConfirmation(itineraryStop) ??
    visit ??
    programme ??
    withoutFormalities(facts.officer) ??
    withoutFormalities(facts.delegate);
  if (record) return record;
  return group ? { name: group.name, version: group.version } : {};
}

/** What a decider needs first: who it is, as what, about what, when and where. */
const firstNames = [
  'name',
  'expert',
  'rank',
  'unit',
  'employer',
  'role',
  'motivation',
  'status',
  'day',
  'startsOn',
  'endsOn',
  'from',
  'to',
  'hostCountries',
  'meetingPoint',
  'address',
];

interface FactsProps {
  readonly record: object;
  /** Whether what it is called stands above already. */
  readonly isNamed?: boolean;
}

/** The present values of a record, without ids and versions, which are for programs. */
export function RecordFacts({ record, isNamed }: FactsProps) {
  const rank = ([name]: readonly [string, unknown]) =>
    firstNames.includes(name) ? firstNames.indexOf(name) : firstNames.length;
  const rows = Object.entries(record)
    .filter(([name]) => name !== 'id' && !/version$/i.test(name))
    .filter(([name]) => !(isNamed && (name === 'title' || name === 'name')))
    .toSorted((one, other) => rank(one) - rank(other));
  return (
    <dl class="record">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{labelOf(name, 'AddItineraryStopInput')}</dt>
          <dd>
            {name === 'email' && typeof value === 'string' ? (
              <Email address={value} />
            ) : (
              showValue(value, name)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface NomineeProps {
  readonly officer: string;
  readonly nomination: string;
  readonly record: object;
  /** Told her name, as soon as it is there. */
  readonly onName: (name: string | undefined) => void;
}

/** A nomination, with the officer and why her police force proposes her. */
export function Nominee({ officer, nomination, record, onName }: NomineeProps) {
  const { response, refetch } = useQuery(nomineeQuery, { officer });
  const name = response?.data?.officer?.name ?? undefined;
  useEffect(() => onName(name), [name]);
  if (!response) return <Loading />;
  const { nominations = [], ...person } = response.data?.officer ?? {};
  const at = nominations?.findIndex(({ id }) => id === nomination) ?? -1;
  // Of a nomination that is decided, the motivation is withheld. It is not shown here.
  const errors = response.errors.filter(
    ({ path }) => path?.[1] !== 'nominations' || path[2] === undefined || path[2] === at,
  );
  const motivation = nominations?.[at]?.motivation;
  return (
    <>
      <ResponseNote response={{ ...response, errors }} refetch={refetch} />
      <RecordFacts record={{ ...person, motivation, ...record }} />
    </>
  );
}
