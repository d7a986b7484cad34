import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableFile } from '../fault.js';
import { readPart, type PartReader } from './xml-part.js';

const mebibyte = 1_048_576;
const asCsv = 'save it as CSV, which may be of any size';

/** The largest unpacked size of a part. Sheets are streamed; everything else is in memory. */
const largest = { sheet: 512 * mebibyte, other: 64 * mebibyte };
const mostParts = 10_000;

/** The XML files in a workbook’s zip. */
export interface WorkbookParts extends AsyncDisposable {
  has(name: string): boolean;
  /**
   * Reads a part, and pauses after each chunk.
   * @throws {@link UnreadableFile} if it is too large or damaged
   */
  read(name: string, reader: PartReader, as?: keyof typeof largest): AsyncGenerator<void>;
  /** Reads a part to its end. Does nothing if it does not exist. */
  readAll(name: string, reader: PartReader): Promise<void>;
}

/** Errors of the zip are errors of the file. */
async function blameFile<Result>(work: Promise<Result>, fault: string): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof UnreadableFile || /^E[A-Z]+$/.test(code ?? '')) throw error;
    throw new UnreadableFile(fault);
  }
}

async function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostParts)
    throw new UnreadableFile('is not a workbook, because it has too many files');
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

/**
 * Opens a workbook’s zip.
 * @throws {@link UnreadableFile} if it is not one
 */
export async function openWorkbookParts(path: string): Promise<WorkbookParts> {
  const noZip =
    'is not an XLSX workbook. Save an old .xls file, or a file with a password, as .xlsx without a password';
  const zip = await blameFile(openPromise(path, { autoClose: false }), noZip);
  const entries = await blameFile(readEntries(zip), noZip).catch((error: unknown) => {
    zip.close();
    throw error;
  });

  async function* read(name: string, reader: PartReader, as: keyof typeof largest = 'other') {
    const entry = entries.get(name);
    if (!entry) throw new UnreadableFile('is not an XLSX workbook');
    if (entry.uncompressedSize > largest[as]) {
      const limit = `${largest[as] / mebibyte} MiB`;
      throw new UnreadableFile(`is too large a workbook (over ${limit} unpacked): ${asCsv}`);
    }
    const damaged = 'is a damaged workbook';
    const stream = await blameFile(zip.openReadStreamPromise(entry), damaged);
    const steps = readPart(stream, reader);
    try {
      while (!(await blameFile(steps.next(), damaged)).done) yield;
    } finally {
      stream.destroy();
    }
  }

  return {
    has: (name) => entries.has(name),
    read,
    async readAll(name, reader) {
      if (!entries.has(name)) return;
      for await (const _ of read(name, reader));
    },
    async [Symbol.asyncDispose]() {
      zip.close();
    },
  };
}
