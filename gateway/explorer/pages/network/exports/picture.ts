import { composeLook } from '../drawing/compose-look.ts';
import type { Pen } from '../drawing/draw-labels.ts';
import type { Shown } from '../drawing/emphasis.ts';
import { paint } from '../drawing/paint.ts';
import { cameraOf, type Caption, type Picture } from '../drawing/painting.ts';
import type { Layout } from '../drawing/use-layout.ts';
import { nameOf } from '../views/names.ts';
import { escapeXml } from './escape-xml.ts';

const size = { width: 1_600, height: 1_200 };
/** Around the drawing, in pixels: names and the caption stand there. */
const margin = 170;

/** What is selected, as a picture that names can be read in when it is printed. */
export function composePicture(
  shown: Shown,
  { network, positions }: Layout,
  caption: Caption,
): Picture {
  const indices = shown.selection.actors.map(({ actor }) => actor.index);
  return {
    names: network.actors.map(nameOf),
    positions,
    look: composeLook(network, shown),
    frame: {
      ...size,
      sharpness: 2,
      camera: cameraOf(positions, indices, size, margin),
      pointed: undefined,
    },
    caption,
  };
}

type Point = readonly [number, number];

const round = (value: number): number => Math.round(value * 10) / 10;

/** Writes SVG: an element for each line, circle and name. */
class SvgPen implements Pen {
  fillStyle = '';
  strokeStyle = '';
  lineWidth = 1;
  lineJoin = 'round' as const;
  font = '';
  readonly parts: string[] = [];
  #at: Point = [0, 0];
  #lines: (readonly [Point, Point])[] = [];
  #circles: (readonly [Point, number])[] = [];
  #edge = '';

  constructor(private readonly measure: (text: string, font: string) => number) {}

  measureText = (text: string) => ({ width: this.measure(text, this.font) });

  #add(name: string, values: Readonly<Record<string, string | number>>, text?: string): void {
    const written = Object.entries(values).map(
      ([key, value]) => `${key}="${typeof value === 'number' ? round(value) : escapeXml(value)}"`,
    );
    const start = `<${name} ${written.join(' ')}`;
    this.parts.push(text === undefined ? `${start}/>` : `${start}>${escapeXml(text)}</${name}>`);
  }

  beginPath(): void {
    this.#lines = [];
    this.#circles = [];
  }

  moveTo(...at: Point): void {
    this.#at = at;
  }

  lineTo(...at: Point): void {
    this.#lines.push([this.#at, at]);
    this.#at = at;
  }

  arc(x: number, y: number, radius: number): void {
    this.#circles.push([[x, y], radius]);
  }

  stroke(): void {
    for (const [[x1, y1], [x2, y2]] of this.#lines) {
      const style = { stroke: this.strokeStyle, 'stroke-width': this.lineWidth };
      this.#add('line', { x1, y1, x2, y2, ...style });
    }
  }

  fill(): void {
    for (const [[cx, cy], r] of this.#circles)
      this.#add('circle', { cx, cy, r, fill: this.fillStyle });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add('rect', { x, y, width, height, fill: this.fillStyle });
  }

  /** The edge of a name, below it. */
  strokeText(): void {
    this.#edge = this.strokeStyle;
  }

  fillText(text: string, x: number, y: number): void {
    const edge = { stroke: this.#edge, 'stroke-width': this.lineWidth, 'paint-order': 'stroke' };
    this.#add('text', { x, y, fill: this.fillStyle, style: `font: ${this.font}`, ...edge }, text);
  }
}

/** Writes a picture as SVG. @param measure the width of a text in a font, in pixels */
export function writeSvg(picture: Picture, measure: (text: string, font: string) => number) {
  const { width, height } = size;
  const pen = new SvgPen(measure);
  paint(pen, picture);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
${pen.parts.join('\n')}
</svg>
`;
  return { svg, width, height };
}
