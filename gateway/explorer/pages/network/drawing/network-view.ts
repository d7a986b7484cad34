import Graph from 'graphology';
import Sigma from 'sigma';
import { EdgeRectangleProgram } from 'sigma/rendering';
import type { ActorKind, Network } from '../model/network.ts';
import type { Choose } from '../views/chosen.ts';
import { nameOf } from '../views/names.ts';
import { drawLabel, drawPointedLabel } from './draw-labels.ts';
import { emphasise, type Emphasis, type Shown } from './emphasis.ts';
import type { Layout } from './use-layout.ts';
import type { View } from './view.ts';

/** The network drawn by WebGL, for networks of which each picture is drawn in no time. */
export class NetworkView implements View {
  readonly #graph = new Graph({ type: 'undirected', multi: true });
  readonly #sigma: Sigma;
  #shown: Shown;
  #emphasis: Emphasis;
  #actors = new Set<string>();
  /** How much evidence there is of each contact. */
  #contacts = new Map<string, number>();

  constructor(
    container: HTMLElement,
    network: Network,
    { positions, sizes }: Layout,
    shown: Shown,
    choose: Choose,
  ) {
    this.#shown = shown;
    this.#emphasis = emphasise(shown);
    for (const actor of network.actors) {
      const { id, index, kind } = actor;
      const place = { x: positions[index * 2], y: positions[index * 2 + 1], size: sizes[index] };
      this.#graph.addNode(id, { index, kind, label: nameOf(actor), ...place });
    }
    for (const { key, ends } of network.contacts)
      this.#graph.addUndirectedEdgeWithKey(key, ends[0].id, ends[1].id);
    this.#remember();
    this.#sigma = this.#open(container, network.actors.length > 200 ? 9 : 4);
    this.#sigma.on('clickNode', ({ node }) => choose({ type: 'party', id: node }));
    this.#sigma.on('clickEdge', ({ edge }) => choose({ type: 'contact', key: edge }));
  }

  #open(container: HTMLElement, labelRenderedSizeThreshold: number): Sigma {
    return new Sigma(this.#graph, container, {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      labelDensity: 0.5,
      labelRenderedSizeThreshold,
      stagePadding: 40,
      zIndex: true,
      defaultEdgeType: 'rectangle',
      edgeProgramClasses: { rectangle: EdgeRectangleProgram },
      defaultDrawNodeLabel: (context, node) =>
        drawLabel(context, node, this.#shown.palette, context.canvas.clientWidth),
      defaultDrawNodeHover: (context, node) =>
        drawPointedLabel(context, node, this.#shown.palette, context.canvas.clientWidth),
      nodeReducer: (id, data) => this.#drawActor(id, data),
      edgeReducer: (key) => this.#drawContact(key),
    });
  }

  #drawActor(id: string, data: Record<string, unknown>) {
    const place = { x: data.x as number, y: data.y as number };
    if (!this.#actors.has(id)) return { ...place, hidden: true };
    const { near, isNear, colourOfActor } = this.#emphasis;
    return {
      ...place,
      size: data.size as number,
      label: isNear(id) ? (data.label as string) : null,
      color: colourOfActor(id, data.kind as ActorKind),
      forceLabel: near !== undefined && isNear(id) && near.size < 40,
    };
  }

  #drawContact(key: string) {
    const evidence = this.#contacts.get(key);
    if (evidence === undefined) return { hidden: true };
    const color = this.#emphasis.colourOfContact(key);
    return {
      size: this.#emphasis.widthOfContact(key, evidence),
      color,
      zIndex: color === this.#shown.palette.faint ? 0 : 1,
    };
  }

  #remember(): void {
    const { actors, contacts } = this.#shown.selection;
    this.#actors = new Set(actors.map(({ actor }) => actor.id));
    this.#contacts = new Map(
      contacts.map(({ contact, evidence }) => [contact.key, evidence.length]),
    );
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#emphasis = emphasise(shown);
    this.#remember();
    this.#sigma.scheduleRefresh();
  }

  move({ positions }: Layout): void {
    this.#graph.updateEachNodeAttributes(
      (_id, data) => {
        const index = data.index as number;
        data.x = positions[index * 2];
        data.y = positions[index * 2 + 1];
        return data;
      },
      { attributes: ['x', 'y'] },
    );
  }

  zoom(factor: number): void {
    const camera = this.#sigma.getCamera();
    if (factor === 0) void camera.animatedReset();
    else void camera.animate({ ratio: camera.getState().ratio / factor });
  }

  close(): void {
    this.#sigma.kill();
  }
}
