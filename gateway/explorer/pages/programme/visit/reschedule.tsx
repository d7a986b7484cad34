import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import {
  doesConsentHold,
  type ConsentedPlans,
  type VisitPlan,
} from '../../../../../shared/programme/visits/plans.ts';
import { ownerOf } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import { graphql } from '../../../generated/gql.ts';
import type { LoanStatus } from '../../../generated/graphql.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { dropDraft } from '../../../parts/form/draft.ts';
import { InputForm } from '../../../parts/form/input-form.tsx';
import { isConflict, useSending } from '../../../parts/form/use-sending.tsx';
import { visitHref } from '../../../parts/links.ts';
import { tell } from '../../../parts/outcome.tsx';
import { person } from '../../../session/session.ts';
import { t } from '../../../words/language.ts';
import { formatDays, formatWeekday, joinNames } from '../../../words/names.ts';
import type { PageVisit } from './visit-query.ts';

type Assignment = NonNullable<PageVisit['experts']>[number];
type Offer = NonNullable<PageVisit['hostings']>[number];
type RegionalOffer = NonNullable<PageVisit['regionalHostings']>[number];

/** A consent to the days of a visit: an expert is lent, or a host has confirmed. */
type Consent =
  | { readonly assignment: Assignment; readonly version: number | null }
  | { readonly offer: Offer | RegionalOffer; readonly version: number | null };

const lent: LoanStatus = 'LENT';

/** The consents that hold for the present days of a visit. */
export const consentsOf = ({ experts, hostings, regionalHostings }: PageVisit): Consent[] => [
  ...(experts ?? [])
    .filter(({ status }) => status === lent)
    .map((assignment) => ({ assignment, version: assignment.loanGrantedVersion })),
  ...[...(hostings ?? []), ...(regionalHostings ?? [])]
    .filter(({ status }) => status === 'CONFIRMED')
    .map((offer) => ({ offer, version: offer.confirmedVersion })),
];

/** Of consents that hold, those that end with the plans that the visit has then. */
export const endingBy = (consents: readonly Consent[], visit: ConsentedPlans): readonly Consent[] =>
  consents.filter(({ version }) => !doesConsentHold(visit, version));

type Days = Pick<VisitPlan, 'startsOn' | 'endsOn'>;

/** The plans that a visit has once it is moved to other days. */
export const plansAfter = (
  { version, plans, hostCountries }: PageVisit,
  days: Days,
): ConsentedPlans => {
  const next = { ...days, fromVersion: version + 1, hostCountries: hostCountries ?? [] };
  return { version: version + 1, plans: [...(plans ?? []), next] };
};

/** The stops that count and lie outside these days. The visit cannot move while there are some. */
export const stopsOutside = (
  { stops }: Pick<PageVisit, 'stops'>,
  { startsOn, endsOn }: Days,
): NonNullable<PageVisit['stops']> =>
  (stops ?? []).filter(
    ({ day, status }) =>
      (status === 'PLANNED' || status === 'HELD') &&
      ((startsOn !== null && day < startsOn) || (endsOn !== null && day > endsOn)),
  );

const rescheduleMutation = graphql(`
  mutation PageRescheduleVisit($input: RescheduleVisitInput!) {
    rescheduleVisit(input: $input) {
      id
      version
      startsOn
      endsOn
      plans {
        fromVersion
        startsOn
        endsOn
        hostCountries
      }
    }
  }
`);

/** Whether the reader may move the visit, and it has not set out. The server checks it again. */
export const mayReschedule = ({ departedOn, cancelledOn, group }: PageVisit): boolean =>
  person.value?.organisation === 'nbnp' &&
  person.value.role === 'coordinator' &&
  (departedOn ?? cancelledOn ?? group.cancelledOn) === null;

/** The address of the page with its form to move the visit. */
export const rescheduleHref = (id: string): string => `${visitHref(id)}&form=reschedule`;

/** Whose consent it is. */
function nameConsent(consent: Consent): string {
  if ('offer' in consent) {
    const { offer } = consent;
    const host = 'unit' in offer ? offer.unit.name : offer.office.name;
    return host ?? nameOfPartner(ownerOf(offer.id));
  }
  const { expert, expertId, role } = consent.assignment;
  const lender = nameOfPartner(ownerOf(expertId));
  return `${expert?.name ?? t(`supportRoles.${role}`)} (${lender})`;
}

