import { useLocation } from 'preact-iso';
import type { GraphError } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { absentAt, whyNull } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import { AddressLinks } from '../../../parts/address-links.tsx';
import { Countries, Facts } from '../../../parts/facts.tsx';
import { CalendarButton } from '../../../parts/files/calendar-button.tsx';
import { fileNameOf, savePrintView } from '../../../parts/files/save-file.ts';
import { groupHref, programmeHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { Outcome } from '../../../parts/outcome.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { daysFromToday } from '../../../parts/today.ts';
import { person } from '../../../session/session.ts';
import { formatDate, formatTime, t } from '../../../words/language.ts';
import { formatDays } from '../../../words/names.ts';
import { PageNote } from '../page-note.tsx';
import { Experts } from './experts.tsx';
import { Hosts } from './hosts.tsx';
import { Itinerary } from './itinerary.tsx';
import { mayReschedule, Reschedule, rescheduleHref } from './reschedule.tsx';
import { isOpenVisit, visitQuery, type PageVisit } from './visit-query.ts';

/** To paper, to a file, to a calendar: what the reader may see, and no more. */
function Files({ visit: { id } }: { visit: PageVisit }) {
  return (
    <div class="files">
      <button type="button" onClick={() => print()}>
        {t('programme.print')}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={({ currentTarget }) => savePrintView(`${fileNameOf(id)}.html`, currentTarget)}
      >
        {t('programme.savePage')}
      </button>
      <CalendarButton visit={id} />
    </div>
  );
}

interface VisitProps {
  readonly visit: PageVisit;
  readonly errors: readonly GraphError[];
}

function Head({ visit }: { visit: PageVisit }) {
  const { group, startsOn, endsOn, departedOn, returnedOn, hostCountries } = visit;
  // With a group, the visits end that it has not made yet.
  const { cancelledOn, cancelReason } = visit.cancelledOn || departedOn ? visit : group;
  return (
    <>
      {cancelledOn && (
        <p class="cancelled">
          <strong>
            {t('programme.cancelledVisit')}: {formatDate(cancelledOn)}.
          </strong>{' '}
          {cancelReason}
        </p>
      )}
      <Facts
        facts={[
          [t('programme.group'), <a href={groupHref(group.id)}>{group.name}</a>],
          [
            t('programme.programme'),
            <>
              <a href={programmeHref(group.programme.id)}>{group.programme.title}</a>
              <Rehearsal of={visit} />
            </>,
          ],
          [t('programme.dates'), formatDays(startsOn, endsOn)],
          [t('programme.hosts'), hostCountries && <Countries codes={hostCountries} />],
          [t('programme.departed'), departedOn && formatDate(departedOn)],
          [t('programme.returned'), returnedOn && formatDate(returnedOn)],
        ]}
      />
    </>
  );
}

function Practical({ visit: { practicalInformation }, errors }: VisitProps) {
  if (practicalInformation) return <p class="prose">{practicalInformation}</p>;
  return <NoPart errors={errors} path={['visit', 'practicalInformation']} owner="nbnp" />;
}

const parts = [
  'programme.itinerary',
  'programme.experts',
  'programme.practical',
  'programme.hostsArrange',
] as const;

function Parts(props: VisitProps) {
  const [itinerary, experts, practical, hosts] = parts;
  return (
    <>
      <h2>{t(itinerary)}</h2>
      <Itinerary {...props} />
      {props.visit.stops && <Files visit={props.visit} />}
      <h2>{t(experts)}</h2>
      <Experts {...props} />
      <h2>{t(practical)}</h2>
      <Practical {...props} />
      <h2>{t(hosts)}</h2>
      <Hosts {...props} />
    </>
  );
}

/** A group sets out at most so many days before the first day that is planned. */
const mostEarly = 2;

function VisitSections({ visit, errors }: VisitProps) {
  const mayRead = visit.stops !== null;
  const { stops, experts, practicalInformation, hostings, regionalHostings } = visit;
  // Said once for all that a journey needs.
  const isWithheld =
    [stops, experts, practicalInformation, hostings, regionalHostings].every((part) => !part) &&
    ['stops', 'experts', 'practicalInformation', 'hostings'].every(
      (field) => whyNull(errors, ['visit', field]) === 'withheld',
    );
  const isOpen = isOpenVisit(visit);
  const { startsOn, departedOn, returnedOn } = visit;
  return (
    <>
      <Head visit={visit} />
      <PlanningLinks
        id={visit.id}
        forms={[
          ['addItineraryStop', 'plan.addItineraryStop', isOpen],
          ['changeVisit', 'plan.changeVisit', isOpen],
          ['reschedule', 'reschedule.open', mayReschedule(visit), rescheduleHref(visit.id)],
          ['copyVisit', 'plan.copyVisit'],
          [
            'recordDeparture',
            departedOn ? 'plan.correctDeparture' : 'taskKinds.RECORD_DEPARTURE',
            isOpen && startsOn !== null && startsOn <= daysFromToday(mostEarly),
          ],
          [
            'recordReturn',
            returnedOn ? 'plan.correctReturn' : 'taskKinds.RECORD_RETURN',
            departedOn !== null && visit.cancelledOn === null,
          ],
          ['cancelVisit', 'plan.cancelVisit', isOpen && visit.departedOn === null],
        ]}
      />
      {isWithheld ? (
        <>
          <h2>{parts.map((part) => t(part)).join(' · ')}</h2>
          <NoPart
            errors={errors}
            path={['visit', 'stops']}
            owner="nbnp"
            readers="programme.readersOfVisit"
          />
        </>
      ) : (
        <Parts visit={visit} errors={errors} />
      )}
      {mayRead && person.value && (
        <AddressLinks
          title={t('programme.calendarLinks')}
          note={t('programme.linksNote')}
          targets={[
            {
              name: visit.id,
              body: { visit: visit.id },
              title: t('links.calendar'),
              make: t('programme.createLink'),
            },
          ]}
        />
      )}
      <p class="printed-only">
        {t('programme.asOf', { time: formatTime(new Date().toISOString()) })}
      </p>
    </>
  );
}

/** One visit: its itinerary day by day, and all that a journey needs. */
export function Visit() {
  const { query } = useLocation();
  const id = query['id'] ?? '';
  const { response, refetch } = useQuery(visitQuery, { id });
  const visit = response?.data?.visit;
  useTitle(visit?.title);
  const why = whyNull(response?.errors ?? [], ['visit'], 'nbnp');
  return (
    <article class="visit">
      <p class="way-up">
        <a href="/programme">{t('programme.allGroups')}</a>
      </p>
      <h1>{visit?.title ?? t('programme.visit')}</h1>
      <Outcome />
      <PageNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response && !visit && why === 'unknown' && <p>{t('programme.noSuchVisit')}</p>}
      {response && !visit && why !== 'unknown' && (
        <NoPart errors={response.errors} path={['visit']} owner="nbnp" />
      )}
      {visit && <VisitSections visit={visit} errors={response.errors} />}
      {visit && query['form'] === 'reschedule' && mayReschedule(visit) && (
        <Reschedule visit={visit} absent={absentAt(response.errors, ['visit'])} refetch={refetch} />
      )}
    </article>
  );
}
