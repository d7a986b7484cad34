import type { ReleaseStore } from './release-store.js';
import { hashGraph } from './release.js';

/** A release without its graph. */
export interface ListedRelease {
  readonly number: number;
  readonly madeAt: string;
  readonly reason: string;
  readonly isPinned: boolean;
  /** Whether this process serves its graph. */
  readonly isServed: boolean;
}

/**
 * Lists the latest releases that are whole, the newest first.
 * @param served the hash of the graph that this process serves
 */
export type ListReleases = (served: string) => readonly ListedRelease[];

type KnownRelease = Omit<ListedRelease, 'isServed'> & { readonly graph: string };

/** Each file is read once, so that a query costs the hub little. */
export function createReleaseList(
  { listNumbers, read }: Pick<ReleaseStore, 'listNumbers' | 'read'>,
  most = 10,
): ListReleases {
  const known = new Map<number, KnownRelease>();

  function find(number: number): readonly KnownRelease[] {
    const before = known.get(number);
    if (before) return [before];
    const { release } = read(number);
    if (!release) return [];
    const { at: madeAt, reason, isPinned } = release;
    const found = { number, madeAt, reason, isPinned, graph: hashGraph(release) };
    known.set(number, found);
    return [found];
  }

  return (served) => {
    const numbers = listNumbers().slice(0, most);
    for (const number of known.keys()) if (!numbers.includes(number)) known.delete(number);
    const releases = numbers.flatMap(find);
    const current = releases.find(({ graph }) => graph === served)?.number;
    return releases.map(({ graph: _graph, ...release }) => ({
      ...release,
      isServed: release.number === current,
    }));
  };
}
