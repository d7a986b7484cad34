// Runs beside the page, so that the page responds while the network is laid out.
import Graph from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { isLarge } from '../model/network.ts';
import type { LayoutStep, LayoutTask } from './layout.ts';

/** A large network is laid out until it is readable, not until nothing moves. */
const mostMs = 12_000;
const iterations = { small: 600, large: 250 };
/** How often the page sees the layout. Painting a large network takes a tenth of a second and more. */
const stepMs = { small: 200, large: 1_000 };

function createGraph({ positions, sizes, ends, strengths }: LayoutTask): Graph {
  const graph = new Graph({ type: 'undirected', multi: true });
  for (const [index, size] of sizes.entries())
    graph.addNode(index, { x: positions[index * 2], y: positions[index * 2 + 1], size });
  for (const [index, weight] of strengths.entries())
    graph.addEdge(ends[index * 2], ends[index * 2 + 1], { weight });
  return graph;
}

function send(graph: Graph, isDone: boolean): void {
  const positions = new Float32Array(graph.order * 2);
  graph.forEachNode((node, { x, y }) => {
    positions[Number(node) * 2] = x as number;
    positions[Number(node) * 2 + 1] = y as number;
  });
  const step: LayoutStep = { positions, isDone };
  self.postMessage(step, { transfer: [positions.buffer] });
}

function layOut(task: LayoutTask): void {
  const graph = createGraph(task);
  const size = isLarge(graph.order, graph.size) ? 'large' : 'small';
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    linLogMode: size === 'small',
    adjustSizes: size === 'small',
    barnesHutOptimize: size === 'large',
    strongGravityMode: true,
    gravity: size === 'small' ? 0.08 : 0.02,
    scalingRatio: 10,
  };
  const end = performance.now() + mostMs;
  let sent = performance.now();
  for (let done = 0; done < iterations[size] && performance.now() < end; done += 10) {
    forceAtlas2.assign(graph, { iterations: 10, settings, getEdgeWeight: 'weight' });
    if (performance.now() - sent < stepMs[size]) continue;
    send(graph, false);
    sent = performance.now();
  }
  send(graph, true);
}

self.addEventListener('message', ({ data }: MessageEvent<LayoutTask>) => layOut(data));
