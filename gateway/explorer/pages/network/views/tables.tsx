import { Loading } from '../../../parts/loading.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { LongTable } from '../../../parts/table/long-table.tsx';
import { formatDate, formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import type { Side } from '../model/compare.ts';
import type { ChosenContact, Selection } from '../model/filter.ts';
import type { Occasion } from '../model/network.ts';
import type { Choose } from './chosen.ts';
import { ContactFinding } from './findings.tsx';
import { describeKind, nameOf, sideWords, useKinds } from './names.ts';
import { PartyLink } from './party-link.tsx';

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
  const table = (
    <LongTable
      caption={t('network.contacts')}
      rows={selection.contacts}
      order={{ column: 2, direction: 'descending' }}
      keyOf={({ contact }) => contact.key}
      columns={[
        {
          title: t('network.between'),
          of: ({ contact: { ends }, evidence }) => (
            <>
              <PartyLink actor={ends[0]} choose={choose} />
              {!ends[0].isRehearsal && (
                <Rehearsal of={{ isRehearsal: evidence.every((one) => one.isRehearsal) }} />
              )}
            </>
          ),
          rank: ({ contact: { ends } }) => `${ends[0].folded}\n${ends[1].folded}`,
        },
        {
          title: t('network.betweenOther'),
          of: ({ contact: { ends } }) => <PartyLink actor={ends[1]} choose={choose} />,
          rank: ({ contact: { ends } }) => `${ends[1].folded}\n${ends[0].folded}`,
        },
        {
          title: t('network.strength'),
          of: ({ contact: { key, ends }, evidence }) => (
            <button type="button" class="link" onClick={() => choose({ type: 'contact', key })}>
              {formatNumber(evidence.length)}
              <span class="unseen">: {ends.map(nameOf).join(' – ')}</span>
            </button>
          ),
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
  return (
    <>
      <ContactFinding selection={selection} />
      {table}
    </>
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
          of: ({ actor }) => <PartyLink actor={actor} choose={choose} />,
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
          rank: ({ actor: { country } }) =>
            country === null ? t('network.international') : nameOfCountry(country),
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
