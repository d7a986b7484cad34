import { hashGraph, type Release, type ReleaseContent } from '../releases/release.js';
import type { Graph } from './acceptance.js';
import type { PublicationState } from './publication.js';
import type { RegistryOptions } from './registry-options.js';

type States = ReadonlyMap<string, PublicationState>;

/** Makes releases of what was accepted, and follows those that commands write. */
export interface ReleaseMaker {
  /** Writes a release, if the graph or a publication has changed. */
  make(states: States): Promise<void>;
  /** Follows a release that somebody else wrote: a rollback, or its end. */
  look(states: States): Promise<void>;
}

const listPublications = (states: States): ReleaseContent['publications'] =>
  Object.fromEntries(
    [...states].flatMap(([code, { accepted }]) => {
      if (!accepted) return [];
      const { sequence, hash, schemaVersion, lacks } = accepted;
      return [[code, { sequence, hash, schemaVersion, lacks }]];
    }),
  );

/** A sequence alone makes no release: it rises whenever a server starts. */
const withoutSequences = (publications: ReleaseContent['publications']): string =>
  JSON.stringify(
    Object.entries(publications)
      .map(([code, { hash, schemaVersion, lacks }]) => [code, hash, schemaVersion, lacks])
      .toSorted(),
  );

export function createReleaseMaker({
  basis,
  members,
  acceptance,
  releases,
  administration,
  logger,
  onRelease,
}: Pick<
  RegistryOptions,
  'basis' | 'members' | 'acceptance' | 'releases' | 'administration' | 'logger' | 'onRelease'
>): ReleaseMaker {
  const usable = (release: Release | undefined) => (release?.basis === basis ? release : undefined);
  const first = releases.findNewest();
  /** The graph of the workers: the newest release when they started, or the contracts. */
  let servedGraph = hashGraph(usable(first.release) ?? acceptance.composeServed(new Map()));
  let lastNumber = releases.listNumbers()[0] ?? 0;
  let noted = 0;

  async function noteErrors(): Promise<void> {
    for (const { number, error } of releases.findNewest().errors) {
      if (number <= noted) continue;
      noted = number;
      logger.error({ release: number, reason: error }, 'a release cannot be used');
      await administration.append('RELEASE_UNUSABLE', { release: number });
    }
  }

  function announce(release: Release): void {
    lastNumber = release.number;
    const graph = hashGraph(release);
    if (graph === servedGraph) return;
    servedGraph = graph;
    onRelease(release.number);
  }

  function explain(before: Release | undefined, graph: Graph, states: States): string {
    if (!before) return 'first release, or the contracts or partners have changed';
    if (hashGraph(before) === hashGraph(graph)) return 'publications have changed';
    const changed = [...states]
      .filter(([code, { accepted }]) => before.publications[code]?.hash !== accepted?.hash)
      .map(([code]) => code);
    if (changed.length === 0) return 'the graph was composed anew, without a change by a partner';
    return `the graph has changed by publications of ${changed.join(', ')}`;
  }

  async function make(states: States): Promise<void> {
    await noteErrors();
    const before = releases.listNumbers()[0] ?? 0;
    const newest = usable(releases.findNewest().release);
    if (newest?.isPinned) return;
    const graph = acceptance.composeServed(states);
    const publications = listPublications(states);
    const isSame =
      newest !== undefined &&
      hashGraph(newest) === hashGraph(graph) &&
      withoutSequences(newest.publications) === withoutSequences(publications) &&
      JSON.stringify(newest.members) === JSON.stringify(members);
    if (isSame) return;
    const reason = explain(newest, graph, states);
    const contracts = graph.contracts.map(({ name, sdl }) => ({ name, sdl }));
    const { supergraphSdl } = graph;
    const made = { reason, isPinned: false, basis, members };
    const content = { ...made, supergraphSdl, contracts, publications };
    const release = await releases.writeAfter(before, content);
    // A rollback that came while this graph was composed must not be overtaken.
    if (!release) return make(states);
    await administration.append('RELEASED', { release: release.number, reason });
    logger.info({ release: release.number, reason }, 'a release is written');
    announce(release);
  }

  return {
    make,
    async look(states) {
      // Read first: what is written while this looks is found the next time.
      const number = releases.listNumbers()[0] ?? 0;
      if (number === lastNumber) return;
      const newest = usable(releases.findNewest().release);
      if (newest) announce(newest);
      lastNumber = number;
      if (!newest?.isPinned) await make(states);
    },
  };
}
