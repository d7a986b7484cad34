import Graph from 'graphology';
import Sigma from 'sigma';
import { EdgeLineProgram, EdgeRectangleProgram } from 'sigma/rendering';
import type { Side } from '../model/compare.ts';
import type { Selection } from '../model/filter.ts';
import type { Network } from '../model/network.ts';
import type { Choose, Chosen } from '../views/chosen.ts';
import { nameOf } from '../views/names.ts';
import { createHoverDrawer, createLabelDrawer } from './draw-labels.ts';
import { forEachInSlices } from './in-slices.ts';
import type { Palette } from './palette.ts';
import type { Layout } from './use-layout.ts';

/** What of the network is drawn, and how. */
export interface Shown {
  readonly selection: Selection;
  readonly sides: ReadonlyMap<string, Side> | undefined;
  readonly chosen: Chosen | undefined;
  readonly palette: Palette;
}

/**
 * As many contacts as are drawn at once, the strongest first, with those of the chosen party. Without
 * a graphics card, a browser draws 20,000 lines so slowly that the page would stop for seconds.
 */
export const mostDrawn = 1_500;

/** A contact that is drawn. */
interface DrawnContact {
  readonly ends: Network['contacts'][number]['ends'];
  /** How much evidence there is of it. */
  readonly strength: number;
}

/** The network on a canvas. It shows what it is told, and says what is clicked. */
export class NetworkView {
  readonly #graph = new Graph({ type: 'undirected', multi: true });
  readonly #network: Network;
  readonly #container: HTMLElement;
  readonly #choose: Choose;
  #sigma: Sigma | undefined;
  #shown: Shown;
  #actors = new Set<string>();
  #contacts = new Map<string, DrawnContact>();
  /** The chosen parties, and those with which they are in contact. */
  #near: Set<string> | undefined;

  constructor(container: HTMLElement, network: Network, shown: Shown, choose: Choose) {
    this.#container = container;
    this.#network = network;
    this.#shown = shown;
    this.#choose = choose;
    this.#remember();
  }

