import type { Settings } from 'sigma/settings';
import type { NodeDisplayData, PartialButFor } from 'sigma/types';

import type { Palette } from './palette.ts';

type DrawnNode = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>;

/** As much of a name as is drawn. The tables and the label under the pointer have all of it. */
const longestLabel = 32;

const cut = (text: string): string =>
  text.length > longestLabel ? `${text.slice(0, longestLabel - 1).trimEnd()}…` : text;

/** Right of the node, or left of it where the drawing ends. */
function startOf(context: CanvasRenderingContext2D, node: DrawnNode, width: number, gap: number) {
  const right = node.x + node.size + gap;
  const end = context.canvas.clientWidth;
  return right + width > end ? Math.max(0, node.x - node.size - gap - width) : right;
}

/** The label of a node. Its edge in the colour of the paper keeps it readable over lines. */
export const createLabelDrawer =
  (palette: () => Palette) =>
  (context: CanvasRenderingContext2D, node: DrawnNode, settings: Settings): void => {
    if (!node.label) return;
    const { paper, ink } = palette();
    const text = cut(node.label);
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    const x = startOf(context, node, context.measureText(text).width, 3);
    const y = node.y + settings.labelSize / 3;
    context.strokeStyle = paper;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  };

/** The label of a node under the pointer. The one that sigma brings is white in dark colours too. */
export const createHoverDrawer =
  (palette: () => Palette) =>
  (context: CanvasRenderingContext2D, node: DrawnNode, settings: Settings): void => {
    const { paper, ink, chosen } = palette();
    const text = node.label ?? '';
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const width = context.measureText(text).width + 12;
    const height = settings.labelSize + 10;
    context.fillStyle = paper;
    context.strokeStyle = chosen;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(node.x, node.y, node.size + 3, 0, Math.PI * 2);
    context.stroke();
    context.beginPath();
    const left = startOf(context, node, width, 6);
    context.roundRect(left, node.y - height / 2, width, height, 4);
    context.fill();
    context.stroke();
    context.fillStyle = ink;
    context.fillText(text, left + 6, node.y + settings.labelSize / 3);
  };
