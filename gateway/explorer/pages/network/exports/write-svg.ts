import { escapeXml } from './escape-xml.ts';
import type { Scene } from './scene.ts';

/** Writes the drawing as SVG. */
export function writeSvg({ width, height, paper, ink, lines, circles, labels }: Scene): string {
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${escapeXml(paper)}"/>`,
    ...lines.map(
      ({ from, to, width: stroke, colour }) =>
        `<line x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}" stroke="${escapeXml(colour)}" stroke-width="${stroke}"/>`,
    ),
    ...circles.map(
      ({ at, radius, colour }) =>
        `<circle cx="${at[0]}" cy="${at[1]}" r="${radius.toFixed(1)}" fill="${escapeXml(colour)}"/>`,
    ),
    `<g font-family="system-ui, sans-serif" font-size="12" fill="${escapeXml(ink)}">`,
    ...labels.map(
      ({ at, text }) => `<text x="${at[0].toFixed(1)}" y="${at[1]}">${escapeXml(text)}</text>`,
    ),
    '</g>',
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}