  /** Draws for the first time. What is shown or moved before it is done, it draws. */
  async open({ positions, sizes }: Layout, signal: AbortSignal): Promise<void> {
    await forEachInSlices(
      this.#network.actors,
      (actor) =>
        this.#graph.addNode(actor.id, {
          index: actor.index,
          kind: actor.kind,
          label: nameOf(actor),
          x: positions[actor.index * 2],
          y: positions[actor.index * 2 + 1],
          size: sizes[actor.index],
        }),
      signal,
    );
    if (signal.aborted) return;
    this.#placeContacts();
    this.#start();
  }

  #start(): void {
    const isSmall = this.#network.contacts.length <= mostDrawn;
    this.#sigma = new Sigma(this.#graph, this.#container, {
      allowInvalidContainer: true,
      enableEdgeEvents: isSmall,
      hideEdgesOnMove: !isSmall,
      labelFont: 'system-ui, sans-serif',
      labelSize: 12,
      labelDensity: 0.5,
      labelRenderedSizeThreshold: this.#network.actors.length > 200 ? 9 : 4,
      stagePadding: 40,
      zIndex: isSmall,
      defaultEdgeType: isSmall ? 'rectangle' : 'line',
      edgeProgramClasses: { rectangle: EdgeRectangleProgram, line: EdgeLineProgram },
      defaultDrawNodeLabel: createLabelDrawer(() => this.#shown.palette),
      defaultDrawNodeHover: createHoverDrawer(() => this.#shown.palette),
      nodeReducer: (id, data) => this.#drawActor(id, data),
      edgeReducer: (key) => this.#drawContact(key),
    });
    this.#sigma.on('clickNode', ({ node }) => this.#choose({ type: 'party', id: node }));
    this.#sigma.on('clickEdge', ({ edge }) => this.#choose({ type: 'contact', key: edge }));
  }

  #drawActor(id: string, data: Record<string, unknown>) {
    const place = { x: data.x as number, y: data.y as number };
    if (!this.#actors.has(id)) return { ...place, hidden: true };
    const { palette, chosen } = this.#shown;
    const kind = data.kind as keyof Palette['kinds'];
    const isNear = this.#near?.has(id) ?? true;
    const isChosen = chosen?.type === 'party' && chosen.id === id;
    return {
      ...place,
      size: data.size as number,
      label: isNear ? (data.label as string) : null,
      color: isChosen ? palette.chosen : isNear ? palette.kinds[kind] : palette.faint,
      forceLabel: this.#near !== undefined && isNear && this.#near.size < 40,
    };
  }

  #drawContact(key: string) {
    const strength = this.#contacts.get(key)?.strength;
    // It is about to leave the graph.
    if (strength === undefined) return { hidden: true };
    const { palette, sides, chosen } = this.#shown;
    const side = sides?.get(key);
    const isChosen = chosen?.type === 'contact' && chosen.key === key;
    const isNear =
      chosen?.type === 'party' ? key.split(' ').includes(chosen.id) : this.#near === undefined;
    const usual = side ? palette.sides[side] : palette.edge;
    return {
      size: isChosen ? 5 : Math.min(4, 0.5 + strength * 0.5),
      color: isChosen ? palette.chosen : isNear ? usual : palette.faint,
      zIndex: isChosen || isNear ? 1 : 0,
    };
  }

  #remember(): void {
    const { selection, chosen } = this.#shown;
    this.#actors = new Set(selection.actors.map(({ actor }) => actor.id));
    const { contacts } = selection;
    const strongest = contacts.slice(0, mostDrawn);
    const chosenId = chosen?.type === 'party' ? chosen.id : undefined;
    const own = contacts.filter(
      ({ contact }) =>
        contact.ends.some(({ id }) => id === chosenId) ||
        (chosen?.type === 'contact' && contact.key === chosen.key),
    );
    this.#contacts = new Map(
      [...strongest, ...own].map(({ contact, evidence }) => [
        contact.key,
        { ends: contact.ends, strength: evidence.length },
      ]),
    );
    this.#near = this.#findNear(chosen);
  }

  #findNear(chosen: Chosen | undefined): Set<string> | undefined {
    if (chosen?.type === 'contact') return new Set(chosen.key.split(' '));
    if (chosen?.type !== 'party' || !this.#actors.has(chosen.id)) return undefined;
    const near = new Set([chosen.id]);
    for (const { contact } of this.#shown.selection.contacts)
      if (contact.ends.some(({ id }) => id === chosen.id))
        for (const { id } of contact.ends) near.add(id);
    return near;
  }

  /**
   * Places the drawn contacts alone in the graph. Whatever is drawn, sigma looks at each contact of
   * the graph, and a large network has many more than are drawn.
   */
  #placeContacts(): void {
    for (const key of this.#graph.edges()) if (!this.#contacts.has(key)) this.#graph.dropEdge(key);
    for (const [key, { ends }] of this.#contacts)
      if (!this.#graph.hasEdge(key))
        this.#graph.addUndirectedEdgeWithKey(key, ends[0].id, ends[1].id);
  }

  /** Shows something else of the same network. */
  show(shown: Shown): void {
    this.#shown = shown;
    this.#remember();
    if (!this.#sigma) return;
    this.#placeContacts();
    this.#sigma.scheduleRefresh();
  }

  move({ positions }: Layout): void {
    if (!this.#sigma) return;
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

  /** @param factor above 1 comes nearer, below goes back, 0 shows the whole */
  zoom(factor: number): void {
    const camera = this.#sigma?.getCamera();
    if (factor === 0) void camera?.animatedReset();
    else void camera?.animate({ ratio: camera.getState().ratio / factor });
  }

  close(): void {
    this.#sigma?.kill();
    this.#sigma = undefined;
  }
}
