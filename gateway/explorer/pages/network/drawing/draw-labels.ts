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

/** What a name or a node takes of the sheet. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A whole name, where it is written. */
interface Label extends Box {
  readonly lines: readonly { readonly text: string; readonly width: number }[];
  /** Where lines that are shorter than the longest stand: 0 left, 0.5 in the middle, 1 right. */
  readonly align: number;
}

const fontSize = 12;
const labelFont = `${fontSize}px system-ui, sans-serif`;
const lineHeight = 14;
/** A name is written in lines of about so many letters: in narrower ones where there is no room. */
const lettersOfLine = [26, 14, 48] as const;

function breakName(name: string, letters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of name.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= letters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function placeLines(context: Pen, { x, y, size }: Mark, texts: readonly string[]): Label[] {
  const lines = texts.map((text) => ({ text, width: context.measureText(text).width }));
  const width = Math.max(...lines.map((line) => line.width));
  const height = lines.length * lineHeight;
  const at = (left: number, top: number, align: number): Label => {
    const [right, bottom] = [left + width, top + height];
    return { lines, align, left, right, top, bottom };
  };
  const gap = size + 4;
  const near = gap * 0.7;
  return [
    at(x + gap, y - height / 2, 0),
    at(x - gap - width, y - height / 2, 1),
    at(x - width / 2, y + gap - 1, 0.5),
    at(x - width / 2, y - gap - height + 1, 0.5),
    at(x + near, y + near, 0),
    at(x + near, y - near - height, 0),
    at(x - near - width, y + near, 1),
    at(x - near - width, y - near - height, 1),
    ...[0.25, 0.75].flatMap((share) => [
      at(x - width * share, y + gap - 1, share),
      at(x - width * share, y - gap - height + 1, share),
      at(x + gap, y - height * share, 0),
      at(x - gap - width, y - height * share, 1),
    ]),
  ];
}

/** The places around its node where a whole name can stand, the best first. */
export function placeLabel(context: Pen, mark: Mark): readonly Label[] {
  context.font = labelFont;
  return lettersOfLine.flatMap((letters) =>
    placeLines(context, mark, breakName(mark.label ?? '', letters)),
  );
}

/** Writes a name. Its edge in the colour of the paper keeps it readable over lines. */
export function drawLabel(context: Pen, label: Label, { paper, ink }: Colours) {
  const { lines, left, right, top, align } = label;
  context.strokeStyle = paper;
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.fillStyle = ink;
  const placed = lines.map(({ text, width }, index) => ({
    text,
    start: left + (right - left - width) * align,
    line: top + index * lineHeight + fontSize - 1,
  }));
  // All edges first: none hides a letter of the line before.
  for (const { text, start, line } of placed) context.strokeText(text, start, line);
  for (const { text, start, line } of placed) context.fillText(text, start, line);
}

/** Where the label of the node under the pointer stands: left of it, or over it, where the drawing ends. */
export function placePointedLabel(context: Pen, mark: Mark, end: number): Box {
  context.font = `600 ${labelFont}`;
  const width = context.measureText(mark.label ?? '').width + 12;
  const height = fontSize + 10;
  const right = mark.x + mark.size + 6;
  const left = Math.max(0, right + width > end ? mark.x - mark.size - 6 - width : right);
  const top = mark.y - height / 2;
  return { left, right: left + width, top, bottom: top + height };
}

/** The label of the node under the pointer, over all others. */
export function drawPointedLabel(
  context: Pen & CanvasPath,
  mark: Mark,
  { paper, ink, chosen }: Colours,
  { left, right, top, bottom }: Box,
) {
  context.font = `600 ${labelFont}`;
  context.fillStyle = paper;
  context.strokeStyle = chosen;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(mark.x, mark.y, mark.size + 3, 0, Math.PI * 2);
  context.stroke();
  context.beginPath();
  context.roundRect(left, top, right - left, bottom - top, 4);
  context.fill();
  context.stroke();
  context.fillStyle = ink;
  context.fillText(mark.label ?? '', left + 6, mark.y + fontSize / 3);
}
