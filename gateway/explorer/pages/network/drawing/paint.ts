import {
  drawLabel,
  drawPointedLabel,
  placeLabel,
  placePointedLabel,
  type Box,
  type Mark,
  type Pen,
} from './draw-labels.ts';
import { canvasPointOf, type Picture } from './painting.ts';

/** A path with more lines takes longer than the same lines in several. */
const linesOfPath = 100;
const mostNames = 150;
/** From the edge of a file, in pixels. */
const captionSide = 40;

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

function markOf({ positions, look: { sizes }, names, frame }: Picture, index: number): Mark {
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

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;

const placePointed = (context: Pen, picture: Picture, pointed: number): Box =>
  placePointedLabel(context, markOf(picture, pointed), picture.frame.width);

/**
 * Paints the names that fit, the most important first. No name covers a party or another name, also not
 * that of the party under the pointer, which is painted later and once.
 */
function paintNames(context: Pen, picture: Picture): void {
  const { look, frame } = picture;
  const taken: Box[] = [];
  for (const [index, colour] of look.actors.entries()) {
    if (colour === 0) continue;
    const { x, y, size } = markOf(picture, index);
    taken.push({ left: x - size, right: x + size, top: y - size, bottom: y + size });
  }
  if (frame.pointed !== undefined) taken.push(placePointed(context, picture, frame.pointed));
  let names = 0;
  for (const index of look.named) {
    if (index === frame.pointed) continue;
    if (names === mostNames) return;
    const mark = markOf(picture, index);
    if (!mark.label || mark.x < 0 || mark.x > frame.width || mark.y < 0 || mark.y > frame.height)
      continue;
    const label = placeLabel(context, mark).find(
      (place) =>
        place.left >= 0 &&
        place.right <= frame.width &&
        place.top >= 0 &&
        place.bottom <= frame.height &&
        !taken.some((other) => overlap(place, other)),
    );
    if (!label) continue;
    taken.push(label);
    names += 1;
    drawLabel(context, label, look.palette);
  }
}

/** What a file says about its drawing: above it what it is, below it what it means and where it is from. */
function paintCaption(context: Pen, { look: { palette }, frame, caption }: Picture): void {
  if (!caption) return;
  const write = (text: string, line: number, font: string) => {
    context.font = font;
    context.fillText(text, captionSide, line);
  };
  context.fillStyle = palette.ink;
  write(caption.title, 44, '600 26px system-ui, sans-serif');
  write(caption.subtitle, 72, '16px system-ui, sans-serif');
  let left = captionSide;
  const line = frame.height - 30 - caption.notes.length * 22;
  for (const { label, colour } of caption.legend) {
    context.font = '15px system-ui, sans-serif';
    const { width } = context.measureText(label);
    context.beginPath();
    context.moveTo(left + 12, line - 5);
    context.arc(left + 6, line - 5, 6, 0, Math.PI * 2);
    context.fillStyle = colour;
    context.fill();
    context.fillStyle = palette.ink;
    context.fillText(label, left + 18, line);
    left += width + 42;
  }
  for (const [index, note] of caption.notes.entries())
    write(note, line + (index + 1) * 22, '14px system-ui, sans-serif');
}

/** Paints a picture without what is under the pointer. */
export function paint(context: Pen, picture: Picture): void {
  const { look, frame } = picture;
  context.fillStyle = look.palette.paper;
  context.fillRect(0, 0, frame.width, frame.height);
  paintForms(context, picture);
  paintNames(context, picture);
  paintCaption(context, picture);
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
    drawPointedLabel(
      context,
      markOf(picture, frame.pointed),
      look.palette,
      placePointed(context, picture, frame.pointed),
    );
}
