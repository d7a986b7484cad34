import { computed, signal } from '@preact/signals';

/** For whom each running query waits. */
const waits = signal<ReadonlyMap<object, readonly string[]>>(new Map());

/** The partners for which the page waits. What they lack may still come. */
export const awaited = computed<readonly string[]>(() =>
  [...new Set([...waits.value.values()].flat())].toSorted(),
);

/** Says for whom a query waits now: for nobody once it has ended. */
export function waitFor(query: object, partners: readonly string[]): void {
  if (partners.length === 0 && !waits.peek().has(query)) return;
  const others = [...waits.peek()].filter(([one]) => one !== query);
  waits.value = new Map(partners.length > 0 ? [...others, [query, partners]] : others);
}

/** How many queries of the page the hub was too busy for. Each is sent again by itself. */
export const refused = signal(0);

/** How each query that is shown is sent again. */
const shown = new Set<() => void>();

/** Notes a query that is shown, until the returned function is called. */
export function show(refetch: () => void): () => void {
  shown.add(refetch);
  return () => void shown.delete(refetch);
}

/** Reads the page again: what others have done meanwhile is shown. */
export const readAnew = (): void => shown.forEach((refetch) => refetch());

/** How the queries of the page that lack what a partner has are sent again. */
const lacking = signal<readonly (() => void)[]>([]);

/** Notes that a query lacks something, until the returned function is called. */
export function offerAgain(refetch: () => void): () => void {
  lacking.value = [...lacking.peek(), refetch];
  return () => {
    lacking.value = lacking.peek().filter((one) => one !== refetch);
  };
}

/** Sends all queries again that lack something. Undefined if none does. */
export const askAgain = computed(() => {
  const all = lacking.value;
  return all.length > 0 ? () => all.forEach((refetch) => refetch()) : undefined;
});
