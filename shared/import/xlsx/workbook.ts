import { posix } from 'node:path';
import { longestCell, tooLongCell, type Cell } from '../cell.js';
import { UnreadableFile } from '../fault.js';
import { datePrecisionOf, type DatePrecision } from './number-format.js';
import type { WorkbookParts } from './workbook-parts.js';

const relationsOf = (part: string): string =>
  posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);

interface Relation {
  readonly type: string;
  readonly part: string;
}

/** The targets of a part’s references, by their ids. */
async function readRelations(
  parts: WorkbookParts,
  part: string,
): Promise<ReadonlyMap<string, Relation>> {
  const relations = new Map<string, Relation>();
  await parts.readAll(relationsOf(part), {
    open(name, { Id = '', Type = '', Target = '' }) {
      if (name !== 'Relationship') return;
      const target = posix.resolve('/', posix.dirname(part), Target).slice(1);
      relations.set(Id, { type: posix.basename(Type), part: target });
    },
  });
  return relations;
}

const partOfType = (relations: ReadonlyMap<string, Relation>, type: string): string | undefined =>
  [...relations.values()].find((relation) => relation.type === type)?.part;

/** `_x000D_` stands for a character that XML does not allow. */
export const decodeEscapes = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

async function readStrings(parts: WorkbookParts, part: string | undefined): Promise<Cell[]> {
  const strings: Cell[] = [];
  const inside: string[] = [];
  let text = '';
  const isText = () => inside.at(-1) === 't' && !inside.includes('rPh');
  if (part === undefined) return strings;
  await parts.readAll(part, {
    open(name) {
      inside.push(name);
      if (name === 'si') text = '';
    },
    text: (piece) => {
      if (isText()) text += piece;
    },
    close(name) {
      inside.pop();
      if (name === 'si')
        strings.push(text.length > longestCell ? tooLongCell : decodeEscapes(text));
    },
  });
  return strings;
}

/** The date precision of each of the workbook’s styles. */
async function readStyles(
  parts: WorkbookParts,
  part: string | undefined,
): Promise<(DatePrecision | undefined)[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let isCellFormat = false;
  if (part === undefined) return [];
  await parts.readAll(part, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') isCellFormat = true;
      if (name === 'xf' && isCellFormat) formats.push(Number(numFmtId));
    },
    close(name) {
      if (name === 'cellXfs') isCellFormat = false;
    },
  });
  // Many styles may have one long format.
  const precisions = new Map(
    [...new Set(formats)].map((id) => [id, datePrecisionOf(id, codes.get(id))] as const),
  );
  return formats.map((id) => precisions.get(id));
}

/** What is needed of a workbook to read one of its sheets. */
export interface Workbook {
  /** The part with the sheet. */
  readonly sheet: string;
  readonly strings: readonly Cell[];
  /** The date precision of each cell style. */
  readonly styles: readonly (DatePrecision | undefined)[];
  readonly from1904: boolean;
}

/** The most sheets in a message, and the longest name in a spreadsheet program. */
const mostNamed = 20;
const longestSheet = 31;

/**
 * Reads what is needed for the sheet with this name, or for the first one.
 * @throws {@link UnreadableFile} if it is not a workbook, or does not have this sheet
 */
export async function readWorkbook(
  parts: WorkbookParts,
  asked: string | undefined,
): Promise<Workbook> {
  const main = partOfType(await readRelations(parts, ''), 'officeDocument') ?? 'xl/workbook.xml';
  if (!parts.has(main)) throw new UnreadableFile('is not an XLSX workbook');
  const relations = await readRelations(parts, main);
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  await parts.readAll(main, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const relation = relations.get(id ?? '');
      if (relation?.type !== 'worksheet') return;
      sheets.push({ name: attributes['name'] ?? '', part: relation.part });
    },
  });
  const wanted = asked?.toLowerCase();
  const sheet = sheets.find(({ name }) => wanted === undefined || name.toLowerCase() === wanted);
  if (!sheet) {
    const names = sheets.slice(0, mostNamed).map(({ name }) => `“${name.slice(0, longestSheet)}”`);
    const others = sheets.length > mostNamed ? ` and ${sheets.length - mostNamed} more` : '';
    throw new UnreadableFile(
      `does not have this sheet, but ${names.join(', ') || 'none'}${others}`,
    );
  }
  return {
    sheet: sheet.part,
    strings: await readStrings(parts, partOfType(relations, 'sharedStrings')),
    styles: await readStyles(parts, partOfType(relations, 'styles')),
    from1904,
  };
}
