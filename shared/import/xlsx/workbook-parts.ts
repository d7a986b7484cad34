import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableFile } from '../fault.js';
import { readPart, type PartReader } from './xml-part.js';

const mebibyte = 1_048_576;
const asCsv = 'save it as CSV, which may be of any size';

/** How large a part may be once it is unpacked. A sheet is read as it comes; all else is held in memory. */
const largest = { sheet: 512 * mebibyte, other: 64 * mebibyte };
const mostParts = 10_000;

/** The XML files in a workbook’s zip. */
export interface WorkbookParts extends AsyncDisposable {
  has(name: string): boolean;
  /**
   * Reads a part, and stops after each chunk.
   * @throws {@link UnreadableFile} where it is too large, or damaged
   */
  read(name: string, reader: PartReader, as?: keyof typeof largest): AsyncGenerator<void>;
  /** Reads a part to its end; nothing where there is none. */
  readAll(name: string, reader: PartReader): Promise<void>;
}

/** What is wrong with the zip is the file’s fault and not this program’s. */
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
  if (zip.entryCount > mostParts) throw new UnreadableFile('is no workbook: it has too many files');
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

/**
 * Opens a workbook’s zip.
 * @throws {@link UnreadableFile} where it is none
 */
export async function openWorkbookParts(path: string): Promise<WorkbookParts> {
  const noZip =
    'is no XLSX workbook. An old .xls, or one with a password: save it as .xlsx without a password';
  const zip = await blameFile(openPromise(path, { autoClose: false }), noZip);
  const entries = await blameFile(readEntries(zip), noZip).catch((error: unknown) => {
    zip.close();
    throw error;
  });

  async function* read(name: string, reader: PartReader, as: keyof typeof largest = 'other') {
    const entry = entries.get(name);
    if (!entry) throw new UnreadableFile('is no XLSX workbook');
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
