import type { GraphError } from '../../../client/send-operation.ts';
import { absentAt, ownerOf, whyAbsent } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import type { HostingStatus } from '../../../generated/graphql.ts';
import { Facts } from '../../../parts/facts.tsx';
import { decideHref } from '../../../parts/links.ts';
import { NoPart } from '../../../parts/no-part.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { showing } from '../../../parts/outcome.tsx';
import { PartyName } from '../../../parts/person-name.tsx';
import { hostsOf, PlanningLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { isPast } from '../../../parts/today.ts';
import { t } from '../../../words/language.ts';
import { joinNames, nameCountries } from '../../../words/names.ts';
import { Badge } from '../badge.tsx';
import { isOpenVisit, type PageVisit } from './visit-query.ts';

const signs: Readonly<Record<HostingStatus, readonly [sign: string, kind: string]>> = {
  CONFIRMED: ['✓', 'good'],
  OFFERED: ['?', 'warn'],
  WITHDRAWN: ['✕', 'bad'],
};

interface HostsProps {
  readonly visit: PageVisit;
  readonly errors: readonly GraphError[];
}

/** Offers to host, of police units and of offices, in one form. */
const offersOf = ({ hostings, regionalHostings }: PageVisit) => [
  ...(hostings ?? []).map((hosting) => ({
    ...hosting,
    host: { ...hosting.unit, isRehearsal: false },
  })),
  ...(regionalHostings ?? []).map((hosting) => ({ ...hosting, host: hosting.office })),
];

/** Hosts of this visit that did not respond, so that their offers are missing. */
function AbsentHosts({ absent }: { absent: readonly string[] }) {
  return (['missing', 'awaited'] as const).map((why) => {
    const partners = absent.filter((code) => whyAbsent([code]) === why);
    if (partners.length === 0) return null;
    return (
      <p key={why}>
        {t('programme.offersOf', { hosts: joinNames(partners.map(nameOfPartner)) })}:{' '}
        <NoValue why={why} partners={partners} />
      </p>
    );
  });
}

/** Host countries for which no partner answers, so that the network confirms there. */
function Unanswered({ visit: { hosts } }: Pick<HostsProps, 'visit'>) {
  const unanswered = (hosts ?? []).filter(({ owner }) => owner === 'nbnp');
  if (unanswered.length === 0) return null;
  const countries = joinNames(nameCountries(unanswered.map(({ country }) => country)));
  return <p>{t('programme.unanswered', { countries, network: nameOfPartner('nbnp') })}</p>;
}

/** What the hosts arrange: where the group stays, how it travels, whom it calls. */
export function Hosts({ visit, errors }: HostsProps) {
  const offers = offersOf(visit);
  const isOpen = isOpenVisit(visit);
  const owners = (visit.hosts ?? []).map(({ owner }) => owner);
  const absent = absentAt(errors, ['visit']).filter((code) => owners.includes(code));
  if (!visit.hostings && !visit.regionalHostings)
    return <NoPart errors={errors} path={['visit', 'hostings']} />;
  return (
    <>
      <AbsentHosts absent={absent} />
      <Unanswered visit={visit} />
      {offers.length === 0 && absent.length === 0 && (
        <p>{isPast(visit.endsOn) ? <NoValue why="unknown" /> : t('programme.noHosts')}</p>
      )}
      <ul class="hosts">
        {offers.map((offer) => {
          const [sign, kind] = signs[offer.status];
          const hrefOf = (way: 'confirm' | 'withdraw') =>
            decideHref('CONFIRM_HOSTING', visit.id, offer.id, way);
          const isStanding = isOpen && offer.status !== 'WITHDRAWN';
          const isOffered = isOpen && offer.status === 'OFFERED';
          return (
            <li key={offer.id} class={offer.status.toLowerCase()} ref={showing(offer.id)}>
              <h3>
                <PartyName party={offer.host} />
                <Rehearsal of={offer.host} />
              </h3>
              <Badge sign={sign} text={t(`hostingStates.${offer.status}`)} kind={kind} />
              {offer.status !== 'WITHDRAWN' && (
                <Facts
                  facts={[
                    [t('programme.accommodation'), offer.accommodation],
                    [t('programme.transport'), offer.transport],
                    [t('programme.meetingPoint'), offer.meetingPoint],
                    [t('programme.contact'), offer.contactOnTheSpot],
                    [t('programme.emergencyContact'), offer.emergencyContact],
                    [t('programme.note'), offer.note],
                  ]}
                />
              )}
              <PlanningLinks
                by={ownerOf(offer.id)}
                id={visit.id}
                part={offer.id}
                of={offer.host.name ?? undefined}
                forms={[
                  ['confirmHosting', 'tasks.confirm', isOffered, hrefOf('confirm')],
                  [
                    ownerOf(offer.id) === 'ncm' ? 'changeRegionalHosting' : 'changeHosting',
                    'plan.changeHosting',
                    isStanding,
                  ],
                  [
                    'withdrawHosting',
                    'tasks.withdraw',
                    isStanding && !isPast(visit.endsOn),
                    hrefOf('withdraw'),
                  ],
                ]}
              />
            </li>
          );
        })}
      </ul>
      <PlanningLinks
        by={hostsOf(visit)}
        forms={[
          [
            'offerHosting',
            'tasks.offer',
            isOpen && !isPast(visit.endsOn),
            decideHref('OFFER_HOSTING', visit.id, visit.id, 'offer'),
          ],
        ]}
      />
    </>
  );
}
