import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { sendOperation } from '../../../client/send-operation.ts';
import type { ContactFilter } from '../../../generated/graphql.ts';
import { centralitiesQuery } from '../operations.ts';
import type { Selection } from './filter.ts';
import { isLarge, type Network } from './network.ts';

/** What the size of a party may say. */
export const measures = ['contacts', 'evidence', 'betweenness', 'same'] as const;
export type Measure = (typeof measures)[number];

/** The betweenness of each party, as the graph computes it. Undefined until it is read. */
export function useBetweenness(
  isWanted: boolean,
  filter: ContactFilter,
): ReadonlyMap<string, number> | undefined {
  const read = useSignal<ReadonlyMap<string, number> | undefined>(undefined);
  const key = JSON.stringify(filter);
  useEffect(() => {
    read.value = undefined;
    if (!isWanted) return undefined;
    const running = new AbortController();
    const variables = { filter, without: null, compares: false };
    void sendOperation(centralitiesQuery, variables, running.signal)
      .then(({ data }) => {
        const rows = data?.all?.map(
          ({ party, country, betweenness }) => [party?.id ?? country ?? '', betweenness] as const,
        );
        if (rows) read.value = new Map(rows);
      })
      .catch(() => {
        // The reader has chosen something else meanwhile.
      });
    return () => running.abort();
  }, [isWanted, key]);
  return read.value;
}

/** The radius of each party in pixels, by its place in the network. Areas grow with the measure. */
export function sizeActors(
  { actors, contacts }: Network,
  selection: Selection,
  measure: Measure,
  betweenness: ReadonlyMap<string, number> | undefined,
): Float32Array {
  const values = new Float64Array(actors.length);
  for (const { actor, degree } of selection.actors)
    values[actor.index] =
      measure === 'betweenness'
        ? (betweenness?.get(actor.id) ?? 0)
        : measure === 'same'
          ? 0
          : degree;
  if (measure === 'evidence') {
    values.fill(0);
    for (const { contact, evidence } of selection.contacts)
      for (const { index } of contact.ends) values[index] = (values[index] ?? 0) + evidence.length;
  }
  const most = values.reduce((one, other) => Math.max(one, other), 0) || 1;
  const [least, range] = isLarge(actors.length, contacts.length) ? [1.5, 5] : [4, 12];
  return Float32Array.from(values, (value) => least + range * Math.sqrt(value / most));
}
