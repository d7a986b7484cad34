import type { PageNetworkCentralityFragment } from '../../../generated/graphql.ts';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { formatNumber, formatShare, t } from '../../../words/language.ts';
import { joinNames } from '../../../words/names.ts';
import type { Selection } from '../model/filter.ts';
import { findMost } from '../model/most.ts';
import { nameOf } from './names.ts';

/** Who has the most contacts of the selection, and how many were together only once. */
export function ContactFinding({ selection: { actors, contacts } }: { selection: Selection }) {
  if (contacts.length < 2) return null;
  const most = findMost(actors, ({ degree }) => degree);
  const once = contacts.filter(({ evidence }) => evidence.length === 1).length;
  return (
    <p class="finding">
      {most && (
        <>
          {t('network.mostContacts', {
            names: joinNames(most.rows.map(({ actor }) => nameOf(actor))),
            number: formatNumber(most.value),
            others: formatNumber(actors.length - 1),
          })}
          <Rehearsal of={{ isRehearsal: most.rows.some(({ actor }) => actor.isRehearsal) }} />{' '}
        </>
      )}
      {t('network.onceTogether', {
        once: formatNumber(once),
        all: formatNumber(contacts.length),
      })}
    </p>
  );
}

type Centrality = PageNetworkCentralityFragment;

interface ConnectorProps {
  readonly rows: readonly Centrality[];
  readonly nameOfRow: (row: Centrality) => string;
}

/** Who connects most pairs of others, and into how many parts the network falls. */
export function ConnectorFinding({ rows, nameOfRow }: ConnectorProps) {
  if (rows.length < 3) return null;
  const most = findMost(rows, ({ betweenness }) => betweenness);
  const parts = new Set(rows.map(({ component }) => component)).size;
  if (!most && parts === 1) return null;
  return (
    <p class="finding">
      {most && (
        <>
          {t('network.connectsMost', {
            names: joinNames(most.rows.map(nameOfRow)),
            share: formatShare(most.value),
          })}
          <Rehearsal of={{ isRehearsal: most.rows.some((row) => row.isRehearsal) }} />{' '}
        </>
      )}
      {parts > 1 &&
        t('network.inParts', {
          parts: formatNumber(parts),
          // The first part is the largest.
          largest: formatNumber(rows.filter(({ component }) => component === 1).length),
          all: formatNumber(rows.length),
        })}
    </p>
  );
}
