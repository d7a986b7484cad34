import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { lazy } from 'preact-iso';
import { ownerOf } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { Facts } from '../../parts/facts.tsx';
import { stopSigns } from '../../parts/stop-state.tsx';
import { today } from '../../parts/today.ts';
import { t } from '../../words/language.ts';
import { formatWeekday, nameOfCountry } from '../../words/names.ts';
import { dayAfter, daysOf, findLinks, takingPlace } from './journey.ts';
import type { JourneyHosting, JourneyStop, JourneyVisit } from './my-journey-query.ts';

const DayMap = lazy(async () => (await import('../../parts/map/day-map.tsx')).DayMap);

/** A text whose numbers and addresses the phone can call and write to. */
function Reachable({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <>
      {findLinks(text).map(({ text: part, href }) =>
        href ? (
          <a key={part} class="reach" href={href}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}

/** An address that the phone opens in its own map. */
function Address({ stop }: { stop: JourneyStop }) {
  const city = stop.city ?? stop.site?.city ?? null;
  const { address } = stop;
  if (address === null) return <>{city}</>;
  const whole = [address, city, nameOfCountry(stop.hostCountry)].filter(Boolean).join(', ');
  return <a href={`geo:0,0?q=${encodeURIComponent(whole)}`}>{whole}</a>;
}

const timeOf = ({ from, to }: JourneyStop): string =>
  from ? [from, to].filter(Boolean).join('–') : t('programme.noTime');

/** One stop: when, where, whom to call. */
export function JourneyStopCard({ stop, isNext = false }: { stop: JourneyStop; isNext?: boolean }) {
  return (
    <li class={isNext ? 'journey-stop next' : 'journey-stop'}>
      <p class="time">{timeOf(stop)}</p>
      <div>
        <p class="title">{stop.title}</p>
        {stop.status === 'PLANNED' && stop.confirmed === false && (
          <p class="unconfirmed">
            <span aria-hidden="true">{stopSigns.UNCONFIRMED}</span> {t('stopStates.UNCONFIRMED')}
          </p>
        )}
        <Facts
          facts={[
            [t('programme.place'), stop.site?.name],
            [t('programme.address'), (stop.address ?? stop.city) && <Address stop={stop} />],
            [t('programme.meetingPoint'), stop.meetingPoint],
            [
              t('journey.call'),
              stop.contactOnTheSpot && <Reachable text={stop.contactOnTheSpot} />,
            ],
          ]}
        />
      </div>
    </li>
  );
}

/** Where the group stays, how it travels, whom it calls when something goes wrong. */
export function Stay({ visit }: { visit: JourneyVisit }) {
  const hostings: readonly JourneyHosting[] = [
    ...(visit.hostings ?? []),
    ...(visit.regionalHostings ?? []),
  ].filter(({ status }) => status === 'CONFIRMED');
  if (hostings.length === 0) return null;
  return (
    <>
      <h2>{t('journey.stay')}</h2>
      {hostings.map((hosting) => (
        <Fragment key={hosting.id}>
          {hostings.length > 1 && <h3>{nameOfPartner(ownerOf(hosting.id))}</h3>}
          <Facts
            facts={[
              [
                t('programme.emergencyContact'),
                hosting.emergencyContact && <Reachable text={hosting.emergencyContact} />,
              ],
              [
                t('programme.contact'),
                hosting.contactOnTheSpot && <Reachable text={hosting.contactOnTheSpot} />,
              ],
              [t('programme.accommodation'), hosting.accommodation],
              [t('programme.transport'), hosting.transport],
              [t('programme.meetingPoint'), hosting.meetingPoint],
            ]}
          />
        </Fragment>
      ))}
    </>
  );
}

interface DayProps {
  readonly day: string;
  readonly stops: readonly JourneyStop[];
}

function DayStops({ stops }: Pick<DayProps, 'stops'>) {
  const isMapped = useSignal(false);
  return (
    <>
      {stops.length === 0 && <p class="soft">{t('programme.noStopThatDay')}</p>}
      <ul class="journey-stops">
        {stops.map((stop) => (
          <JourneyStopCard key={stop.id} stop={stop} />
        ))}
      </ul>
      {stops.length > 0 && !isMapped.value && (
        <button type="button" class="quiet" onClick={() => (isMapped.value = true)}>
          {t('journey.showMap')}
        </button>
      )}
      {isMapped.value && <DayMap stops={stops} />}
    </>
  );
}

/** Today and tomorrow stand above the other days. */
export function NearDays({ visit }: { visit: JourneyVisit }) {
  const stops = takingPlace(visit);
  const near = [
    [today(), t('journey.today')],
    [dayAfter(today()), t('journey.tomorrow')],
  ] as const;
  return (
    <>
      {near.map(([day, title]) => {
        const ofDay = stops.filter((stop) => stop.day === day);
        return ofDay.length === 0 ? null : (
          <section key={day} class="unprinted journey-near">
            <h2>{title}</h2>
            <DayStops stops={ofDay} />
          </section>
        );
      })}
    </>
  );
}

const isNear = (day: string, stops: readonly JourneyStop[]): boolean =>
  [today(), dayAfter(today())].includes(day) && stops.some((stop) => stop.day === day);

/** All other days, one after the other; on paper all of them, one a page. */
export function Days({ visit }: { visit: JourneyVisit }) {
  const stops = takingPlace(visit);
  const off = (visit.stops ?? []).filter(({ status }) => status === 'CALLED_OFF');
  return (
    <>
      <h2>{t('journey.days')}</h2>
      {daysOf(visit).map((day) => (
        <section key={day} class={isNear(day, stops) ? 'journey-day printed-only' : 'journey-day'}>
          <h3>{formatWeekday(day)}</h3>
          <DayStops stops={stops.filter((stop) => stop.day === day)} />
        </section>
      ))}
      {off.length > 0 && (
        <>
          <h3>{t('stopStates.CALLED_OFF')}</h3>
          <ul>
            {off.map(({ id, day, title, statusReason }) => (
              <li key={id}>
                {formatWeekday(day)}: {title}. {statusReason}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
