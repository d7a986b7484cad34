import { ContactPoints } from '../../../parts/contact-points.tsx';
import { bodyHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { countryOf } from '../../../parts/map/region.ts';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { SignInButton } from '../../../parts/sign-in-button.tsx';
import { Source } from '../../../parts/source.tsx';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { person } from '../../../session/session.ts';
import { formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import { listCities } from '../model/cities.ts';
import type { Selection } from '../model/filter.ts';
import type { Actor, Contact, Evidence } from '../model/network.ts';
import { keyOf } from '../model/network.ts';
import type { Choose, Chosen } from './chosen.ts';
import { DetailsSection } from './details-section.tsx';
import { EventDetails } from './event-details.tsx';
import { basisWords, describeKind, nameOf, useKinds } from './names.ts';
import { PartyLink } from './party-link.tsx';
import { dateWords, OccasionTitle } from './tables.tsx';

interface DetailsProps {
  readonly chosen: Chosen;
  readonly selection: Selection;
  readonly choose: Choose;
}

function PartyDetails({
  actor,
  selection,
  choose,
}: Omit<DetailsProps, 'chosen'> & { actor: Actor }) {
  const { kind, country, city, source } = actor;
  const areKindsHere = useKinds();
  if (!areKindsHere) return <Loading />;
  const own = selection.contacts.filter(({ contact }) => contact.ends.includes(actor));
  const otherOf = ({ ends }: Contact) => (ends[0] === actor ? ends[1] : ends[0]);
  return (
    <>
      {kind !== 'Country' && (
        <dl class="network-facts">
          <dt>{t('network.kind')}</dt>
          <dd>{describeKind(actor)}</dd>
          <dt>{t('network.country')}</dt>
          <dd>{country === null ? t('network.international') : nameOfCountry(country)}</dd>
          <dt>{t('network.city')}</dt>
          <dd>{city ?? t('response.unknown')}</dd>
          <dt>{t('network.source')}</dt>
          <dd>
            <Source url={source} />
          </dd>
          <dt>{t('contactPoints.title')}</dt>
          <dd>
            {person.value ? (
              <ContactPoints party={actor.id} />
            ) : (
              <>
                {t('contactPoints.signIn')} <SignInButton />
              </>
            )}
          </dd>
        </dl>
      )}
      {kind !== 'Country' && (
        <p>
          <a href={bodyHref(actor.id)}>{t('network.allKnown')}</a>
        </p>
      )}
      <LongTable
        caption={t('network.contactsOf', { name: nameOf(actor) })}
        rows={own}
        keyOf={({ contact }) => contact.key}
        pageSize={10}
        columns={[
          {
            title: t('network.with'),
            of: ({ contact }) => (
              <button
                type="button"
                class="link"
                onClick={() =>
                  choose({ type: 'contact', key: keyOf(actor.id, otherOf(contact).id) })
                }
              >
                {nameOf(otherOf(contact))}
              </button>
            ),
            rank: ({ contact }) => otherOf(contact).folded,
          },
          {
            title: t('network.strength'),
            of: ({ evidence }) => formatNumber(evidence.length),
            isNumber: true,
            rank: ({ evidence }) => evidence.length,
          },
          {
            title: t('network.last'),
            of: ({ lastOn }) => dateWords(lastOn),
            rank: ({ lastOn }) => lastOn,
          },
        ]}
      />
    </>
  );
}

function ContactDetails(props: {
  ends: Contact['ends'];
  evidence: readonly Evidence[];
  choose: Choose;
}) {
  const { ends, evidence, choose } = props;
  return (
    <>
      <p>
        <PartyLink actor={ends[0]} choose={choose} /> ·{' '}
        <PartyLink actor={ends[1]} choose={choose} />
      </p>
      <LongTable
        caption={t('network.evidence')}
        rows={evidence}
        keyOf={(one) => `${one.occasion?.id ?? one.basis} ${one.on} ${evidence.indexOf(one)}`}
        pageSize={10}
        columns={[
          {
            title: t('network.together'),
            of: (one) => (
              <>
                {one.occasion ? (
                  <OccasionTitle occasion={one.occasion} choose={choose} />
                ) : (
                  t(one.basis === 'MEMBERSHIP' ? 'network.asMembers' : 'response.withheld')
                )}
                <Rehearsal of={one} />
              </>
            ),
            rank: ({ occasion }) => occasion?.folded ?? null,
          },
          {
            title: t('network.basis'),
            of: ({ basis }) => t(basisWords[basis]),
            rank: ({ basis }) => basis,
          },
          { title: t('network.date'), of: ({ on }) => dateWords(on), rank: ({ on }) => on },
          {
            title: t('network.source'),
            of: ({ basis, source }) =>
              basis === 'VISIT' && source === null ? (
                t('network.recorded')
              ) : (
                <Source url={source} />
              ),
          },
        ]}
      />
    </>
  );
}

/** A city: who has a seat there, and what took place there. */
function CityDetails({ id, selection, choose, close }: Omit<DetailsProps, 'chosen'> & CityProps) {
  const { cities } = listCities(selection, countryOf);
  const found = cities.find(({ key }) => key === id);
  return (
    <DetailsSection title={found?.city ?? t('network.details')} close={close}>
      {!found && <p>{t('network.notSelected')}</p>}
      {found && found.seats.length > 0 && <h3>{t('network.seats')}</h3>}
      <ul>
        {found?.seats.map((actor) => (
          <li key={actor.id}>
            <PartyLink actor={actor} choose={choose} />
          </li>
        ))}
      </ul>
      {found && found.events.length > 0 && <h3>{t('network.events')}</h3>}
      <ul>
        {found?.events.map((occasion) => (
          <li key={occasion.id}>
            <OccasionTitle occasion={occasion} choose={choose} />, {dateWords(occasion.on)}
          </li>
        ))}
      </ul>
    </DetailsSection>
  );
}

interface CityProps {
  readonly id: string;
  readonly close: () => void;
}

/** The facts of what is selected, with evidence and sources. The focus moves to it. */
export function Details({ chosen, selection, choose }: DetailsProps) {
  const key = JSON.stringify(chosen);
  const close = () => choose(undefined);
  if (chosen.type === 'event')
    return <EventDetails key={key} id={chosen.id} choose={choose} close={close} />;
  if (chosen.type === 'city')
    return (
      <CityDetails key={key} id={chosen.id} selection={selection} choose={choose} close={close} />
    );
  const actor = selection.actors.find(
    (one) => chosen.type === 'party' && one.actor.id === chosen.id,
  )?.actor;
  if (actor)
    return (
      <DetailsSection key={key} title={nameOf(actor)} close={close}>
        <PartyDetails actor={actor} selection={selection} choose={choose} />
      </DetailsSection>
    );
  const found = selection.contacts.find(
    ({ contact }) => chosen.type === 'contact' && contact.key === chosen.key,
  );
  if (found) {
    const { contact, evidence } = found;
    return (
      <DetailsSection key={key} title={contact.ends.map(nameOf).join(' – ')} close={close}>
        <ContactDetails ends={contact.ends} evidence={evidence} choose={choose} />
      </DetailsSection>
    );
  }
  return (
    <DetailsSection key={key} title={t('network.details')} close={close}>
      <p>{t('network.notSelected')}</p>
    </DetailsSection>
  );
}
