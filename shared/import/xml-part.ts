import { SaxesParser } from 'saxes';
import { UnreadableFile } from './fault.js';

const deepest = 64;

/** What a part of a workbook is read by. Names come without their prefix. */
export interface PartReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads a part of a workbook, and stops after each chunk so that what came out of it can be taken.
 * @throws {@link UnreadableFile} where it is no XML
 */
export async function* readPart(
  chunks: AsyncIterable<Buffer>,
  reader: PartReader,
): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let depth = 0;
  parser.on('error', () => {
    throw new UnreadableFile('is a damaged workbook');
  });
  parser.on('doctype', () => {
    throw new UnreadableFile('is no workbook of a spreadsheet program: it has a DOCTYPE');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if ((depth += 1) > deepest) throw new UnreadableFile('is a damaged workbook');
    reader.open?.(withoutPrefix(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    reader.close?.(withoutPrefix(name));
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
  yield;
}
