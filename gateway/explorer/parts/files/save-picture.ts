import { saveFile, saveText } from './save-file.ts';

/** What stands around a drawing that is saved. */
interface PictureTexts {
  readonly title: string;
  readonly finding: string;
  readonly notes: readonly string[];
}

interface PictureFile {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const namespace = 'http://www.w3.org/2000/svg';
const side = 24;
const family = 'system-ui, sans-serif';
/** What a style sheet gives a drawing. A file has none, so each element says it itself. */
const styled = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'paint-order',
  'font-size',
  'font-weight',
] as const;

/** Reads colours as they are on a light page: for a file, which may be printed. Nobody sees it. */
export function inLight<Result>(read: () => Result): Result {
  const { dataset } = document.documentElement;
  const shown = dataset.theme;
  dataset.theme = 'light';
  try {
    return read();
  } finally {
    dataset.theme = shown;
  }
}

function breakLines(text: string, letters: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`.trim();
    else lines.push(word);
  }
  return lines;
}

function copyStyled(svg: SVGSVGElement): readonly Node[] {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = copy.querySelectorAll('*');
  for (const [index, element] of svg.querySelectorAll('*').entries()) {
    const style = getComputedStyle(element);
    for (const name of styled) copies[index]?.setAttribute(name, style.getPropertyValue(name));
  }
  return [...copy.childNodes];
}

/** As large as a drawing is meant. One without a size of its own is as large as it is shown. */
const sizeOf = (drawing: SVGSVGElement): { width: number; height: number } =>
  drawing.hasAttribute('viewBox') ? drawing.viewBox.baseVal : drawing.getBoundingClientRect();

/**
 * Writes a chart or a map as it is shown, with a title, its finding, its source and its date. It is
 * light, also if the page is dark: a dark one prints badly.
 */
export const writePicture = (drawing: SVGSVGElement, texts: PictureTexts): PictureFile =>
  inLight(() => writeShown(drawing, texts));

function writeShown(drawing: SVGSVGElement, texts: PictureTexts): PictureFile {
  const style = getComputedStyle(document.documentElement);
  const [paper, ink, soft] = ['--paper', '--ink', '--soft'].map((name) =>
    style.getPropertyValue(name).trim(),
  );
  const { width: inner, height: tall } = sizeOf(drawing);
  const add = (name: string, values: Readonly<Record<string, string | number>>, text = '') => {
    const element = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, String(value));
    element.textContent = text;
    file.append(element);
    return element;
  };
  const file = document.createElementNS(namespace, 'svg');
  const letters = Math.floor(inner / 8);
  const width = inner + 2 * side;
  add('rect', { width: '100%', height: '100%', fill: paper ?? '' });
  let top = side + 16;
  const write = (text: string, size: number, fill: string, weight = 400) => {
    const font = { 'font-family': family, 'font-size': size, 'font-weight': weight };
    add('text', { x: side, y: top, fill, ...font }, text);
    top += size * 1.4;
  };
  for (const line of breakLines(texts.title, letters * 0.75)) write(line, 20, ink ?? '', 600);
  for (const line of breakLines(texts.finding, letters)) write(line, 15, ink ?? '');
  const group = add('g', { transform: `translate(${side},${top})`, 'font-family': family });
  group.append(...copyStyled(drawing));
  top += tall + 20;
  for (const note of texts.notes)
    for (const line of breakLines(note, letters * 1.1)) write(line, 12, soft ?? '');
  const height = top + side / 2;
  const box = { width, height, viewBox: `0 0 ${width} ${height}` };
  for (const [key, value] of Object.entries(box)) file.setAttribute(key, String(value));
  return { svg: new XMLSerializer().serializeToString(file), width, height };
}

/** The same as PNG, twice as sharp. */
async function drawPng({ svg, width, height }: PictureFile): Promise<Blob | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

export const formats = ['svg', 'png'] as const;

/** Offers a picture to the reader as a file. */
export async function savePicture(
  name: string,
  format: (typeof formats)[number],
  picture: PictureFile,
): Promise<void> {
  if (format === 'svg') return saveText(`${name}.svg`, 'image/svg+xml', picture.svg);
  const png = await drawPng(picture);
  if (png) saveFile(`${name}.png`, png);
}
