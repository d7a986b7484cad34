import { HubError, refuseInput } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/system';
import type { ExportedHub } from './ask-graph.js';
import { findErrors, inputsOf, type ExportContent, type ExportDocument } from './documents.js';
import { createKeyOf } from './entity-keys.js';
import { chooseExport, writeList } from './export-list.js';
import type { ExportRecord } from './export-record.js';
import { writeCalendar } from './formats/calendar.js';
import { writeFeatureCollection } from './formats/feature-collection.js';
import { writeFeed } from './formats/feed.js';
import { isOfPages, writeGraph } from './formats/graphml.js';
import { isObject, type AskGraph, type GraphResponse } from './graph-response.js';
import { findListRoot } from './list-root.js';
import { composePersonFile } from './person/person-file.js';
import { languages, type Language } from './person/words.js';
import { writePersonPage } from './person/write-page.js';
import { readArguments } from './read-arguments.js';
import type { ExportChoices } from './read-search.js';

/** One export that was admitted. */
export interface Task {
  readonly choices: ExportChoices;
  readonly ask: AskGraph;
  readonly record: ExportRecord;
}

/** The parts of an export, which are written one by one. */
export interface Writing {
  readonly mediaType: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
  /** @default positions in the response */
  readonly columns?: readonly string[];
}

const noSuchExport = (): HubError =>
  new HubError('NOT_FOUND', { message: 'There is no export with this name.' });

/** Columns, rows and a byte order mark exist only in CSV. Ignoring them silently would be wrong. */
function refuseColumns({ columns, rows, hasBom }: ExportChoices): void {
  const given = { columns, rows, bom: hasBom || undefined };
  const [argument] = Object.entries(given).flatMap(([name, value]) => (value ? name : []));
  if (argument === undefined) return;
  refuseInput(argument, `\`${argument}\` is supported for CSV only.`);
}

type AnyHub = Pick<
  ExportedHub<{ requestId: string; reader: Reader }>,
  'schema' | 'supergraphSdl' | 'limiter'
>;

/** The sources of an export. */
interface Sources {
  readonly hub: AnyHub;
  readonly content: ExportContent;
  readonly clock: () => Date;
}

/** Writes the export that a file’s name stands for: a document of this network, or a list as CSV. */
export function createExportWriter(
  sources: Sources,
  logger: Logger,
): (fileName: string, task: Task) => Promise<Writing> {
  const documents = listValid(sources, logger);
  return async (fileName, task) => {
    const document = documents.get(fileName);
    if (document) return writeDocument(sources, document, task);
    const [, name] = /^(\w+)\.csv$/.exec(fileName) ?? [];
    if (name === undefined) throw noSuchExport();
    return writeRows(sources, name, task);
  };
}

/** The documents that are valid for the schema. */
function listValid({ hub, content }: Sources, logger: Logger): ReadonlyMap<string, ExportDocument> {
  const documents = new Map<string, ExportDocument>();
  for (const document of content.documents) {
    const errors = findErrors(hub.schema, document);
    if (errors.length === 0) documents.set(document.fileName, document);
    else logger.error({ export: document.fileName, errors }, 'an export is invalid for the schema');
  }
  return documents;
}

const scalarsOf = ({ scalars }: ExportContent) =>
  new Map(scalars.map((scalar) => [scalar.name, scalar]));

function writeRows(
  { hub, content }: Sources,
  name: string,
  { choices, ask, record }: Task,
): Writing {
  const root = findListRoot(hub.schema, name);
  if (!root) throw noSuchExport();
  const keyOf = createKeyOf(hub.supergraphSdl, hub.schema);
  const wanted = chooseExport(root, choices, { keyOf, scalars: scalarsOf(content) });
  const { limits } = hub.limiter;
  return {
    mediaType: 'text/csv; charset=utf-8; header=present',
    pieces: writeList(wanted, { ask, record, limits, hasBom: choices.hasBom }),
    columns: wanted.columns.map((column) => column.name),
  };
}

