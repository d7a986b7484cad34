import type { ReadonlySignal } from '@preact/signals';
import { writeCsvFile } from '../../../parts/csv.ts';
import { saveFile, saveText } from '../../../parts/save-file.ts';
import { t, type WordKey } from '../../../words/language.ts';
import { readPalette } from '../drawing/palette.ts';
import type { Layout } from '../drawing/use-layout.ts';
import type { Side } from '../model/compare.ts';
import type { Selection } from '../model/filter.ts';
import { nameOf } from '../views/names.ts';
import { composeScene, type Scene } from './scene.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML has no way to write most control characters, so they are left out. */
const escapeXml = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

const keys = [
  ['node', 'name', 'string'],
  ['node', 'kind', 'string'],
  ['node', 'form', 'string'],
  ['node', 'country', 'string'],
  ['node', 'city', 'string'],
  ['edge', 'weight', 'int'],
  ['edge', 'bases', 'string'],
  ['edge', 'firstOn', 'string'],
  ['edge', 'lastOn', 'string'],
  ['edge', 'isRehearsal', 'boolean'],
] as const;

type Values = Readonly<Record<string, string | number | null>>;

/** What is unknown is left out. */
const writeData = (values: Values): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `<data key="${key}">${escapeXml(String(value))}</data>`)
    .join('');

/**
 * Writes what is selected as GraphML.
 * @see http://graphml.graphdrawing.org/specification.html
 */
export function writeGraphml({ actors, contacts }: Selection): string {
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(
      ([owner, name, type]) =>
        `<key id="${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`,
    ),
    '<graph id="contacts" edgedefault="undirected">',
    ...actors.map(({ actor }) => {
      const { id, kind, form, country, city } = actor;
      const data = writeData({ name: nameOf(actor), kind, form, country, city });
      return `<node id="${escapeXml(id)}">${data}</node>`;
    }),
    ...contacts.map(({ contact: { ends }, evidence, firstOn, lastOn }) => {
      const bases = [...new Set(evidence.map(({ basis }) => basis))].sort().join(' ');
      const isRehearsal = String(evidence.every((one) => one.isRehearsal));
      const data = writeData({ weight: evidence.length, bases, firstOn, lastOn, isRehearsal });
      const [one, other] = ends.map(({ id }) => escapeXml(id));
      return `<edge source="${one}" target="${other}">${data}</edge>`;
    }),
    '</graph>',
    '</graphml>',
  ];
  return `${parts.join('\n')}\n`;
}

/** Pixels for each pixel of the scene, so that names can be read in print. */
const sharpness = 2;

/** Draws the scene on a canvas, and writes it as PNG. */
function drawPng(scene: Scene): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = scene.width * sharpness;
  canvas.height = scene.height * sharpness;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.scale(sharpness, sharpness);
  context.fillStyle = scene.paper;
  context.fillRect(0, 0, scene.width, scene.height);
  for (const { from, to, width, colour } of scene.lines) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
  for (const { at, radius, colour } of scene.circles) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(...at, radius, 0, Math.PI * 2);
    context.fill();
  }
  context.fillStyle = scene.ink;
  context.font = '12px system-ui, sans-serif';
  for (const { at, text } of scene.labels) context.fillText(text, ...at);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** The parties of the selection. */
export const writeParties = ({ actors }: Selection): string =>
  writeCsvFile([
    ['id', 'name', 'kind', 'form', 'country', 'city', 'contacts', 'source'],
    ...actors.map(({ actor, degree }) => {
      const { id, kind, form, country, city, source } = actor;
      return [id, nameOf(actor), kind, form, country, city, degree, source];
    }),
  ]);

/** The contacts of the selection, a row for each evidence. */
export const writeContacts = ({ contacts }: Selection): string =>
  writeCsvFile([
    ['party1', 'name1', 'party2', 'name2', 'basis', 'id', 'title', 'on', 'source', 'isRehearsal'],
    ...contacts.flatMap(({ contact: { ends }, evidence }) =>
      evidence.map(({ basis, occasion, on, source, isRehearsal }) => [
        ends[0].id,
        nameOf(ends[0]),
        ends[1].id,
        nameOf(ends[1]),
        basis,
        occasion?.id,
        occasion?.title,
        on,
        source,
        String(isRehearsal),
      ]),
    ),
  ]);

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

interface ButtonsProps {
  readonly selection: Selection;
  readonly sides: ReadonlyMap<string, Side> | undefined;
  readonly layout: ReadonlySignal<Layout | undefined>;
}

/** What is selected, as files. They hold what the page shows, and no more. */
export function FileButtons({ selection, sides, layout }: ButtonsProps) {
  const scene = () => {
    const places = layout.peek();
    return places && composeScene(selection, sides, places, readPalette());
  };
  const savePng = async () => {
    const drawn = scene();
    const png = drawn && (await drawPng(drawn));
    if (png) saveFile('network.png', png);
  };
  const saveSvg = () => {
    const drawn = scene();
    if (drawn) saveText('network.svg', 'image/svg+xml', writeSvg(drawn));
  };
  const files: readonly (readonly [WordKey, () => void])[] = [
    ['network.csvContacts', () => saveText('contacts.csv', 'text/csv', writeContacts(selection))],
    ['network.csvParties', () => saveText('parties.csv', 'text/csv', writeParties(selection))],
    [
      'network.graphml',
      () => saveText('network.graphml', 'application/xml', writeGraphml(selection)),
    ],
    ['network.svg', saveSvg],
    ['network.png', () => void savePng()],
  ];
  return (
    <div class="files">
      {files.map(([label, save]) => (
        <button
          key={label}
          type="button"
          class="quiet"
          disabled={selection.contacts.length === 0}
          onClick={save}
        >
          {t(label)}
        </button>
      ))}
    </div>
  );
}
