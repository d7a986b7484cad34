import { drawLabel, drawPointedLabel, placeLabel, type Mark, type Pen } from './draw-labels.ts';
import { canvasPointOf, type Picture } from './painting.ts';

/** A path with more lines takes longer than the same lines in several. */
const linesOfPath = 100;
const mostNames = 60;
/** The lines of a text are so far from each other, in pixels. */
const lineHeight = 16;

/** Groups the contacts of one colour by the width of their lines. */
function groupByWidth({ look: { lines, widths } }: Picture, colour: number) {
  const groups = new Map<number, number[]>();
  for (let index = 0; index < lines.length; index += 1) {
    if (lines[index] !== colour) continue;
    const width = widths[index] ?? 1;
    const group = groups.get(width);
    if (group) group.push(index);
    else groups.set(width, [index]);
  }
  return groups;
}

function paintContacts(context: Pen, picture: Picture, colour: number): void {
  const { look, positions, frame } = picture;
  for (const [width, group] of groupByWidth(picture, colour)) {
    context.lineWidth = width;
    for (let start = 0; start < group.length; start += linesOfPath) {
      context.beginPath();
      for (const index of group.slice(start, start + linesOfPath)) {
        context.moveTo(...canvasPointOf(positions, look.ends[index * 2] ?? 0, frame));
        context.lineTo(...canvasPointOf(positions, look.ends[index * 2 + 1] ?? 0, frame));
      }
      context.stroke();
    }
  }
}

function markOf({ positions, sizes, names, frame }: Picture, index: number): Mark {
  const [x, y] = canvasPointOf(positions, index, frame);
  return { x, y, size: sizes[index] ?? 1, label: names[index] ?? null };
}

function paintActors(context: Pen, picture: Picture, colour: number): void {
  const { actors } = picture.look;
  context.beginPath();
  for (let index = 0; index < actors.length; index += 1) {
    if (actors[index] !== colour) continue;
    const { x, y, size } = markOf(picture, index);
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, Math.PI * 2);
  }
  context.fill();
}

/** What is faint is below all that is not, and lines are below parties. */
function paintForms(context: Pen, picture: Picture): void {
  const colours = [...picture.look.colours.entries()].slice(1);
  for (const layer of [colours.slice(0, 1), colours.slice(1)]) {
    for (const [colour, style] of layer) {
      context.strokeStyle = style;
      paintContacts(context, picture, colour);
    }
    for (const [colour, style] of layer) {
      context.fillStyle = style;
      paintActors(context, picture, colour);
    }
  }
}

/** Paints the names that fit, the most important first. */
function paintNames(context: Pen, picture: Picture): void {
  const { look, frame } = picture;
  const taken: { left: number; right: number; line: number }[] = [];
  for (const index of look.named) {
    if (taken.length === mostNames) return;
    const mark = markOf(picture, index);
    if (mark.x < 0 || mark.x > frame.width || mark.y < 0 || mark.y > frame.height) continue;
    const { left, width, line } = placeLabel(context, mark, frame);
    const right = left + width;
    const isFree = taken.every(
      (other) =>
        Math.abs(other.line - line) > lineHeight || other.right < left || right < other.left,
    );
    if (!isFree) continue;
    taken.push({ left, right, line });
    drawLabel(context, mark, look.palette, frame);
  }
}

/** Paints a picture without what is under the pointer. */
export function paint(context: Pen, picture: Picture): void {
  const { look, frame } = picture;
  context.fillStyle = look.palette.paper;
  context.fillRect(0, 0, frame.width, frame.height);
  paintForms(context, picture);
  paintNames(context, picture);
}

/** Paints a picture on a canvas, which becomes as large as the picture is sharp. */
export function paintCanvas(canvas: HTMLCanvasElement | OffscreenCanvas, picture: Picture): void {
  const { look, frame } = picture;
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D | null;
  if (!context) return;
  // Setting the size clears the canvas.
  canvas.width = Math.max(1, Math.round(frame.width * frame.sharpness));
  canvas.height = Math.max(1, Math.round(frame.height * frame.sharpness));
  context.scale(frame.sharpness, frame.sharpness);
  paint(context, picture);
  if (frame.pointed !== undefined)
    drawPointedLabel(context, markOf(picture, frame.pointed), look.palette, frame.width);
}
