import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { GraphError } from '../../../client/send-operation.ts';
import { isAbsentAt, whyMissing, whyNull } from '../../../client/why-null.ts';
import type { DayMap } from '../../../parts/map/day-map.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { cityOf, countStates, stateOf, stopsByDay } from '../../../parts/stop-state.tsx';
import { t } from '../../../words/language.ts';
import { formatWeekday, joinNames } from '../../../words/names.ts';
import { StopBadge } from '../badge.tsx';
import { Stop } from './stop.tsx';
import type { PageStop, PageVisit } from './visit-query.ts';

const msPerDay = 86_400_000;
/** A visit is about a week. Behind a mistake in its dates, no endless list of days. */
const mostDays = 60;

/** Each day of a visit with its stops, also the days without any. */
export function daysOf({
  startsOn,
  endsOn,
  stops,
}: Pick<PageVisit, 'startsOn' | 'endsOn' | 'stops'>): readonly {
  readonly day: string;
  readonly stops: readonly PageStop[];
}[] {
  const days = new Set((stops ?? []).map(({ day }) => day));
  const [first, last] = [Date.parse(startsOn ?? ''), Date.parse(endsOn ?? '')];
  for (let time = first; time <= last && days.size < mostDays; time += msPerDay)
    days.add(new Date(time).toISOString().slice(0, 10));
  return stopsByDay(stops ?? [], [...days]);
}

interface ItineraryProps {
  readonly visit: PageVisit;
  readonly errors: readonly GraphError[];
}

/** What must be done before the departure, above everything else. */
function Glance({ stops }: { stops: readonly PageStop[] }) {
  const counts = countStates(stops);
  const open = stops.filter((stop) => ['UNCONFIRMED', 'UNANSWERED'].includes(stateOf(stop)));
  return (
    <div class={open.length > 0 ? 'glance open' : 'glance'}>
      <p class="badges">
        {[...counts].map(([state, number]) => (
          <StopBadge key={state} state={state} number={number} />
        ))}
      </p>
      {open.length > 0 && (
        <ul>
          {open.map((stop) => (
            <li key={stop.id}>
              <StopBadge state={stateOf(stop)} />{' '}
              <a href={`#${stop.id}`}>
                {formatWeekday(stop.day)}
                {stop.from && `, ${stop.from}`}: {stop.title}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The sectors that the programme wants and no stop shows. */
function MissingSectors({ visit: { missingSectors }, errors }: ItineraryProps) {
  if (!missingSectors)
    return (
      <p>
        {t('programme.missingSectors')}:{' '}
        <NoValue why={whyNull(errors, ['visit', 'missingSectors'], 'nbnp')} />
      </p>
    );
  if (missingSectors.length === 0) return <p>{t('programme.allSectors')}</p>;
  return (
    <p class="missing-sectors">
      <span aria-hidden="true">⚠</span> {t('programme.missingSectors')}:{' '}
      <strong>{joinNames(missingSectors.map((sector) => t(`sectors.${sector}`)))}</strong>
    </p>
  );
}

/** Where the visit leads. Nobody waits for it: without its file the itinerary says the cities too. */
function VisitMap({ stops }: { stops: readonly PageStop[] }) {
  const map = useSignal<typeof DayMap | undefined>(undefined);
  useEffect(() => {
    import('../../../parts/map/day-map.tsx').then(
      (file) => (map.value = file.DayMap),
      () => undefined,
    );
  }, []);
  const Shown = map.value;
  return <div class="visit-map">{Shown && <Shown stops={stops} />}</div>;
}

/** The cities of a day, in the order of its stops. */
const citiesOf = (stops: readonly PageStop[]): string =>
  [...new Set(stops.flatMap((stop) => cityOf(stop) ?? []))].join(' → ');

/** Day by day and city by city, with what is unconfirmed first. */
export function Itinerary({ visit, errors }: ItineraryProps) {
  const { stops } = visit;
  if (!stops) return <NoPart errors={errors} path={['visit', 'stops']} owner="nbnp" />;
  // A map of one city says less than its name.
  const hasLostPlaces = stops.some((_, index) =>
    isAbsentAt(errors, ['visit', 'stops', index, 'site']),
  );
  const hasMap = new Set(stops.map(cityOf).filter(Boolean)).size > 1;
  return (
    <div class={hasMap ? 'itinerary mapped' : 'itinerary'}>
      <div>
        {stops.length > 0 && <Glance stops={stops} />}
        <MissingSectors visit={visit} errors={errors} />
        {hasLostPlaces && (
          <p>
            {t('programme.place')}: <NoValue why={whyMissing(errors, ['visit', 'stops'])} />
          </p>
        )}
      </div>
      {hasMap && <VisitMap stops={stops} />}
      <div class="days">
        {daysOf(visit).map(({ day, stops: ofDay }) => (
          <section key={day} class="day">
            <h3>
              {formatWeekday(day)} <span class="soft">{citiesOf(ofDay)}</span>
            </h3>
            {ofDay.length === 0 && <p class="soft">{t('programme.noStopThatDay')}</p>}
            <ul class="stops">
              {ofDay.map((stop) => (
                <Stop
                  key={stop.id}
                  visit={visit}
                  stop={stop}
                  errors={errors}
                  path={['visit', 'stops', stops.indexOf(stop)]}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}
