import { describe, expect, it } from 'vitest';
import type { GraphData } from './graph-computations.js';
import { GraphWorker } from './graph-worker.js';

/** 0 - 1 - 2 - 4 and 0 - 3 - 4, and 5 - 6 apart. */
const graph: GraphData = {
  order: 7,
  edges: Uint32Array.from([0, 1, 1, 2, 2, 4, 0, 3, 3, 4, 5, 6]),
};
const centralities = { kind: 'centralities' } as const;

async function withWorker<Result>(
  use: (worker: GraphWorker) => Promise<Result>,
  patienceMs?: number,
): Promise<Result> {
  const worker = new GraphWorker(patienceMs);
  try {
    return await use(worker);
  } finally {
    await worker.close();
  }
}

describe('GraphWorker', () => {
  it('computes measures, all shortest paths in order, and nearby nodes', () =>
    withWorker(async (worker) => {
      // Computed by hand over the ten pairs of other nodes, and over those in the ring of five.
      const { degree, betweenness, component } = await worker.compute(graph, centralities);
      expect(degree).toEqual([2, 2, 2, 2, 2, 1, 1]);
      expect(component).toEqual([1, 1, 1, 1, 1, 2, 2]);
      expect(betweenness).toEqual([1, 1, 1, 1, 1, 0, 0].map((pairs) => +(pairs / 15).toFixed(12)));
      expect(await worker.compute(graph, { kind: 'paths', from: 1, to: 3 })).toEqual([[1, 0, 3]]);
      expect(await worker.compute(graph, { kind: 'paths', from: 1, to: 6 })).toEqual([]);
      expect(await worker.compute(graph, { kind: 'paths', from: 1, to: 1 })).toEqual([[1]]);
      expect(await worker.compute(graph, { kind: 'around', node: 1, distance: 1 })).toEqual([
        0, 1, 2,
      ]);
      expect(await worker.compute(graph, { kind: 'around', node: 6, distance: 3 })).toEqual([5, 6]);
    }));

  // Of two sides where everybody knows the whole other side, each pair of one side has as many
  // shortest paths as the other side has nodes. 8 × 16 contacts fill a library's smallest index.
  it.each([
    [8, 16],
    [7, 16],
    [128, 256],
  ])('shares the paths of two sides of %i and %i evenly', (left, right) =>
    withWorker(async (worker) => {
      const order = left + right;
      const edges = Array.from({ length: left * right }, (_, index) => [
        index % left,
        left + Math.floor(index / left),
      ]);
      const sides = { order, edges: Uint32Array.from(edges.flat()) };
      const { betweenness } = await worker.compute(sides, centralities);
      const pairs = (order - 1) * (order - 2);
      const shareOf = (own: number, other: number) =>
        Number(((other * (other - 1)) / own / pairs).toFixed(12));
      expect(new Set(betweenness.slice(0, left))).toEqual(new Set([shareOf(left, right)]));
      expect(new Set(betweenness.slice(left))).toEqual(new Set([shareOf(right, left)]));
    }),
  );

  it('lists the first twenty of more shortest paths, compared node by node', () =>
    withWorker(async (worker) => {
      // Paths from 0 to 11 lead through one of five nodes, then one of five more.
      const edges = [1, 2, 3, 4, 5].flatMap((near) => [
        [0, near],
        [near + 5, 11],
        ...[6, 7, 8, 9, 10].map((far) => [near, far]),
      ]);
      const many = { order: 12, edges: Uint32Array.from(edges.flat()) };
      const expected = [1, 2, 3, 4].flatMap((near) =>
        [6, 7, 8, 9, 10].map((far) => [0, near, far, 11]),
      );
      expect(await worker.compute(many, { kind: 'paths', from: 0, to: 11 })).toEqual(expected);
    }));

  it('refuses a computation when its thread ends, and runs the next one in a new thread', () =>
    withWorker(async (worker) => {
      // An edge to an unknown node makes the thread throw and end.
      const broken = { order: 1, edges: Uint32Array.from([0, 9]) };
      await expect(worker.compute(broken, centralities)).rejects.toMatchObject({
        code: 'OVERLOADED',
      });
      expect((await worker.compute(graph, centralities)).degree).toEqual([2, 2, 2, 2, 2, 1, 1]);
    }));

  it('ends a thread that takes too long', () =>
    withWorker(async (worker) => {
      // A ring of this size takes minutes.
      const order = 50_000;
      const edges = Uint32Array.from({ length: 2 * order }, (_, end) => ((end + 1) >> 1) % order);
      const asked = worker.compute({ order, edges }, centralities);
      await expect(asked).rejects.toMatchObject({ code: 'OVERLOADED' });
    }, 200));

  it('refuses waiting and later computations when it is closed', async () => {
    const worker = new GraphWorker();
    const asked = worker.compute(graph, centralities);
    await Promise.all([
      worker.close(),
      expect(asked).rejects.toMatchObject({ code: 'OVERLOADED' }),
    ]);
    await expect(worker.compute(graph, centralities)).rejects.toMatchObject({ code: 'OVERLOADED' });
  });
});
