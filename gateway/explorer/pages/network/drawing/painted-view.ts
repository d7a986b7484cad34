import type { Network } from '../model/network.ts';
import type { Choose } from '../views/chosen.ts';
import { nameOf } from '../views/names.ts';
import { composeLook } from './compose-look.ts';
import type { Shown } from './emphasis.ts';
import { findActor, findContact } from './find-at.ts';
import { cameraOf, type Camera, type Frame, type Painting } from './painting.ts';
import type { Layout } from './use-layout.ts';

/** Around the whole network, in pixels. */
const margin = 40;
/** A pointer that moves less has clicked, in pixels. */
const leastMove = 4;

type Point = readonly [number, number];

/**
 * The network painted by a worker. The page responds meanwhile, however large the network is, and
 * without a graphics card.
 */
export class PaintedView {
  readonly #canvas = document.createElement('canvas');
  readonly #worker = new Worker(new URL('./painter.ts', import.meta.url), { type: 'module' });
  readonly #sized: ResizeObserver;
  readonly #network: Network;
  #choose: Choose;
  #layout: Layout;
  #shown: Shown;
  /** How much nearer the reader is than where the whole is seen, and how far from its middle. */
  #zoom = 1;
  #shift: Point = [0, 0];
  #pointed: number | undefined;
  /** Where the pointers are that are down. Two of them come nearer or go back. */
  readonly #drags = new Map<number, Point>();
  /** Where a pointer went down that may click, and what was seen then. One of two does not click. */
  #pressed: { readonly at: Point; readonly shift: Point } | undefined;
  #isPainting = false;
  #news: Partial<Painting> = {};

  constructor(
    container: HTMLElement,
    network: Network,
    layout: Layout,
    shown: Shown,
    choose: Choose,
  ) {
    this.#network = network;
    this.#layout = layout;
    this.#shown = shown;
    this.#choose = choose;
    this.#canvas.className = 'painted';
    container.append(this.#canvas);
    this.#worker.addEventListener('message', () => {
      this.#isPainting = false;
      this.#send();
    });
    const canvas = this.#canvas.transferControlToOffscreen();
    const { positions } = layout;
    const names = network.actors.map(nameOf);
    const first = { canvas, names, positions, look: this.#look(), frame: this.#frame() };
    this.#isPainting = true;
    this.#worker.postMessage(first, [canvas]);
    this.#sized = new ResizeObserver(() => this.#paintAgain());
    this.#sized.observe(this.#canvas);
    this.#listen();
  }

  #listen(): void {
    const canvas = this.#canvas;
    canvas.addEventListener('pointerdown', ({ button, pointerId, offsetX, offsetY }) => {
      if (button !== 0) return;
      canvas.setPointerCapture(pointerId);
      const at = [offsetX, offsetY] as const;
      this.#drags.set(pointerId, at);
      this.#pressed = this.#drags.size === 1 ? { at, shift: this.#shift } : undefined;
    });
    canvas.addEventListener('pointermove', ({ pointerId, offsetX, offsetY }) => {
      if (this.#drags.has(pointerId)) this.#drag(pointerId, [offsetX, offsetY]);
      else this.#point(findActor(this.#place([offsetX, offsetY])));
    });
    canvas.addEventListener('pointerup', ({ pointerId, offsetX, offsetY }) => {
      this.#drags.delete(pointerId);
      const [x, y] = this.#pressed?.at ?? [Infinity, Infinity];
      this.#pressed = undefined;
      if (Math.hypot(x - offsetX, y - offsetY) < leastMove) this.#click([offsetX, offsetY]);
    });
    // The page scrolls by this finger. What it moved before stands where it was.
    canvas.addEventListener('pointercancel', ({ pointerId }) => {
      this.#drags.delete(pointerId);
      this.#shift = this.#pressed?.shift ?? this.#shift;
      this.#paintAgain();
    });
    canvas.addEventListener('pointerleave', () => this.#point(undefined));
    canvas.addEventListener('wheel', (event) => {
      // Who scrolls past the drawing is not caught in it. Two fingers on a touchpad send the key too.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.#zoomAt(Math.exp(-event.deltaY / 500), [event.offsetX, event.offsetY]);
    });
  }

  #place(at: Point) {
    const { selection, sizes } = this.#shown;
    return { at, positions: this.#layout.positions, sizes, frame: this.#frame(), selection };
  }

  /** The middle of the pointers that are down, and how far they are from it. */
  #grip(): { middle: Point; spread: number } {
    const [one = [0, 0], other = one] = this.#drags.values();
    const middle = [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2] as const;
    return { middle, spread: Math.hypot(one[0] - middle[0], one[1] - middle[1]) };
  }

