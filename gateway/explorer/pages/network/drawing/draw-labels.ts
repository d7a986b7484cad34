import type { Palette } from './palette.ts';

/** What the drawing is drawn with: a canvas of the page or of a worker, or a file. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'stroke'
  | 'strokeStyle'
  | 'strokeText'
> & { measureText(text: string): { readonly width: number } };
type Colours = Pick<Palette, 'paper' | 'ink' | 'chosen'>;

/** A node as it is drawn, in pixels from the top left. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly label?: string | null;
}

const fontSize = 12;
const labelFont = `${fontSize}px system-ui, sans-serif`;

/** Where names are drawn. */
interface Sheet {
  readonly width: number;
  /** As much of a name as is drawn. The tables and the label under the pointer have all of it. */
  readonly longestName: number;
}

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;

/** Right of the node, or left of it where the drawing ends. */
function startOf({ x, size }: Mark, width: number, gap: number, end: number): number {
  const right = x + size + gap;
  return right + width > end ? Math.max(0, x - size - gap - width) : right;
}

/** Where the label of a node is drawn: from left to right, on a line. */
export function placeLabel(context: Pen, mark: Mark, sheet: Sheet) {
  const text = cut(mark.label ?? '', sheet.longestName);
  context.font = labelFont;
  const { width } = context.measureText(text);
  return { text, left: startOf(mark, width, 3, sheet.width), width, line: mark.y + fontSize / 3 };
}

/** The label of a node. Its edge in the colour of the paper keeps it readable over lines. */
export function drawLabel(context: Pen, mark: Mark, { paper, ink }: Colours, sheet: Sheet) {
  if (!mark.label) return;
  const { text, left, line } = placeLabel(context, mark, sheet);
  context.strokeStyle = paper;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeText(text, left, line);
  context.fillStyle = ink;
  context.fillText(text, left, line);
}

/** The label of the node under the pointer, with the whole name. */
export function drawPointedLabel(
  context: Pen & CanvasPath,
  mark: Mark,
  { paper, ink, chosen }: Colours,
  end: number,
) {
  const text = mark.label ?? '';
  context.font = `600 ${labelFont}`;
  const width = context.measureText(text).width + 12;
  const height = fontSize + 10;
  context.fillStyle = paper;
  context.strokeStyle = chosen;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(mark.x, mark.y, mark.size + 3, 0, Math.PI * 2);
  context.stroke();
  context.beginPath();
  const left = startOf(mark, width, 6, end);
  context.roundRect(left, mark.y - height / 2, width, height, 4);
  context.fill();
  context.stroke();
  context.fillStyle = ink;
  context.fillText(text, left + 6, mark.y + fontSize / 3);
}
