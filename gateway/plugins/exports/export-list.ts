import { refuseInput } from '@hub/shared/errors';
import type { OperationLimits } from '@hub/shared/graphql';
import type { GraphQLCompositeType } from 'graphql';
import {
  defaultColumns,
  findField,
  readColumns,
  readRowsPath,
  writeSelection,
  type Column,
} from './choose-columns.js';
import { byteOrderMark, unwind, writeHeader, writeRows } from './csv.js';
import type { KeyOf } from './entity-keys.js';
import type { ExportRecord } from './export-record.js';
import { isObject, type AskGraph, type GraphResponse } from './graph-response.js';
import { isPageArgument, type ListRoot } from './list-root.js';
import { readArguments, type Scalars } from './read-arguments.js';
import type { ExportChoices, Parameter } from './read-search.js';

/** Arguments of fields below a row, by the dotted paths of the fields. */
interface PathArguments {
  /** What follows the field in the operation, by its path: `(group: $formalities_group)`. */
  readonly textOf: ReadonlyMap<string, string>;
  /** `$formalities_group: ID!` */
  readonly definitions: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Separates the arguments of fields below a row (`formalities.group=…`) from those of the list. A
 * parameter that names no such field stays with the list’s, which refuse it.
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
function separateArguments(
  parameters: readonly Parameter[],
  { field: { args }, node }: ListRoot,
  scalars: Scalars,
): { readonly ofList: readonly Parameter[]; readonly below: PathArguments } {
  const pathOf = ({ name }: Parameter): string | undefined => {
    const path = name.split('.').slice(0, -1);
    const isOfList = args.some((argument) => argument.name === path[0]);
    return !isOfList && path.length > 0 && findField(node, path) ? path.join('.') : undefined;
  };
  const ofList = parameters.filter((parameter) => pathOf(parameter) === undefined);
  const paths = new Set(parameters.flatMap((parameter) => pathOf(parameter) ?? []));
  const textOf = new Map<string, string>();
  const definitions: string[] = [];
  const values: Record<string, unknown> = {};
  for (const path of paths) {
    const inputs = findField(node, path.split('.'))?.args ?? [];
    const own = parameters.filter((parameter) => pathOf(parameter) === path);
    const short = own.map(({ name, value }) => ({ name: name.slice(path.length + 1), value }));
    const given = readArguments(short, inputs, scalars);
    const sent = inputs.filter((input) => Object.hasOwn(given, input.name));
    const nameOf = (argument: string) => `${path.replaceAll('.', '_')}_${argument}`;
    for (const { name, type } of sent) {
      definitions.push(`$${nameOf(name)}: ${String(type)}`);
      values[nameOf(name)] = given[name];
    }
    textOf.set(path, `(${sent.map(({ name }) => `${name}: $${nameOf(name)}`).join(', ')})`);
  }
  return { ofList, below: { textOf, definitions, values } };
}

/** What is fetched page by page, and which columns are written. */
export interface ListExport {
  readonly root: ListRoot;
  readonly columns: readonly Column[];
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The arguments of fields below a row. */
  readonly below: PathArguments;
  /** The path to the list whose items are the rows; empty if the list’s own are. */
  readonly rows: readonly string[];
}

/** The key of the row, and the columns of the items that are the rows. */
function defaultColumnsOf(
  { node }: ListRoot,
  rows: string,
  items: GraphQLCompositeType,
  keyOf: KeyOf,
): string {
  const inner = defaultColumns(items, keyOf).map(({ name }) => `${rows}.${name}`);
  return [keyOf(node) ?? [], inner].flat().join(',');
}

/**
 * Prepares an export of the chosen list and columns.
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function chooseExport(
  root: ListRoot,
  { columns, rows, parameters }: ExportChoices,
  { keyOf, scalars }: { readonly keyOf: KeyOf; readonly scalars: Scalars },
): ListExport {
  const isPaged = root.shape !== 'list';
  const page = parameters.find(({ name }) => isPaged && isPageArgument(name));
  if (page) refuseInput(page.name, 'An export always includes all pages.');
  const { ofList, below } = separateArguments(parameters, root, scalars);
  const list = rows === undefined ? undefined : readRowsPath(rows, root.node);
  const named = columns ?? (list && defaultColumnsOf(root, list.path.join('.'), list.items, keyOf));
  const chosen =
    named === undefined
      ? defaultColumns(root.node, keyOf)
      : readColumns(named, root.node, below.textOf);
  for (const path of below.textOf.keys()) {
    if (chosen.some(({ name }) => name.startsWith(`${path}.`))) continue;
    refuseInput(path, `No column leads through \`${path}\`.`);
  }
  if (chosen.length === 0) refuseInput('columns', 'There are no default columns here. Name some.');
  return {
    root,
    columns: chosen,
    below,
    rows: list?.path ?? [],
    arguments: readArguments(
      ofList,
      root.field.args.filter(({ name }) => !(isPaged && isPageArgument(name))),
      scalars,
    ),
  };
}

const mostRows = 500;

/** The number of rows of a page, within the operator’s limits. */
function choosePageSize(
  columns: readonly Column[],
  { cost, pageSize, listSize }: OperationLimits,
): number {
  const costs = columns.map(({ path, lists }) => path.length * listSize ** lists);
  const costOfRow = 2 + costs.reduce((sum, one) => sum + one, 0);
  return Math.max(1, Math.min(mostRows, pageSize, Math.floor((cost - 5) / costOfRow)));
}

/** The operation of every page. Only its variables differ. */
function writeQuery({ root, columns, arguments: given, below }: ListExport): string {
  const { field, shape } = root;
  const isSent = (name: string) =>
    Object.hasOwn(given, name) || (shape !== 'list' && isPageArgument(name));
  const sent = field.args.filter(({ name }) => isSent(name));
  const list = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');
  const own = sent.map(({ name, type }) => `$${name}: ${String(type)}`);
  const definitions = list([...own, ...below.definitions]);
  const values = list(sent.map(({ name }) => `${name}: $${name}`));
  const row = writeSelection(columns);
  const pageInfo = 'pageInfo { hasNextPage endCursor }';
  const selection = {
    list: row,
    nodes: `nodes { ${row} } ${pageInfo}`,
    edges: `edges { node { ${row} } } ${pageInfo}`,
  }[shape];
  return `query Export_${field.name}${definitions} { ${field.name}${values} { ${selection} } }`;
}

interface PageOfRows {
  readonly rows: readonly unknown[];
  readonly hasNext: boolean;
  /** The cursor of the next page. */
  readonly endCursor?: unknown;
}

function readPage({ data }: GraphResponse, { field, shape }: ListRoot): PageOfRows {
  const response = data?.[field.name];
  if (shape === 'list') return { rows: Array.isArray(response) ? response : [], hasNext: false };
  if (!isObject(response)) return { rows: [], hasNext: false };
  const items: unknown = response[shape];
  const rows: unknown[] = Array.isArray(items) ? items : [];
  const { hasNextPage, endCursor } = isObject(response.pageInfo) ? response.pageInfo : {};
  return {
    rows: shape === 'nodes' ? rows : rows.map((edge) => (isObject(edge) ? edge.node : null)),
    hasNext: hasNextPage === true,
    endCursor,
  };
}

/** Fetches all pages, one after the other. A list without pages counts as one page. */
async function* readPages(
  wanted: ListExport,
  ask: AskGraph,
  record: ExportRecord,
  limits: OperationLimits,
): AsyncGenerator<readonly unknown[]> {
  const query = writeQuery(wanted);
  const isPaged = wanted.root.shape !== 'list';
  const first = choosePageSize(wanted.columns, limits);
  let after: string | null = null;
  for (;;) {
    const paging: object = isPaged ? { first, after } : {};
    const response = await ask({
      query,
      variables: { ...wanted.arguments, ...wanted.below.values, ...paging },
    });
    record.record(response);
    const { rows, hasNext, endCursor } = readPage(response, wanted.root);
    yield rows;
    if (!hasNext) return;
    // Otherwise the export would fetch the same page forever, or silently stop too early.
    if (typeof endCursor !== 'string' || endCursor === after)
      throw new Error(`${wanted.root.field.name} has another page, but no new cursor.`);
    after = endCursor;
  }
}

export interface ListSource {
  readonly ask: AskGraph;
  readonly record: ExportRecord;
  readonly limits: OperationLimits;
  readonly hasBom: boolean;
}

/** After this many rows, other work gets a turn. */
const rowsAtOnce = 50;

/** Writes an export as CSV, a page at a time. */
export async function* writeList(
  wanted: ListExport,
  { ask, record, limits, hasBom }: ListSource,
): AsyncGenerator<string> {
  yield `${hasBom ? byteOrderMark : ''}${writeHeader(wanted.columns)}`;
  for await (const page of readPages(wanted, ask, record, limits)) {
    const rows = page.flatMap((row) => unwind(row, wanted.rows));
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      yield writeRows(rows.slice(at, at + rowsAtOnce), wanted.columns);
    }
  }
}
