/** Two nodes, and how strongly they are connected. */
export type Link = readonly [one: number, other: number, weight: number];

type Numbers = Map<number, number>;

const add = (sums: Numbers, at: number, value: number) => sums.set(at, (sums.get(at) ?? 0) + value);

/** Moves each node to the community of its neighbours that adds most to the modularity. */
function moveNodes(count: number, links: readonly Link[]): readonly number[] {
  const nodes = Array.from({ length: count }, (_, index) => index);
  const neighbours = nodes.map((): Numbers => new Map());
  const strengths: Numbers = new Map();
  let total = 0;
  for (const [one, other, weight] of links) {
    add(strengths, one, weight);
    add(strengths, other, weight);
    total += 2 * weight;
    if (one === other) continue;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const near = neighbours[from];
      if (near) add(near, to, weight);
    }
  }
  const communities = [...nodes];
  const sums: Numbers = new Map(strengths);
  for (let hasMoved = true, round = 0; hasMoved && round < 20; round += 1) {
    hasMoved = false;
    for (const [node, near] of neighbours.entries()) {
      const own = communities[node] ?? node;
      const strength = strengths.get(node) ?? 0;
      add(sums, own, -strength);
      const weights: Numbers = new Map([[own, 0]]);
      for (const [other, weight] of near) add(weights, communities[other] ?? other, weight);
      const gainOf = (community: number) =>
        (weights.get(community) ?? 0) - ((sums.get(community) ?? 0) * strength) / (total || 1);
      let best = own;
      for (const community of weights.keys())
        if (gainOf(community) > gainOf(best) + 1e-9) best = community;
      add(sums, best, strength);
      if (best === own) continue;
      communities[node] = best;
      hasMoved = true;
    }
  }
  return communities;
}

/**
 * Finds communities: nodes with more links among themselves than chance would give. It always finds
 * the same in the same network. Returns the community of each node, numbered from 0.
 * @see https://doi.org/10.1088/1742-5468/2008/10/P10008 (the method of Louvain)
 */
export function findCommunities(count: number, links: readonly Link[]): readonly number[] {
  const moved = moveNodes(count, links);
  const numbers = new Map([...new Set(moved)].map((community, index) => [community, index]));
  const found = moved.map((community) => numbers.get(community) ?? 0);
  if (numbers.size === count) return found;
  // The communities are the nodes of the next round.
  const sums = new Map<string, Link>();
  for (const [one, other, weight] of links) {
    const ends = [found[one] ?? 0, found[other] ?? 0];
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    sums.set(`${from} ${to}`, [from, to, (sums.get(`${from} ${to}`)?.[2] ?? 0) + weight]);
  }
  const larger = findCommunities(numbers.size, [...sums.values()]);
  return found.map((community) => larger[community] ?? 0);
}
