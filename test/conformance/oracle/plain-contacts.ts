// The network of contacts by its definitions, computed in the plainest way: nothing of it is the product’s, and no library.

type Basis = 'EVENT' | 'REPRESENTATION' | 'VISIT' | 'PROGRAMME' | 'MEMBERSHIP';

/** What brought parties together. */
export interface PlainOccasion {
  readonly id: string;
  readonly basis: Exclude<Basis, 'REPRESENTATION'>;
  readonly whole: string | null;
  readonly programme: string | null;
  /** The first and the last day that it may have had. */
  readonly first: string | null;
  readonly last: string | null;
  readonly on: string | null;
  /** Those who had a part of their own, and those who were represented, each in any number. */
  readonly parties: readonly string[];
  readonly represented: readonly string[];
  /** The countries that were represented, in any number. */
  readonly countries: readonly string[];
  readonly isRehearsal: boolean;
}

export interface PlainFilter {
  readonly party?: string | null;
  readonly country?: string | null;
  /** The first day of the period, and the last. */
  readonly from?: string | null;
  readonly to?: string | null;
  readonly programme?: string | null;
  readonly via?: readonly string[] | null;
  readonly level?: 'PARTY' | 'PARENT' | 'COUNTRY' | null;
  readonly rehearsals?: boolean | null;
}

export interface PlainAffiliation {
  readonly country: string | null;
  readonly parent: string | null;
}

interface PlainEvidence {
  readonly id: string;
  readonly basis: Basis;
  readonly on: string | null;
  readonly isRehearsal: boolean;
}

export interface PlainContact {
  readonly between: readonly [string, string];
  readonly evidence: readonly PlainEvidence[];
  readonly strength: number;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  /** Whether nothing real brings them together. */
  readonly isRehearsal: boolean;
}

export interface PlainSources {
  readonly occasions: readonly PlainOccasion[];
  readonly affiliationOf: (party: string) => PlainAffiliation;
  readonly filter?: PlainFilter;
  readonly without?: readonly string[];
}

export const actorOf = (
  party: string,
  level: PlainFilter['level'],
  affiliationOf: PlainSources['affiliationOf'],
): string | null => {
  if (level === 'COUNTRY') return party.includes(':') ? affiliationOf(party).country : party;
  return level === 'PARENT' ? (affiliationOf(party).parent ?? party) : party;
};

