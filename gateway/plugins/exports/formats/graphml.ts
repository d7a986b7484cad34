import { cutText, longest } from '@hub/shared/graphql';
import { escapeHtml } from '../../../server/escape-html.js';

import type { ExportRecord } from '../export-record.js';
import { isObject, type AskGraph } from '../graph-response.js';
import { isPageArgument } from '../list-root.js';

type Row = Readonly<Record<string, unknown>>;

/** What is fetched page by page: `edges { nodes { source target nodes } pageInfo }`. */
interface PagedDocument {
  readonly query: string;
  readonly variables: Row;
  readonly ask: AskGraph;
  readonly record: ExportRecord;
}

const pageSize = 500;

/** The inputs that the export sets itself. */
export const isOfPages = ({ name }: { readonly name: string }): boolean => isPageArgument(name);

const rowsIn = (value: unknown): Row[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).filter(isObject);

async function* readPages({
  query,
  variables,
  ask,
  record,
}: PagedDocument): AsyncGenerator<readonly Row[]> {
  for (let after: unknown = null; ;) {
    const response = await ask({ query, variables: { ...variables, first: pageSize, after } });
    record.record(response);
    const edges = response.data?.['edges'];
    // Nothing is known, which differs from a graph without edges.
    if (!isObject(edges)) record.refuseMissing();
    const { nodes, pageInfo } = isObject(edges) ? edges : {};
    yield rowsIn(nodes);
    const { hasNextPage, endCursor } = isObject(pageInfo) ? pageInfo : {};
    if (hasNextPage !== true) return;
    if (endCursor === after) throw new Error('Another page has no new cursor.');
    after = endCursor;
  }
}

/** What XML 1.0 cannot have, even if it is escaped. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const writeText = (value: unknown): string =>
  escapeHtml(cutText(String(value), longest.freeText).replace(notXml, ''));

const isValue = (value: unknown): boolean => value !== null && typeof value !== 'object';

/** The values of a row beside its ends. What is unknown is left out. */
const writeData = (owner: 'node' | 'edge', row: Row, structure: readonly string[]): string =>
  Object.entries(row)
    .filter(([name, value]) => !structure.includes(name) && isValue(value))
    .map(([name, value]) => `<data key="${owner}-${name}">${writeText(value)}</data>`)
    .join('');

const endsOf = ['source', 'target', 'nodes'];
const typesOf: Readonly<Record<string, string>> = { number: 'double', boolean: 'boolean' };

/** Declares the values of rows, each with the type of the first that is known. */
function writeKeys(owner: 'node' | 'edge', rows: readonly Row[], structure: readonly string[]) {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const declared = [...names].filter((name) => !structure.includes(name));
  return declared.map((name) => {
    const type = typesOf[typeof rows.find((row) => isValue(row[name]))?.[name]] ?? 'string';
    return `<key id="${owner}-${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>\n`;
  });
}

/**
 * Writes pages of edges as GraphML, without directions: each node before its first edge.
 * @see http://graphml.graphdrawing.org/specification.html
 */
export async function* writeGraph(document: PagedDocument): AsyncGenerator<string> {
  const written = new Set<string>();
  const writeNode = (id: string, row: Row = {}): string => {
    if (written.has(id)) return '';
    written.add(id);
    return `<node id="${writeText(id)}">${writeData('node', row, ['id'])}</node>\n`;
  };
  let isFirst = true;
  for await (const edges of readPages(document)) {
    if (isFirst) {
      yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
      yield* writeKeys(
        'node',
        edges.flatMap(({ nodes }) => rowsIn(nodes)),
        ['id'],
      );
      yield* writeKeys('edge', edges, endsOf);
      yield '<graph id="graph" edgedefault="undirected">\n';
    }
    isFirst = false;
    for (const edge of edges) {
      const known = new Map(rowsIn(edge['nodes']).map((node) => [node['id'], node]));
      const ends = [edge['source'], edge['target']].map(String);
      for (const end of ends) yield writeNode(end, known.get(end));
      const [source = '', target = ''] = ends.map(writeText);
      yield `<edge source="${source}" target="${target}">${writeData('edge', edge, endsOf)}</edge>\n`;
    }
  }
  yield '</graph>\n</graphml>\n';
}