  #drag(pointer: number, at: Point): void {
    const before = this.#grip();
    this.#drags.set(pointer, at);
    const { middle, spread } = this.#grip();
    const [wide, tall] = this.#camera().scale;
    this.#shift = [
      this.#shift[0] - (middle[0] - before.middle[0]) / wide,
      this.#shift[1] + (middle[1] - before.middle[1]) / tall,
    ];
    if (before.spread > 0 && spread > 0) this.#zoomAt(spread / before.spread, middle);
    else this.#paintAgain();
  }

  #point(index: number | undefined): void {
    if (index === this.#pointed) return;
    this.#pointed = index;
    this.#canvas.style.cursor = index === undefined ? '' : 'pointer';
    this.#news = { ...this.#news, look: this.#look() };
    this.#paintAgain();
  }

  #click(at: Point): void {
    const place = this.#place(at);
    const actor = findActor(place);
    const id = actor === undefined ? undefined : this.#network.actors[actor]?.id;
    if (id !== undefined) return this.#choose({ type: 'party', id });
    const key = findContact(place);
    if (key !== undefined) this.#choose({ type: 'contact', key });
  }

  /** Comes nearer or goes back. What is at the point stays there. */
  #zoomAt(factor: number, [x, y]: Point): void {
    const [wide, tall] = this.#camera().scale;
    const { clientWidth, clientHeight } = this.#canvas;
    const kept = 1 - 1 / factor;
    this.#shift = [
      this.#shift[0] + ((x - clientWidth / 2) * kept) / wide,
      this.#shift[1] - ((y - clientHeight / 2) * kept) / tall,
    ];
    this.#zoom *= factor;
    this.#paintAgain();
  }

  /** Where all of the network is seen, moved as the reader has moved it. */
  #camera(): Camera {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const whole = cameraOf(
      this.#layout.positions,
      this.#network.actors.keys(),
      { width, height },
      margin,
    );
    const [x, y] = this.#shift;
    const [wide, tall] = whole.scale;
    const scale = [wide * this.#zoom, tall * this.#zoom] as const;
    return { x: whole.x + x, y: whole.y + y, scale };
  }

  #frame(): Frame {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const camera = this.#camera();
    const sharpness = devicePixelRatio;
    return { width, height, sharpness, camera, pointed: this.#pointed };
  }

  #look() {
    const pointed =
      this.#pointed === undefined ? undefined : this.#network.actors[this.#pointed]?.id;
    return composeLook(this.#network, { ...this.#shown, pointed });
  }

  #paintAgain(): void {
    this.#news = { ...this.#news, frame: this.#frame() };
    this.#send();
  }

  /** One picture at a time: the next has all that is new by then. */
  #send(): void {
    if (this.#isPainting || Object.keys(this.#news).length === 0) return;
    this.#worker.postMessage(this.#news);
    this.#news = {};
    this.#isPainting = true;
  }

  /** Shows something else of the same network. */
  show(shown: Shown, choose: Choose): void {
    this.#shown = shown;
    this.#choose = choose;
    this.#news = { ...this.#news, look: this.#look() };
    this.#paintAgain();
  }

  move(layout: Layout): void {
    this.#layout = layout;
    this.#news = { ...this.#news, positions: layout.positions };
    this.#paintAgain();
  }

  /** @param factor above 1 comes nearer, below goes back, 0 shows the whole */
  zoom(factor: number): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (factor !== 0) return this.#zoomAt(factor, [clientWidth / 2, clientHeight / 2]);
    this.#zoom = 1;
    this.#shift = [0, 0];
    this.#paintAgain();
  }

  close(): void {
    this.#sized.disconnect();
    this.#worker.terminate();
    this.#canvas.remove();
  }
}
