import { Loading } from '../../../parts/loading.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { formatDate, formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import type { Side } from '../model/compare.ts';
import type { ChosenContact, Selection } from '../model/filter.ts';
import type { Occasion } from '../model/network.ts';
import type { Choose } from './chosen.ts';
import { describeKind, nameOf, sideWords, useKinds } from './names.ts';

/** A date in words. */
export const dateWords = (date: string | null): string =>
  date === null ? t('response.unknown') : formatDate(date);

/** The title of an occasion. The facts of an event can be opened. */
export function OccasionTitle({ occasion, choose }: { occasion: Occasion; choose: Choose }) {
  const { type, id, title } = occasion;
  if (type !== 'event') return <>{title}</>;
  return (
    <button type="button" class="link" onClick={() => choose({ type: 'event', id })}>
      {title}
    </button>
  );
}

interface TableProps {
  readonly selection: Selection;
  readonly choose: Choose;
}

/** All contacts of the selection: the edges of the drawing. */
export function ContactTable(props: TableProps & { sides: ReadonlyMap<string, Side> | undefined }) {
  const { selection, choose, sides } = props;
  const sideOf = ({ contact }: ChosenContact) => sides?.get(contact.key) ?? 'undated';
  return (
    <LongTable
      caption={t('network.contacts')}
      rows={selection.contacts}
      order={{ column: 2, direction: 'descending' }}
      keyOf={({ contact }) => contact.key}
      columns={[
        {
          title: t('network.between'),
          of: ({ contact: { key, ends }, evidence }) => (
            <>
              <button type="button" class="link" onClick={() => choose({ type: 'contact', key })}>
                {nameOf(ends[0])}
                <span class="unseen"> – {nameOf(ends[1])}</span>
              </button>
              <Rehearsal of={{ isRehearsal: evidence.every((one) => one.isRehearsal) }} />
            </>
          ),
          rank: ({ contact: { ends } }) => `${ends[0].folded}\n${ends[1].folded}`,
        },
        {
          title: t('network.betweenOther'),
          of: ({ contact: { ends } }) => nameOf(ends[1]),
          rank: ({ contact: { ends } }) => `${ends[1].folded}\n${ends[0].folded}`,
        },
        {
          title: t('network.strength'),
          of: ({ evidence }) => formatNumber(evidence.length),
          isNumber: true,
          rank: ({ evidence }) => evidence.length,
        },
        {
          title: t('network.first'),
          of: ({ firstOn }) => dateWords(firstOn),
          rank: ({ firstOn }) => firstOn,
        },
        {
          title: t('network.last'),
          of: ({ lastOn }) => dateWords(lastOn),
          rank: ({ lastOn }) => lastOn,
        },
        ...(sides
          ? [
              {
                title: t('network.side'),
                of: (row: ChosenContact) => t(sideWords[sideOf(row)]),
                rank: sideOf,
              },
            ]
          : []),
      ]}
    />
  );
}

/** All parties of the selection: the nodes of the drawing. */
export function PartyTable({ selection, choose }: TableProps) {
  const areKindsHere = useKinds();
  if (!areKindsHere) return <Loading />;
  return (
    <LongTable
      caption={t('network.parties')}
      rows={selection.actors}
      order={{ column: 1, direction: 'descending' }}
      keyOf={({ actor }) => actor.id}
      columns={[
        {
          title: t('network.name'),
          of: ({ actor }) => (
            <>
              <button
                type="button"
                class="link"
                onClick={() => choose({ type: 'party', id: actor.id })}
              >
                {nameOf(actor)}
              </button>
              <Rehearsal of={actor} />
            </>
          ),
          rank: ({ actor }) => actor.folded,
        },
        {
          title: t('network.degree'),
          of: ({ degree }) => formatNumber(degree),
          isNumber: true,
          rank: ({ degree }) => degree,
        },
        {
          title: t('network.kind'),
          of: ({ actor }) => describeKind(actor),
          rank: ({ actor }) => describeKind(actor),
        },
        {
          title: t('network.country'),
          of: ({ actor: { country } }) =>
            country === null ? t('network.international') : nameOfCountry(country),
          rank: ({ actor: { country } }) => country,
        },
      ]}
    />
  );
}

/** The events, visits and programmes that are the evidence of the selection. */
export function OccasionTable({ selection, choose }: TableProps) {
  return (
    <LongTable
      caption={t('network.occasions')}
      rows={selection.occasions}
      order={{ column: 1, direction: 'descending' }}
      keyOf={({ occasion }) => occasion.id}
      columns={[
        {
          title: t('network.title'),
          of: ({ occasion }) => (
            <>
              <OccasionTitle occasion={occasion} choose={choose} />
              <Rehearsal of={occasion} />
            </>
          ),
          rank: ({ occasion }) => occasion.folded,
        },
        {
          title: t('network.date'),
          of: ({ occasion }) => dateWords(occasion.on),
          rank: ({ occasion }) => occasion.on,
        },
        {
          title: t('network.city'),
          of: ({ occasion }) => occasion.city ?? '',
          rank: ({ occasion }) => occasion.city,
        },
        {
          title: t('network.contacts'),
          of: ({ contacts }) => formatNumber(contacts),
          isNumber: true,
          rank: ({ contacts }) => contacts,
        },
      ]}
    />
  );
}
