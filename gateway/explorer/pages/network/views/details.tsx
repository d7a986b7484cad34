import { useEffect, useRef } from 'preact/hooks';
import { LongTable } from '../../../parts/long-table.tsx';
import { Source } from '../../../parts/source.tsx';
import { formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import type { Selection } from '../model/filter.ts';
import type { Actor, Contact, Evidence } from '../model/network.ts';
import { keyOf } from '../model/network.ts';
import type { Choose, Chosen } from './chosen.ts';
import { EventDetails } from './event-details.tsx';
import { basisWords, kindWords, nameOf, wordsOf } from './names.ts';
import { dateWords } from './tables.tsx';

interface DetailsProps {
  readonly chosen: Chosen;
  readonly selection: Selection;
  readonly choose: Choose;
}

function PartyLink({ actor, choose }: { actor: Actor; choose: Choose }) {
  return (
    <button type="button" class="link" onClick={() => choose({ type: 'party', id: actor.id })}>
      {nameOf(actor)}
    </button>
  );
}

function PartyDetails({
  actor,
  selection,
  choose,
}: Omit<DetailsProps, 'chosen'> & { actor: Actor }) {
  const { kind, form, country, city, source } = actor;
  const own = selection.contacts.filter(({ contact }) => contact.ends.includes(actor));
  const otherOf = ({ ends }: Contact) => (ends[0] === actor ? ends[1] : ends[0]);
  return (
    <>
      {kind !== 'Country' && (
        <dl class="facts">
          <dt>{t('network.kind')}</dt>
          <dd>{form === null ? t(kindWords[kind]) : `${t(kindWords[kind])}: ${wordsOf(form)}`}</dd>
          <dt>{t('network.country')}</dt>
          <dd>{country === null ? t('network.international') : nameOfCountry(country)}</dd>
          <dt>{t('network.city')}</dt>
          <dd>{city ?? t('answer.unknown')}</dd>
          <dt>{t('network.source')}</dt>
          <dd>
            <Source url={source} />
          </dd>
        </dl>
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

function WhatTogether({ evidence, choose }: { evidence: Evidence; choose: Choose }) {
  const { occasion } = evidence;
  if (!occasion) return <>{t('answer.withheld')}</>;
  const { type, id, title } = occasion;
  if (type !== 'event') return <>{title}</>;
  return (
    <button type="button" class="link" onClick={() => choose({ type: 'event', id })}>
      {title}
    </button>
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
            of: (one) => <WhatTogether evidence={one} choose={choose} />,
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

/** The facts of what is selected, with evidence and sources. The focus moves to it. */
export function Details({ chosen, selection, choose }: DetailsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const key = JSON.stringify(chosen);
  useEffect(() => heading.current?.focus(), [key]);
  const actor =
    chosen.type === 'party'
      ? selection.actors.find((one) => one.actor.id === chosen.id)?.actor
      : undefined;
  const contact =
    chosen.type === 'contact'
      ? selection.contacts.find((one) => one.contact.key === chosen.key)
      : undefined;
  const event =
    chosen.type === 'event'
      ? selection.occasions.find(({ occasion }) => occasion.id === chosen.id)?.occasion
      : undefined;
  const title = actor
    ? nameOf(actor)
    : contact
      ? contact.contact.ends.map(nameOf).join(' – ')
      : (event?.title ?? t('network.event'));
  const isGone = chosen.type === 'party' ? !actor : chosen.type === 'contact' && !contact;
  return (
    <section class="network-details" aria-labelledby="network-details">
      <div class="details-top">
        <h2 id="network-details" tabIndex={-1} ref={heading}>
          {isGone ? t('network.details') : title}
        </h2>
        <button type="button" class="quiet" onClick={() => choose(undefined)}>
          {t('frame.close')}
        </button>
      </div>
      {isGone && <p>{t('network.notSelected')}</p>}
      {actor && <PartyDetails key={key} actor={actor} selection={selection} choose={choose} />}
      {contact && (
        <ContactDetails
          key={key}
          ends={contact.contact.ends}
          evidence={contact.evidence}
          choose={choose}
        />
      )}
      {chosen.type === 'event' && <EventDetails key={key} id={chosen.id} choose={choose} />}
    </section>
  );
}
