import { SaxesParser } from 'saxes';
import { UnreadableFile } from '../fault.js';

const deepest = 64;

/**
 * Bytes of a text, a tag or a comment, which the parser holds until its end. A cell of the longest length has less, even
 * where each character is escaped.
 */
const longestToken = 1_048_576;

/** What a part of a workbook is read by. Names come without their prefix. */
export interface PartReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads a part of a workbook, and stops after each chunk so that what came out of it can be taken.
 * @throws {@link UnreadableFile} where it is no XML, or one text of it is too long to hold
 */
export async function* readPart(
  chunks: AsyncIterable<Buffer>,
  reader: PartReader,
): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let depth = 0;
  let pending = 0;
  const began = () => (pending = 0);
  parser.on('error', () => {
    throw new UnreadableFile('is a damaged workbook');
  });
  parser.on('doctype', () => {
    throw new UnreadableFile('is no workbook of a spreadsheet program: it has a DOCTYPE');
  });
  parser.on('opentag', ({ name, attributes }) => {
    began();
    if ((depth += 1) > deepest) throw new UnreadableFile('is a damaged workbook');
    reader.open?.(withoutPrefix(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    began();
    depth -= 1;
    reader.close?.(withoutPrefix(name));
  });
  const readText = (text: string) => {
    began();
    reader.text?.(text);
  };
  parser.on('text', readText);
  parser.on('cdata', readText);
  parser.on('comment', began);
  parser.on('processinginstruction', began);
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) {
    pending += chunk.length;
    if (pending > longestToken) {
      const most = longestToken.toLocaleString('en');
      throw new UnreadableFile(`has a text or a tag of more than ${most} bytes`);
    }
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
  yield;
}