/** All contacts, by their two ends. */
export function plainContacts({
  occasions,
  affiliationOf,
  filter = {},
  without = [],
}: PlainSources): PlainContact[] {
  const { level } = filter;
  const rows: { readonly a: string; readonly b: string; readonly evidence: PlainEvidence }[] = [];
  for (const { id, basis, on, isRehearsal, ...occasion } of occasions) {
    if (isRehearsal && filter.rehearsals !== true) continue;
    if (filter.programme != null && occasion.programme !== filter.programme) continue;
    if (filter.from != null && occasion.last !== null && occasion.last < filter.from) continue;
    if (filter.to != null && occasion.first !== null && occasion.first > filter.to) continue;
    const shown = level === 'COUNTRY' ? occasion.countries : [];
    const all = [...new Set([...occasion.parties, ...occasion.represented, ...shown])];
    for (const one of all) {
      for (const other of all) {
        const [a, b] = [actorOf(one, level, affiliationOf), actorOf(other, level, affiliationOf)];
        if (a === null || b === null || a >= b) continue;
        if ([one, other, a, b].some((each) => without.includes(each))) continue;
        const named = level === 'PARENT' ? [one, other, a, b] : [one, other];
        const parties = named.filter((id) => id.includes(':'));
        if (filter.party != null && !parties.includes(filter.party)) continue;
        const countries = [one, other, affiliationOf(one).country, affiliationOf(other).country];
        if (filter.country != null && !countries.includes(filter.country)) continue;
        const hadRoles = occasion.parties.includes(one) && occasion.parties.includes(other);
        const isNamed = basis === 'EVENT' && !hadRoles;
        const evidence = {
          id,
          basis: isNamed ? 'REPRESENTATION' : basis,
          on,
          isRehearsal,
        } as const;
        if (!(filter.via?.includes(evidence.basis) ?? basis !== 'MEMBERSHIP')) continue;
        rows.push({ a, b, evidence });
      }
    }
  }
  const isPartOf = (part: string, whole: string): boolean => {
    const above = occasions.find(({ id }) => id === part)?.whole ?? null;
    return above !== null && (above === whole || isPartOf(above, whole));
  };
  const pairs = [...new Set(rows.map(({ a, b }) => `${a} ${b}`))].sort(compareTexts);
  return pairs.map((pair) => {
    const between = pair.split(' ') as [string, string];
    const own = rows.filter(({ a, b }) => `${a} ${b}` === pair).map(({ evidence }) => evidence);
    const once = own
      .filter(({ id }) => !own.some((each) => isPartOf(each.id, id)))
      .filter(
        ({ id, basis }, index, all) =>
          !all.slice(0, index).some((each) => each.id === id && each.basis === basis),
      )
      .filter(
        ({ id, basis }) =>
          basis !== 'REPRESENTATION' ||
          !own.some((each) => each.id === id && each.basis !== 'REPRESENTATION'),
      )
      .sort((a, b) => compareTexts(a.id, b.id));
    const dates = once.flatMap(({ on }) => on ?? []).sort();
    return {
      between,
      evidence: once,
      strength: once.length,
      firstOn: dates[0] ?? null,
      lastOn: dates.at(-1) ?? null,
      isRehearsal: !once.some(({ isRehearsal }) => !isRehearsal),
    };
  });
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who is in contact with whom. */
class PlainGraph {
  readonly nodes: readonly string[];
  readonly #edges: ReadonlySet<string>;

  constructor(contacts: readonly PlainContact[]) {
    this.nodes = [...new Set(contacts.flatMap(({ between }) => between))].sort(compareTexts);
    this.#edges = new Set(contacts.flatMap(({ between: [a, b] }) => [`${a} ${b}`, `${b} ${a}`]));
  }

  neighbours(node: string): string[] {
    return this.nodes.filter((other) => this.#edges.has(`${node} ${other}`));
  }

  /** How far away each node is that can be reached, and by how many shortest ways. */
  walkFrom(start: string): ReadonlyMap<string, { readonly far: number; readonly ways: number }> {
    const found = new Map([[start, { far: 0, ways: 1 }]]);
    let ring = [start];
    for (let far = 1; ring.length > 0; far += 1) {
      const next = new Map<string, number>();
      for (const node of ring) {
        for (const other of this.neighbours(node)) {
          if (found.has(other)) continue;
          next.set(other, (next.get(other) ?? 0) + (found.get(node)?.ways ?? 0));
        }
      }
      for (const [node, ways] of next) found.set(node, { far, ways });
      ring = [...next.keys()];
    }
    return found;
  }
}

export interface PlainCentrality {
  readonly actor: string;
  readonly degree: number;
  readonly betweenness: number;
  readonly component: number;
  readonly isRehearsal: boolean;
}

/** By the definition: of each pair of others, the share of its shortest ways that lead through a node. */
export function plainCentralities(contacts: readonly PlainContact[]): PlainCentrality[] {
  const graph = new PlainGraph(contacts);
  const { nodes } = graph;
  const walks = new Map(nodes.map((node) => [node, graph.walkFrom(node)]));
  const walk = (from: string, to: string) => walks.get(from)?.get(to);
  const components = [
    ...new Set(nodes.map((node) => [...(walks.get(node)?.keys() ?? [])].sort().join(' '))),
  ]
    .map((names) => names.split(' '))
    .sort((a, b) => b.length - a.length || compareTexts(a[0] ?? '', b[0] ?? ''));
  const pairs = ((nodes.length - 1) * (nodes.length - 2)) / 2;
  const all = nodes.map((node) => {
    let sum = 0;
    for (const [index, one] of nodes.entries()) {
      for (const other of nodes.slice(index + 1)) {
        const [whole, left, right] = [walk(one, other), walk(one, node), walk(node, other)];
        if (one === node || other === node || !whole || !left || !right) continue;
        if (left.far + right.far === whole.far) sum += (left.ways * right.ways) / whole.ways;
      }
    }
    return {
      actor: node,
      degree: graph.neighbours(node).length,
      betweenness: pairs > 0 ? Number((sum / pairs).toFixed(12)) : 0,
      component: components.findIndex((names) => names.includes(node)) + 1,
      isRehearsal: contacts.every(
        ({ between, isRehearsal }) => isRehearsal || !between.includes(node),
      ),
    };
  });
  return all.sort(
    (a, b) =>
      b.betweenness - a.betweenness || b.degree - a.degree || compareTexts(a.actor, b.actor),
  );
}

/** All shortest chains, in the order of their members; the first twenty. */
export function plainPaths(
  contacts: readonly PlainContact[],
  from: string,
  to: string,
): string[][] {
  const graph = new PlainGraph(contacts);
  if (!graph.nodes.includes(from) || !graph.nodes.includes(to)) return [];
  const left = graph.walkFrom(to);
  const chains: string[][] = [];
  const extend = (chain: readonly string[], node: string): void => {
    const far = left.get(node)?.far;
    if (far === undefined) return;
    if (far === 0) chains.push([...chain, node]);
    for (const next of graph.neighbours(node)) {
      if (left.get(next)?.far === far - 1) extend([...chain, node], next);
    }
  };
  extend([], from);
  return chains.sort((a, b) => compareTexts(a.join(' '), b.join(' '))).slice(0, 20);
}

/** Those at most so many contacts away, by id; undefined for one without a contact. */
export function plainAround(
  contacts: readonly PlainContact[],
  node: string,
  distance: number,
): string[] | undefined {
  const graph = new PlainGraph(contacts);
  if (!graph.nodes.includes(node)) return undefined;
  return [...graph.walkFrom(node)]
    .filter(([, { far }]) => far <= distance)
    .map(([other]) => other)
    .sort(compareTexts);
}