/** Whose consent it is, what it is, and what it is after the move. */
function describeEnd(consent: Consent): string {
  const states =
    'offer' in consent
      ? [t('hostingStates.CONFIRMED'), t('hostingStates.OFFERED')]
      : [t('loanStates.LENT'), t('loanStates.REQUESTED')];
  return `${nameConsent(consent)}: ${states.join(' → ')}`;
}

interface ListProps {
  readonly children: ComponentChildren;
  readonly items: readonly string[];
}

function List({ children, items }: ListProps) {
  return (
    <>
      <p>{children}</p>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );
}

interface DaysProps {
  readonly visit: PageVisit;
  readonly absent: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
}

/** What will happen to the consents and stops, before anything is sent. */
function Foresight({ visit, absent, startsOn, endsOn }: DaysProps) {
  const outside = stopsOutside(visit, { startsOn, endsOn });
  const ending = endingBy(consentsOf(visit), plansAfter(visit, { startsOn, endsOn }));
  return (
    <div role="status" class="note">
      {outside.length > 0 && (
        <List items={outside.map(({ day, title }) => `${formatWeekday(day)}: ${title}`)}>
          {t('reschedule.outside')}
        </List>
      )}
      {ending.length > 0 ? (
        <List items={ending.map(describeEnd)}>{t('reschedule.willEnd')}</List>
      ) : (
        <p>{t('reschedule.noneEnds')}</p>
      )}
      {absent.length > 0 && (
        <p>{t('reschedule.absent', { partners: joinNames(absent.map(nameOfPartner)) })}</p>
      )}
      <p>{t('reschedule.stopsStay')}</p>
    </div>
  );
}

/** Says what became of the consents: by the plans that the visit has now. */
const describeMoved = (
  { startsOn, endsOn }: Pick<PageVisit, 'startsOn' | 'endsOn'>,
  ended: readonly Consent[],
): string =>
  [
    t('reschedule.done', { days: formatDays(startsOn, endsOn) }),
    ended.length > 0
      ? t('reschedule.ended', { who: joinNames(ended.map(nameConsent)) })
      : t('reschedule.noneEnded'),
  ].join(' ');

interface RescheduleProps {
  readonly visit: PageVisit;
  /** The organisations whose consents are not known now. */
  readonly absent: readonly string[];
  readonly refetch: () => void;
}

/** A form to move a visit to other days. It says before and after whose consents that ends. */
export function Reschedule({ visit, absent, refetch }: RescheduleProps) {
  const { route } = useLocation();
  const { isBusy, refused, send } = useSending();
  const days = useSignal({ startsOn: visit.startsOn ?? '', endsOn: visit.endsOn ?? '' });
  /** The visit as the form showed it, once it turns out to have changed. */
  const outdated = useSignal<PageVisit | undefined>(undefined);
  const close = () => route(visitHref(visit.id), true);
  const submit = async (values: Record<string, unknown>) => {
    const consents = consentsOf(visit);
    const sent = await send(rescheduleMutation, { input: values as never });
    const moved = sent.data?.rescheduleVisit;
    if (isConflict(sent)) outdated.value = visit;
    else if (!moved) return;
    refetch();
    if (!moved) return;
    dropDraft(rescheduleHref(visit.id));
    close();
    tell(describeMoved(moved, endingBy(consents, moved)));
  };
  const { startsOn, endsOn } = days.value;
  const isMoved = startsOn !== visit.startsOn || endsOn !== visit.endsOn;
  return (
    <Dialog title={t('reschedule.title')} close={close}>
      <p>{t('reschedule.lead')}</p>
      <InputForm
        input="RescheduleVisitInput"
        fixed={{ visit: visit.id, version: visit.version }}
        initial={{ startsOn: visit.startsOn, endsOn: visit.endsOn }}
        fields={['startsOn', 'endsOn']}
        draft={rescheduleHref(visit.id)}
        conflict={outdated.value && { before: outdated.value, after: visit }}
        refused={refused}
        isBusy={isBusy}
        submitLabel={t('reschedule.send')}
        onInput={({ startsOn: from, endsOn: to }) =>
          (days.value = { startsOn: String(from ?? ''), endsOn: String(to ?? '') })
        }
        onSubmit={(values) => void submit(values)}
      >
        {isMoved && startsOn !== '' && startsOn <= endsOn && (
          <Foresight visit={visit} absent={absent} startsOn={startsOn} endsOn={endsOn} />
        )}
      </InputForm>
    </Dialog>
  );
}
