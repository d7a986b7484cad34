import { SaxesParser } from 'saxes';
import { UnreadableFile } from '../fault.js';

const deepest = 64;

/**
 * The most bytes of a text, a tag or a comment, which the parser holds until its end. The longest
 * cell has less, even if each character is escaped.
 */
const longestToken = 1_048_576;

/** Handlers for a part of a workbook. Names have no prefix. */
export interface PartReader {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Parses a part of a workbook, and pauses after each chunk so that the results can be taken.
 * @throws {@link UnreadableFile} if it is not XML, or one text of it is too long
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
    throw new UnreadableFile(
      'is not a workbook of a spreadsheet program, because it has a DOCTYPE',
    );
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
