import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/telemetry';
import { setImmediate } from 'node:timers/promises';
import type { ExportFile, ExportRequest, ServedExports } from '../http/register-exports.js';
import type { AskGraph } from './answer.js';
import { createAskGraph, type ExportedHub } from './ask-graph.js';
import { writeCalendar } from './calendar.js';
import {
  findFaults,
  inputsOf,
  noContent,
  type ExportContent,
  type ExportDocument,
} from './documents.js';
import { createKeyOf } from './entity-keys.js';
import { chooseExport, writeList } from './export-list.js';
import { ExportRecord } from './export-record.js';
import { writeFeatureCollection } from './feature-collection.js';
import { findListRoot } from './list-root.js';
import { readArguments } from './read-arguments.js';
import { readChoices, type ExportChoices } from './read-search.js';
import { Spool, type SpoolLimits } from './spool.js';

/** Takes a place among the exports that are under way, and hands back what gives it up again. */
type EnterExport = (reader: Reader, address: string | undefined) => () => void;

export interface ExportsOptions<Context extends { requestId: string; reader: Reader }> {
  readonly hub: ExportedHub<Context>;
  readonly logger: Logger;
  /** What is known of this network beside its graph. @default nothing */
  readonly content?: ExportContent;
  /** Counts exports until their files are made. What it throws refuses the export. @default any number at a time */
  readonly enter?: EnterExport;
  /** Counts exports until their files are sent. What it throws refuses the export. @default any number at a time */
  readonly hold?: EnterExport;
  /** How much one export may hold. @default 1 MB in memory, 500 MB in all */
  readonly spool?: SpoolLimits;
  /** For one export, however many pages it has. @default 300000 */
  readonly deadlineMs?: number;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** One export that was admitted. */
interface Task {
  readonly choices: ExportChoices;
  readonly ask: AskGraph;
  readonly record: ExportRecord;
}

/** What an export consists of, once somebody takes it piece by piece. */
interface Writing {
  readonly mediaType: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
  /** @default places in the answer */
  readonly columns?: readonly string[];
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

const noSuchExport = (): HubError =>
  new HubError('NOT_FOUND', { message: 'There is no export of this name.' });

/** What only rows have would be left out of another file without a word. */
function refuseColumns({ columns, hasBom }: ExportChoices): void {
  const argument = columns !== undefined ? 'columns' : hasBom ? 'bom' : undefined;
  if (argument === undefined) return;
  throw new HubError('BAD_USER_INPUT', { argument, message: `\`${argument}\` is for CSV.` });
}

/** Makes files of what the graph answers, for whoever may read it there. */
export function createExports<Context extends { requestId: string; reader: Reader }>({
  hub,
  logger,
  content = noContent,
  enter = () => () => undefined,
  hold = () => () => undefined,
  spool: spoolLimits = { memory: 1_000_000, most: 500_000_000 },
  deadlineMs = 300_000,
  clock = () => new Date(),
}: ExportsOptions<Context>): ServedExports {
  const scalars = new Map(content.scalars.map((scalar) => [scalar.name, scalar]));
  const documents = new Map<string, ExportDocument>();
  for (const document of content.documents) {
    const faults = findFaults(hub.schema, document);
    if (faults.length === 0) documents.set(document.fileName, document);
    else logger.error({ export: document.fileName, faults }, 'export does not fit the graph');
  }

  const writeRows = (name: string, { choices, ask, record }: Task): Writing => {
    const root = findListRoot(hub.schema, name);
    if (!root) throw noSuchExport();
    const keyOf = createKeyOf(hub.supergraphSdl, hub.schema);
    const wanted = chooseExport(root, choices, { keyOf, scalars });
    const { limits } = hub.limiter;
    return {
      mediaType: 'text/csv; charset=utf-8; header=present',
      pieces: writeList(wanted, { ask, record, limits, hasBom: choices.hasBom }),
      columns: wanted.columns.map((column) => column.name),
    };
  };

  const writeDocument = async (document: ExportDocument, task: Task): Promise<Writing> => {
    const { choices, ask, record } = task;
    refuseColumns(choices);
    const inputs = inputsOf(hub.schema, document);
    const variables = readArguments(choices.parameters, inputs, scalars);
    const answer = await ask({ query: document.text, variables });
    record.record(answer);
    const data = answer.data ?? {};
    // What nobody answered is not what is not there.
    if (Object.values(data).every((value) => value === null)) record.refuseMissing();
    if (document.format === 'ics')
      return { mediaType: 'text/calendar; charset=utf-8', pieces: writeCalendar(data, clock()) };
    const pieces = writeFeatureCollection(data, content.places);
    return { mediaType: 'application/geo+json', pieces };
  };

  const write = async (fileName: string, task: Task): Promise<Writing> => {
    const document = documents.get(fileName);
    if (document) return writeDocument(document, task);
    const [, name] = /^(\w+)\.csv$/.exec(fileName) ?? [];
    if (name === undefined) throw noSuchExport();
    return writeRows(name, task);
  };

  async function make(request: ExportRequest, admitted: Context): Promise<ExportFile> {
    const choices = readChoices(request.url);
    const record = new ExportRecord(choices.isPartial);
    const ask = createAskGraph({ hub, request, admitted, deadlineMs });
    const { mediaType, pieces, columns } = await write(request.fileName, { choices, ask, record });
    const spool = new Spool(spoolLimits);
    try {
      const breathe = createBreath();
      for await (const piece of pieces) {
        await spool.write(piece);
        await breathe();
      }
    } catch (error) {
      await spool[Symbol.asyncDispose]();
      throw error;
    }
    return {
      mediaType,
      bytes: spool.bytes,
      headers: writeHeaders(record, columns),
      read: () => spool.read(),
      [Symbol.asyncDispose]: () => spool[Symbol.asyncDispose](),
    };
  }

  /** Takes a place only while the file is made, so that clients who read slowly do not block others. */
  async function makeInPlace(request: ExportRequest, admitted: Context): Promise<ExportFile> {
    const leave = enter(admitted.reader, request.address);
    try {
      return await make(request, admitted);
    } finally {
      leave();
    }
  }

  return {
    async open(request) {
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
    },
  };
}

/** What a file itself cannot say: who answered, and what was withheld. */
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
