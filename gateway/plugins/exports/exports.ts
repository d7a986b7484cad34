import type { Charge } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/system';
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createAskGraph, type ExportedHub } from './ask-graph.js';
import { noContent, type ExportContent } from './documents.js';
import { ExportRecord } from './export-record.js';
import { readChoices } from './read-search.js';
import type { ExportFile, ExportRequest, ServedExports } from './register-exports.js';
import { Spool, type SpoolLimits } from './spool.js';
import { createExportWriter, type Writing } from './write-export.js';

/** Takes a place among the exports in progress, and returns a function that releases it. */
type EnterExport = (reader: Reader, address: string | undefined) => () => void;

interface Admitted {
  readonly requestId: string;
  readonly reader: Reader;
  readonly charge?: Charge | undefined;
}

export interface ExportsOptions<Context extends Admitted> {
  readonly hub: ExportedHub<Context>;
  readonly logger: Logger;
  /** Documents and places of this network. @default none */
  readonly content?: ExportContent;
  /** Limits exports until their files are made. Throws to refuse one. @default no limit */
  readonly enter?: EnterExport;
  /** Limits exports until their files are sent. Throws to refuse one. @default no limit */
  readonly hold?: EnterExport;
  /** The size of one export. @default 1 MB in memory, 500 MB in total */
  readonly spool?: SpoolLimits;
  /** For one export with all its pages, in milliseconds. @default 300000 */
  readonly deadlineMs?: number;
  /** @default the system’s clock */
  readonly clock?: () => Date;
  /** Called when a file is ready, or was refused. @default nothing */
  readonly onEnd?: ((extension: string, isMade: boolean, seconds: number) => void) | undefined;
}

/** How long one export works before other work gets a turn, in milliseconds. */
const breathMs = 10;

function createBreath(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < breathMs) return;
    await setImmediate();
    since = performance.now();
  };
}

/** Writes all pieces, and gives way to other work in between. */
async function fillSpool(pieces: Writing['pieces'], limits: SpoolLimits): Promise<Spool> {
  const spool = new Spool(limits);
  try {
    const breathe = createBreath();
    for await (const piece of pieces) {
      await spool.write(piece);
      await breathe();
    }
    return spool;
  } catch (error) {
    await spool[Symbol.asyncDispose]();
    throw error;
  }
}

/** Makes the exports of a hub. Each caller gets what the graph returns to that caller. */
export function createExports<Context extends Admitted>({
  hub,
  logger,
  content = noContent,
  enter = () => () => undefined,
  hold = () => () => undefined,
  spool: spoolLimits = { memory: 1_000_000, most: 500_000_000 },
  deadlineMs = 300_000,
  clock = () => new Date(),
  onEnd,
}: ExportsOptions<Context>): ServedExports {
  const write = createExportWriter({ hub, content, clock }, logger);

  async function make(request: ExportRequest, admitted: Context): Promise<ExportFile> {
    // The graph charges what it executes, which comes later.
    const prepare = () => {
      const startedAt = performance.now();
      try {
        const choices = readChoices(request.url);
        const record = new ExportRecord(choices.isPartial);
        const ask = createAskGraph({ hub, request, admitted, deadlineMs });
        return { record, writing: write(request.fileName, { choices, ask, record }) };
      } finally {
        admitted.charge?.({ ms: performance.now() - startedAt });
      }
    };
    const { record, writing } = prepare();
    const { mediaType, pieces, columns } = await writing;
    const spool = await fillSpool(pieces, spoolLimits);
    return {
      mediaType,
      bytes: spool.bytes,
      headers: writeHeaders(record, columns),
      read: () => spool.read(),
      [Symbol.asyncDispose]: () => spool[Symbol.asyncDispose](),
    };
  }

  /** Takes a place only while the file is made, so that slow clients do not block others. */
  async function makeInPlace(request: ExportRequest, admitted: Context): Promise<ExportFile> {
    const leave = enter(admitted.reader, request.address);
    try {
      return await make(request, admitted);
    } finally {
      leave();
    }
  }

  /** Measures how long a file takes. */
  async function measure(request: ExportRequest, open: () => Promise<ExportFile>) {
    const startedAt = performance.now();
    let isMade = false;
    try {
      const file = await open();
      isMade = true;
      return file;
    } finally {
      const seconds = (performance.now() - startedAt) / 1_000;
      onEnd?.(extname(request.fileName).slice(1), isMade, seconds);
    }
  }

  return {
    open: (request) =>
      measure(request, async () => {
        const admitted = await hub.createContext(request);
        const release = hold(admitted.reader, request.address);
        try {
          const file = await makeInPlace(request, admitted);
          return {
            ...file,
            async [Symbol.asyncDispose]() {
              release();
              await file[Symbol.asyncDispose]();
            },
          };
        } catch (error) {
          release();
          throw error;
        }
      }),
  };
}

/** What the file itself cannot say: which partners responded, and what was withheld. */
function writeHeaders(
  record: ExportRecord,
  columns: readonly string[] | undefined,
): Record<string, string> {
  const withheld = record.withheld(columns);
  return {
    'hub-completeness': JSON.stringify(record.completeness),
    ...(withheld.length > 0 && { 'hub-withheld': withheld.join(',') }),
  };
}
