import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import type { Completeness } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { useTitle } from '../../frame/title.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Facts } from '../../parts/facts.tsx';
import { CalendarButton } from '../../parts/files/calendar-button.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { today } from '../../parts/today.ts';
import { person } from '../../session/session.ts';
import { formatTime, t } from '../../words/language.ts';
import { formatDays, formatWeekday } from '../../words/names.ts';
import { CalledOff, withoutEnded } from './called-off.tsx';
import { Days, JourneyStopCard, NearDays, Stay } from './day.tsx';
import { Due, Information, Report } from './due.tsx';
import { chooseGroup, isBack, nextStop, sortVisits } from './journey.ts';
import {
  journeyQuery,
  preparationQuery,
  type JourneyGroup,
  type JourneyVisit,
  type Me,
  type Preparation,
} from './my-journey-query.ts';
import { Nominations } from './nominations.tsx';
import { keepJourney, readJourney } from './offline/copy.ts';
import { OwnData } from './own-data.tsx';
import { People } from './people.tsx';
import { useSession } from './use-session.ts';

interface JourneyProps {
  readonly me: Pick<Me, '__typename' | 'id'> & Partial<Pick<Me, 'report'>>;
  readonly group: JourneyGroup;
  readonly preparation: Preparation | undefined;
  readonly isOnline: boolean;
  readonly refetch: () => void;
}

/** Now, by the phone’s clock, which is that of the place once she is there. */
const now = (): string => `${today()} ${new Date().toTimeString().slice(0, 5)}`;

/** What comes next, above everything else. */
function Next({ visit }: { visit: JourneyVisit }) {
  const stop = nextStop(visit, now());
  if (isBack(visit, today())) return <p class="lead">{t('journey.isOver')}</p>;
  return (
    <section class="journey-next">
      <h2>{t('journey.next')}</h2>
      {visit.startsOn !== null && visit.startsOn > today() && (
        <p>{t('journey.begins', { day: formatWeekday(visit.startsOn) })}</p>
      )}
      {stop ? (
        <>
          <p class="soft">{formatWeekday(stop.day)}</p>
          <ul class="journey-stops">
            <JourneyStopCard stop={stop} isNext />
          </ul>
        </>
      ) : (
        <p>{t('programme.noStops')}</p>
      )}
    </section>
  );
}

function Meetings({ group: { meetings } }: { group: JourneyGroup }) {
  if (!meetings || meetings.length === 0) return null;
  return (
    <section>
      <h2>{t('journey.meetings')}</h2>
      {meetings.map(({ kind, on, place, agenda }) => (
        <Facts
          key={kind}
          facts={[
            [t(`meetingKinds.${kind}`), formatWeekday(on)],
            [t('programme.place'), place],
            [t('programme.agenda'), agenda],
          ]}
        />
      ))}
    </section>
  );
}

function Files({ visit: { id } }: { visit: JourneyVisit }) {
  return (
    <div class="files">
      <button type="button" class="quiet" onClick={() => print()}>
        {t('journey.print')}
      </button>
      <CalendarButton visit={id} />
    </div>
  );
}

/** What she can still look up of a visit that is over. */
function Past(props: JourneyProps & { visit: JourneyVisit }) {
  const { visit } = props;
  if (visit.stops === null && visit.returnedOn !== null) return <p>{t('journey.rightsEnded')}</p>;
  return (
    <details class="past">
      <summary>{visit.title}</summary>
      <Stay visit={visit} />
      <Days visit={visit} />
      <Information {...props} />
    </details>
  );
}

