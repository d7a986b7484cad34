import { useMemo } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { whyNull } from '../../client/why-null.ts';
import type { PageBesideQuery } from '../../generated/graphql.ts';
import { Countries, Facts } from '../../parts/facts.tsx';
import { labelOf, sayBeside } from '../../parts/form/form-words.ts';
import { groupHref } from '../../parts/links.ts';
import { Known } from '../../parts/no-value.tsx';
import { mayDo } from '../../parts/planning-links.tsx';
import { countStates, stopsByDay, StopWord } from '../../parts/stop-state.tsx';
import { isAhead } from '../../parts/today.ts';
import { formatDate, formatNumber, t } from '../../words/language.ts';
import { formatDays, formatWeekday, joinNames, nameOfEnds, nameOfSide } from '../../words/names.ts';
import { besideQuery } from './beside-query.ts';
import type { FormRow } from './form-row.ts';

type Group = NonNullable<PageBesideQuery['group']>;
type Visit = NonNullable<PageBesideQuery['visit']>;
type Nominations = NonNullable<PageBesideQuery['officer']>['nominations'];

/** How many there are of each: `Confirmed: 2, Offered, not confirmed: 1`. */
function countWords(words: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return joinNames([...counts].map(([word, number]) => `${word}: ${formatNumber(number)}`)) || null;
}

/** There is room for a list beside the form. */
const isWide = () => matchMedia('(min-width: 64rem)').matches;

interface VisitProps {
  readonly visit: Visit;
  /** The stop that the form is about. */
  readonly stop: string;
  readonly why: (...path: readonly string[]) => Parameters<typeof Known>[0]['why'];
}

