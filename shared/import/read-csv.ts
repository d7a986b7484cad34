import { CsvError, parse, type Parser } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  BadCell,
  longestCell,
  longestRow,
  mostColumns,
  tooLongCell,
  tooLongRow,
  tooManyColumns,
  type Cell,
  type SheetRow,
} from './cell.js';
import { UnreadableFile } from './fault.js';

const asUtf8 = 'save the file as “CSV UTF-8”';

const syntaxFaults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted value has no end',
  INVALID_OPENING_QUOTE: 'there is a quote inside a value that is not quoted',
  CSV_INVALID_CLOSING_QUOTE: 'there is text between a closing quote and the next delimiter',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'there is text between a closing quote and the next delimiter',
  CSV_MAX_RECORD_SIZE: tooLongRow,
};

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The delimiter: the one of the two that is more frequent in the first line, outside quotes. */
async function findDelimiter(path: string): Promise<',' | ';'> {
  const start = await readStart(path);
  if (start.subarray(0, 2).toString('latin1') === 'PK') {
    throw new UnreadableFile('is a workbook and not CSV. Its name must end in .xlsx');
  }
  if (/^(\xff\xfe|\xfe\xff)/.test(start.subarray(0, 2).toString('latin1'))) {
    throw new UnreadableFile(`is UTF-16: ${asUtf8}`);
  }
  const [line = ''] = start
    .toString('utf8')
    .replace(/"[^"]*"/g, '')
    .split(/[\r\n]/);
  return line.split(';').length > line.split(',').length ? ';' : ',';
}

/**
 * Passes a chunk, or the end, to the parser. Returns only errors, because rows go to `on_record`.
 */
function feed(parser: Parser, chunk: Buffer | undefined): Promise<Error | null | undefined> {
  return new Promise((resolve) => {
    parser.once('error', resolve);
    const done = (error?: Error | null) => {
      parser.off('error', resolve);
      resolve(error);
    };
    if (chunk) parser.write(chunk, done);
    else parser.once('end', done).end();
  });
}

function readCell(text: string): Cell {
  if (text.length > longestCell) return tooLongCell;
  if (text.includes('\uFFFD')) return new BadCell(`has bytes that are not UTF-8: ${asUtf8}`);
  return text;
}

/**
 * Reads the rows of a CSV file, with one chunk in memory at a time. Values are separated by commas
 * or semicolons.
 * @throws {@link UnreadableFile} if its quotes do not match
 */
export async function* readCsv(path: string): AsyncGenerator<SheetRow> {
  const ready: SheetRow[] = [];
  let number = 0;
  const parser = parse({
    bom: true,
    trim: true,
    delimiter: await findDelimiter(path),
    relax_column_count: true,
    max_record_size: longestRow,
    on_record: (record: string[]) => {
      number += 1;
      ready.push({ number, cells: record.map(readCell) });
      // The stream is not used, because rows before an error would be lost in it.
      return null;
    },
  });
  // `feed` returns errors. Node also emits them, later.
  parser.on('error', () => undefined).resume();
  const chunks = (async function* () {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
    yield undefined;
  })();
  for await (const chunk of chunks) {
    const error = await feed(parser, chunk);
    for (const row of ready.splice(0)) {
      if (row.cells.length > mostColumns) throw new UnreadableFile(tooManyColumns, row.number);
      yield row;
    }
    if (!error) continue;
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableFile(syntaxFaults[error.code] ?? 'cannot be read as CSV', number + 1);
  }
}