function Journey(props: JourneyProps) {
  const { me, group, isOnline } = props;
  if (group.cancelledOn !== null) return <CalledOff {...props} on={group.cancelledOn} />;
  const [visit, ...others] = sortVisits(group.visits ?? [], today());
  const cancelled = (group.visits ?? []).filter(({ cancelledOn }) => cancelledOn !== null);
  const report = visit && <Report {...props} visit={visit} report={me.report ?? null} />;
  // After the journey, nothing is left to do but the report. The visits that are over come last.
  const isReportFirst = visit !== undefined && isBack(visit, today());
  return (
    <>
      <p class="journey-group">
        {group.name} · {group.programme.title}
        {visit && ` · ${formatDays(visit.startsOn, visit.endsOn)}`}
        <Rehearsal of={visit ?? group} />
      </p>
      {cancelled.map((one) => (
        <p key={one.id} class="cancelled">
          {one.title}: {t('programme.cancelledVisit')}. {one.cancelReason}
        </p>
      ))}
      {!visit && <p>{t('journey.noVisit')}</p>}
      {visit && (
        <>
          <Next visit={visit} />
          {isReportFirst && report}
          <NearDays visit={visit} />
          {!isReportFirst && <Information {...props} visit={visit} />}
        </>
      )}
      {!isReportFirst && <Due {...props} />}
      {visit && !isReportFirst && (
        <>
          <Stay visit={visit} />
          <Days visit={visit} />
          {report}
        </>
      )}
      {visit && isReportFirst && <Past {...props} visit={visit} />}
      <Meetings group={group} />
      {isOnline && <People me={me} group={group} />}
      {visit && isOnline && <Files visit={visit} />}
      {others.length > 0 && (
        <section>
          <h2>{t('journey.otherVisits')}</h2>
          <ul>
            {others.map(({ id, title, startsOn, endsOn }) => (
              <li key={id}>
                {title}, {formatDays(startsOn, endsOn)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Her other groups, each with its own address. */
function Groups({ groups, shown }: { groups: readonly JourneyGroup[]; shown: JourneyGroup }) {
  if (groups.length < 2) return null;
  return (
    <nav class="journey-groups" aria-label={t('journey.groups')}>
      <ul>
        {groups.map(({ id, name, cancelledOn }) => (
          <li key={id}>
            <a
              href={`/my-journey?group=${encodeURIComponent(id)}`}
              aria-current={id === shown.id ? 'page' : undefined}
            >
              {name}
              {cancelledOn !== null && ` (${t('programme.cancelled')})`}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface Shown {
  readonly me: JourneyProps['me'] & { readonly groups: readonly JourneyGroup[] | null };
  readonly preparation: Preparation | undefined;
  /** When the kept journey was read from the hub. @default it is as the hub says now */
  readonly savedAt?: number;
  /** Whose part the kept journey lacks. */
  readonly completeness?: Completeness | undefined;
}

/** The journey of the signed-in participant, kept for the time without a connection. */
function useJourney() {
  const journey = useQuery(journeyQuery, {});
  const { query } = useLocation();
  const me = journey.response?.data?.me;
  const group = chooseGroup(me?.groups ?? [], query['group'], today());
  const preparation = useQuery(preparationQuery, { group: group?.id ?? '' });
  const ready = group ? (preparation.response?.data?.me ?? undefined) : undefined;
  useEffect(() => {
    const completeness = journey.response?.completeness;
    if (me?.groups && completeness && !journey.isLoading) void keepJourney(me, ready, completeness);
  }, [journey.response, journey.isLoading, ready]);
  const refetch = () => {
    journey.refetch();
    preparation.refetch();
  };
  return { response: journey.response, me, preparation: ready, refetch };
}

/** How often a phone looks for the hub while it shows what it has kept. */
const retryMs = 15_000;

/** A browser says it by itself only if it knew that it was offline, not where the hub alone was out of reach. */
const tryAgain = () => dispatchEvent(new Event('online'));

/** Without a session, the page shows what the phone has kept only while the hub cannot be reached. */
function useKept(isUnreachable: boolean) {
  const kept = useSignal<Shown | undefined>(undefined);
  useEffect(() => {
    if (!isUnreachable) return;
    void readJourney().then((copy) => {
      if (!copy) return;
      const { me, formalities } = copy.data;
      const preparation = { id: me.id, formalities, travelNeeds: null } as Preparation;
      const { savedAt, completeness } = copy;
      kept.value = { me, preparation, savedAt, completeness };
    });
  }, [isUnreachable]);
  const isShown = isUnreachable && kept.value !== undefined;
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = setInterval(() => document.hidden || tryAgain(), retryMs);
    return () => clearInterval(timer);
  }, [isShown]);
  return isUnreachable ? kept.value : undefined;
}

/** The page of somebody who travels: what is next, where, when, whom to call. */
export function MyJourney() {
  const session = useSession();
  const { response, me, preparation, refetch } = useJourney();
  const { query } = useLocation();
  const isUnreachable =
    session === 'unreachable' || response?.errors[0]?.extensions?.code === 'UNREACHABLE';
  const kept = useKept(isUnreachable);
  const shown: Shown | undefined = session === 'open' && me ? { me, preparation } : kept;
  // An expert has no such record.
  const isOfNoJourney =
    session === 'open' &&
    response?.data?.me === null &&
    response.errors.length === 0 &&
    person.value?.role === 'participant';
  const groups = shown?.me.groups ?? [];
  const group = chooseGroup(groups, query['group'], today());
  useTitle(t('journey.title'));
  useEffect(() => {
    void navigator.serviceWorker?.register('/my-journey-worker.js', { scope: '/my-journey' });
    addEventListener('online', refetch);
    return () => removeEventListener('online', refetch);
  }, [refetch]);
  return (
    <article class="journey">
      <h1>{t('journey.title')}</h1>
      {kept && (
        <p class="note" role="status">
          {t('journey.offline', { time: formatTime(new Date(kept.savedAt ?? 0).toISOString()) })}
        </p>
      )}
      {kept && <ResponseNote response={{ completeness: kept.completeness, errors: [] }} />}
      {!kept && session === 'open' && (
        <ResponseNote response={response && withoutEnded(response)} refetch={refetch} />
      )}
      {session === 'opening' && <Loading />}
      {session === 'none' && (
        <p>
          {t('journey.signIn')} <SignInButton />
        </p>
      )}
      {session === 'unreachable' && !kept && <p>{t('response.failed')}</p>}
      {session === 'open' && !response && <Loading />}
      {session === 'open' && response?.data && !me && person.value?.role !== 'participant' && (
        <p>{t('journey.notForYou')}</p>
      )}
      {group && <Groups groups={groups} shown={group} />}
      {/* While the network does not respond, nobody knows her groups. */}
      {(isOfNoJourney || (shown?.me.groups && !group)) && <p>{t('journey.noGroup')}</p>}
      {shown && group && (
        <Journey
          me={shown.me}
          group={group}
          preparation={shown.preparation}
          isOnline={kept === undefined}
          refetch={refetch}
        />
      )}
      {!kept && shown?.me.groups && <Nominations groups={groups} />}
      {session === 'open' && me && !kept && <OwnData id={me.id} />}
    </article>
  );
}
