import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/telemetry';
import { setImmediate } from 'node:timers/promises';
import type { ExportFile, ExportRequest, ServedExports } from '../http/register-exports.js';
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
import type { AskGraph } from './graph-response.js';
import { findListRoot } from './list-root.js';
import { readArguments } from './read-arguments.js';
import { readChoices, type ExportChoices } from './read-search.js';
import { Spool, type SpoolLimits } from './spool.js';

/** Takes a place among the exports in progress, and returns a function that releases it. */
type EnterExport = (reader: Reader, address: string | undefined) => () => void;

export interface ExportsOptions<Context extends { requestId: string; reader: Reader }> {
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
}

/** One export that was admitted. */
interface Task {
  readonly choices: ExportChoices;
  readonly ask: AskGraph;
  readonly record: ExportRecord;
}

/** The parts of an export, which are written one by one. */
interface Writing {
  readonly mediaType: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
  /** @default positions in the response */
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
  new HubError('NOT_FOUND', { message: 'There is no export with this name.' });

/** Columns and a byte order mark exist only in CSV. Ignoring them silently would be wrong. */
function refuseColumns({ columns, hasBom }: ExportChoices): void {
  const argument = columns !== undefined ? 'columns' : hasBom ? 'bom' : undefined;
  if (argument === undefined) return;
  throw new HubError('BAD_USER_INPUT', {
    argument,
    message: `\`${argument}\` is supported for CSV only.`,
  });
}

/** Makes the exports of a hub. Each caller gets what the graph returns to that caller. */
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
    else logger.error({ export: document.fileName, faults }, 'an export is invalid for the schema');
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
    const response = await ask({ query: document.text, variables });
    record.record(response);
    const data = response.data ?? {};
    // If every field is null, nothing is known, which differs from “not found”.
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

  /** Takes a place only while the file is made, so that slow clients do not block others. */
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