/** A file is whole: what has more than one page is not written. */
function refuseRest(data: Readonly<Record<string, unknown>>): void {
  const hasMore = Object.values(data).some(
    (part) => isObject(part) && isObject(part.page) && part.page.hasNextPage === true,
  );
  if (hasMore)
    throw new HubError('REQUEST_TOO_LARGE', { message: 'There is more than fits into one file.' });
}

/** The language of a page. @default English */
function readLanguage({ parameters }: ExportChoices): Language {
  const [given, another] = parameters.filter(({ name }) => name === 'language');
  if (another) refuseInput('language', '`language` must be given once.');
  const known = languages.find((language) => language === (given?.value ?? 'en'));
  return known ?? refuseInput('language', `\`language\` must be one of ${languages.join(', ')}.`);
}

const kindsOfPeople: readonly unknown[] = ['officer', 'delegate', 'expert'];

/** A person is of one kind: the owners of the others do not know her, or refuse to say so. */
function withoutUnknown({ errors = [], ...response }: GraphResponse): GraphResponse {
  const isOfKind = (code: string) => (error: (typeof errors)[number]) =>
    error.path?.length === 1 &&
    kindsOfPeople.includes(error.path[0]) &&
    error.extensions?.['code'] === code;
  const isUnknown = isOfKind('NOT_FOUND');
  const isForbidden = isOfKind('FORBIDDEN');
  const isOfNone = errors.filter(isForbidden).length === kindsOfPeople.length;
  return {
    ...response,
    errors: errors.filter((error) => !isUnknown(error) && (isOfNone || !isForbidden(error))),
  };
}

async function writePerson(
  { hub, content, clock }: Sources,
  document: ExportDocument,
  { choices, ask, record }: Task,
): Promise<Writing> {
  const isPage = document.format === 'html';
  const language = isPage ? readLanguage(choices) : 'en';
  const parameters = choices.parameters.filter(({ name }) => !isPage || name !== 'language');
  const inputs = inputsOf(hub.schema, document);
  const variables = readArguments(parameters, inputs, scalarsOf(content));
  const response = withoutUnknown(await ask({ query: document.text, variables }));
  record.record(response);
  const { missing } = record;
  const file = composePersonFile(response.data ?? {}, { missing, at: clock() });
  return isPage
    ? { mediaType: 'text/html; charset=utf-8', pieces: [writePersonPage(file, language)] }
    : { mediaType: 'application/json', pieces: [`${JSON.stringify(file, null, 2)}\n`] };
}

async function writeDocument(
  { hub, content, clock }: Sources,
  document: ExportDocument,
  task: Task,
): Promise<Writing> {
  const { choices, ask, record } = task;
  refuseColumns(choices);
  if (document.format === 'json' || document.format === 'html')
    return writePerson({ hub, content, clock }, document, task);
  const isPaged = document.format === 'graphml';
  const inputs = inputsOf(hub.schema, document).filter((input) => !isPaged || !isOfPages(input));
  const variables = readArguments(choices.parameters, inputs, scalarsOf(content));
  if (isPaged) {
    const pieces = writeGraph({ query: document.text, variables, ask, record });
    return { mediaType: 'application/xml; charset=utf-8', pieces };
  }
  const response = await ask({ query: document.text, variables });
  record.record(response);
  const data = response.data ?? {};
  // If every field is null, nothing is known, which differs from “not found”.
  if (Object.values(data).every((value) => value === null)) record.refuseMissing();
  refuseRest(data);
  if (document.format === 'ics')
    return { mediaType: 'text/calendar; charset=utf-8', pieces: writeCalendar(data, clock()) };
  if (document.format === 'atom') {
    const pieces = [writeFeed(data, clock().toISOString().slice(0, 10))];
    return { mediaType: 'application/atom+xml; charset=utf-8', pieces };
  }
  const pieces = writeFeatureCollection(data, content.places);
  return { mediaType: 'application/geo+json', pieces };
}