function VisitFacts({ visit, stop, why }: VisitProps) {
  const { startsOn, endsOn, hostCountries, group, experts, stops } = visit;
  const offers = [...(visit.hostings ?? []), ...(visit.regionalHostings ?? [])];
  const offered = countWords(
    offers.flatMap(({ status }) => (status ? t(`hostingStates.${status}`) : [])),
  );
  const isKept = ({ status }: { readonly status: string }) => status !== 'CALLED_OFF';
  const states = [...countStates((stops ?? []).filter(isKept))].map(
    ([state, number]) => `${t(`stopStates.${state}`)}: ${formatNumber(number)}`,
  );
  const days = stopsByDay(stops ?? []);
  const isRoomy = useMemo(isWide, []);
  return (
    <>
      <Facts
        facts={[
          [t('programme.dates'), formatDays(startsOn, endsOn)],
          [
            t('programme.members'),
            <Known
              value={group.memberCount === null ? null : formatNumber(group.memberCount)}
              why={why('group', 'memberCount')}
            />,
          ],
          [
            t('programme.hosts'),
            <>
              <Countries codes={hostCountries ?? []} />{' '}
              {offered && <span class="soft">{offered}</span>}
            </>,
          ],
          [
            t('programme.experts'),
            countWords(
              (experts ?? []).flatMap(({ status }) =>
                status === 'LENT' || status === 'REQUESTED' ? t(`loanStates.${status}`) : [],
              ),
            ),
          ],
          [t('statistics.stops'), joinNames(states) || t('programme.noStops')],
        ]}
      />
      {days.length > 0 && (
        <details open={isRoomy}>
          <summary>{t('programme.itinerary')}</summary>
          {days.map(({ day, stops: ofDay }) => (
            <section key={day}>
              <h3>{formatWeekday(day)}</h3>
              <ul>
                {ofDay.map((one) => (
                  <li key={one.id} aria-current={one.id === stop ? 'true' : undefined}>
                    {[one.from, one.title].filter(Boolean).join(' ')} <StopWord stop={one} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </details>
      )}
    </>
  );
}

const nameVisits = (visits: Group['visits']): readonly string[] =>
  (visits ?? [])
    .filter(({ cancelledOn }) => cancelledOn === null)
    .map(({ title, startsOn, endsOn }) => `${title}, ${formatDays(startsOn, endsOn)}`);

function GroupFacts({ group, why }: { group: Group } & Pick<VisitProps, 'why'>) {
  const { memberCount, plannedSize, state } = group;
  const members = memberCount === null ? null : formatNumber(memberCount);
  return (
    <Facts
      facts={[
        [t('programme.direction'), nameOfEnds(group)],
        [t('programme.state'), state && t(`groupStates.${state}`)],
        [
          t('programme.members'),
          <>
            <Known value={members} why={why('memberCount')} />{' '}
            {t('programme.ofPlanned', { planned: formatNumber(plannedSize) })}
          </>,
        ],
        [
          t('programme.visits'),
          nameVisits(group.visits).map((visit) => <div key={visit}>{visit}</div>),
        ],
      ]}
    />
  );
}

/** The journeys of a person that have not ended: whoever erases her now, takes her from them. */
function Travels({ nominations }: { nominations: Nominations }) {
  const travels = (nominations ?? []).flatMap(({ status, reserve, group }) => {
    const isMember = status === 'SELECTED' && reserve !== true;
    if (!isMember || !group || group.cancelledOn !== null) return [];
    return (group.visits ?? []).filter(isAhead).map((visit) => ({ group, visit }));
  });
  if (travels.length === 0) return <p>{sayBeside('travelsNowhere')}</p>;
  return (
    <div class="note">
      {travels.map(({ group, visit: { id, startsOn, endsOn } }) => (
        <p key={id}>
          <strong>
            {sayBeside('travelsWith', { group: group.name, days: formatDays(startsOn, endsOn) })}
          </strong>{' '}
          <a href={groupHref(group.id)}>{sayBeside('seeGroup')}</a>
        </p>
      ))}
    </div>
  );
}

interface BesideProps {
  readonly row: FormRow;
  readonly id: string;
  /** Whether what the form does cannot be undone: then it says what is affected. */
  readonly isFinal: boolean;
}

const ofNetwork = ['programme', 'group', 'visit', 'itineraryStop'];

/**
 * Whether what a form is about has facts to read beside it. Others than the network may not read all of
 * its facts; of people, only the journeys of somebody who goes for good are told.
 */
export const hasBeside = ({ about, by, sections }: FormRow, isFinal: boolean): boolean =>
  about === 'officer' || about === 'delegate'
    ? by === 'owner' && isFinal
    : sections === undefined && mayDo('nbnp') && ofNetwork.includes(about);

/** What stands about the subject of a form, beside it, or above it where there is no room. */
export function Beside({ row: { about }, id, isFinal }: BesideProps) {
  const { response } = useQuery(besideQuery, {
    id,
    ofProgramme: about === 'programme',
    ofGroup: about === 'group',
    ofVisit: about === 'visit',
    ofStop: about === 'itineraryStop',
    ofOfficer: about === 'officer',
    ofDelegate: about === 'delegate',
  });
  const { data, errors = [] } = response ?? {};
  const { programme, group } = data ?? {};
  const visit = data?.visit ?? data?.itineraryStop?.visit;
  const somebody = data?.officer ?? data?.delegate;
  const start = about === 'itineraryStop' ? [about, 'visit'] : [about];
  const why: VisitProps['why'] = (...path) => whyNull(errors, [...start, ...path]);
  if (somebody) return <Travels nominations={somebody.nominations} />;
  if (!programme && !group && !visit) return null;
  return (
    <aside class="beside" aria-labelledby="beside">
      <h2 id="beside">{sayBeside(isFinal ? 'affected' : 'stands')}</h2>
      {visit && <VisitFacts visit={visit} stop={id} why={why} />}
      {group && <GroupFacts group={group} why={why} />}
      {programme && (
        <Facts
          facts={[
            [t('programme.starts'), programme.startsOn && formatDate(programme.startsOn)],
            [t('programme.ends'), programme.endsOn && formatDate(programme.endsOn)],
            [labelOf('sides'), joinNames(programme.sides.map(nameOfSide))],
            [
              t('statistics.groups'),
              programme.groups?.map(({ id: one, name, state }) => (
                <div key={one}>
                  {name} {state && <span class="soft">{t(`groupStates.${state}`)}</span>}
                </div>
              )),
            ],
          ]}
        />
      )}
    </aside>
  );
}
