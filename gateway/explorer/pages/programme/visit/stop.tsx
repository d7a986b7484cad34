import { awaited } from '../../../client/awaited.ts';
import type { GraphError } from '../../../client/send-operation.ts';
import { absentAt } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { Countries, Facts } from '../../../parts/facts.tsx';
import { decideHref, siteHref } from '../../../parts/links.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { showing } from '../../../parts/outcome.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { stateOf } from '../../../parts/stop-state.tsx';
import { formatDate, t } from '../../../words/language.ts';
import { StopBadge } from '../badge.tsx';
import { isOpenVisit, type PageStop, type PageVisit } from './visit-query.ts';

/** Who has confirmed the stop, or whose word is missing. */
function Confirmation({ stop, absent }: { stop: PageStop; absent: readonly string[] }) {
  const state = stateOf(stop);
  const host = nameOfPartner(stop.hostOwner);
  if (state === 'UNANSWERED') {
    const isDown = absent.includes(stop.hostOwner) && !awaited.value.includes(stop.hostOwner);
    if (isDown || awaited.value.length === 0) return <p>{t('programme.hostAway', { host })}</p>;
    return (
      <p>
        <NoValue why="awaited" />
      </p>
    );
  }
  const confirmedVersion =
    stop.hostConfirmedVersion || stop.officeConfirmedVersion || stop.networkConfirmedVersion;
  if (state === 'UNCONFIRMED')
    return (
      <p>
        {confirmedVersion > 0
          ? t('programme.changedSince', { host })
          : t('programme.waitsFor', { host })}
      </p>
    );
  if (state !== 'CONFIRMED') return null;
  const confirming = stop.confirmingUnit ?? stop.confirmingOffice ?? stop.confirmingOrganisation;
  const by = confirming?.name ?? host;
  const on = stop.hostConfirmedOn ?? stop.officeConfirmedOn ?? stop.networkConfirmedOn;
  return (
    <p>{t('programme.confirmedBy', { by, on: on ? formatDate(on) : t('response.unknown') })}</p>
  );
}

interface StopProps {
  readonly visit: PageVisit;
  readonly stop: PageStop;
  readonly errors: readonly GraphError[];
  readonly path: readonly (string | number)[];
}

/** One stop of an itinerary. */
export function Stop({ visit, stop, errors, path }: StopProps) {
  const state = stateOf(stop);
  const isPlanned = stop.status === 'PLANNED';
  const isConfirmed = state === 'CONFIRMED';
  const isUnderWay = visit.departedOn !== null;
  const isOpen = isOpenVisit(visit);
  const hasCountries = visit.hostCountries?.length !== 1;
  const hrefOf = (way: 'confirm' | 'correctConfirmation') =>
    decideHref('CONFIRM_STOP', visit.id, stop.id, way);
  const { id, from, to, title, site, siteContact, siteContactOn } = stop;
  const contact =
    siteContact &&
    `${t(`siteContacts.${siteContact}`)}${siteContactOn ? `, ${formatDate(siteContactOn)}` : ''}`;
  return (
    <li class={`stop ${state.toLowerCase()}`} id={id} ref={showing(id)}>
      <p class="time">{from ? [from, to].filter(Boolean).join('–') : t('programme.noTime')}</p>
      <div>
        <h4>{title}</h4>
        <p>
          <StopBadge state={state} /> <span class="soft">{t(`sectors.${stop.sector}`)}</span>
        </p>
        <Confirmation stop={stop} absent={absentAt(errors, path)} />
        <Facts
          facts={[
            [t('programme.reason'), stop.statusReason],
            [
              t('programme.place'),
              // That places are not available now is said above all days.
              site && (
                <>
                  <a href={siteHref(site.id)}>{site.name ?? t('response.missing')}</a>
                  {site.city && `, ${site.city}`}
                  <Rehearsal of={'isRehearsal' in site ? site : null} />
                </>
              ),
            ],
            [t('programme.address'), stop.address],
            [t('network.city'), stop.city],
            [t('programme.country'), hasCountries && <Countries codes={[stop.hostCountry]} />],
            [t('programme.meetingPoint'), stop.meetingPoint],
            [t('programme.contact'), stop.contactOnTheSpot],
            [t('programme.institution'), contact],
            [t('programme.note'), stop.note],
          ]}
        />
        <PlanningLinks
          by={stop.hostOwner}
          of={title}
          forms={[
            ['confirmStop', 'tasks.confirm', isOpen && state === 'UNCONFIRMED', hrefOf('confirm')],
            [
              'confirmStop',
              'plan.correctConfirmation',
              isOpen && isConfirmed,
              hrefOf('correctConfirmation'),
            ],
          ]}
        />
        <PlanningLinks
          id={id}
          of={title}
          forms={[
            ['moveItineraryStop', 'plan.moveItineraryStop', isPlanned],
            ['changeItineraryStop', 'plan.changeItineraryStop', isPlanned],
            ['recordSiteContact', 'plan.recordSiteContact', isPlanned],
            [
              'recordStopHeld',
              isPlanned ? 'plan.recordStopHeld' : 'plan.correctReport',
              isUnderWay && stop.status !== 'CALLED_OFF',
            ],
            ['callOffItineraryStop', 'plan.callOffItineraryStop', isPlanned],
            ['removeItineraryStop', 'plan.removeItineraryStop', isPlanned && !isConfirmed],
            ['resumeItineraryStop', 'plan.resumeItineraryStop', stop.status === 'CALLED_OFF'],
          ]}
        />
      </div>
    </li>
  );
}
