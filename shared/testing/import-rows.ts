import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { describeFault } from '../import/fault.js';
import { importFile } from '../import/import-file.js';
import type { ImportKind } from '../import/kind.js';
import type { TestPartner } from './open-test-partner.js';

/** A row of a file: a list becomes a cell with semicolons. */
export type ImportRow = Readonly<Record<string, unknown>>;

/** What an import has done, and why it has done nothing. */
export interface ImportOutcome {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faults: readonly string[];
}

const toCell = (value: unknown): string => {
  const text = Array.isArray(value) ? value.join('; ') : String(value ?? '');
  return `"${text.replaceAll('"', '""')}"`;
};

/** Imports rows as a CSV file of a kind, with all columns of the kind except those of `lacks`. */
async function importRows(
  { source, partner }: { readonly source: DataSource; readonly partner: string },
  kind: ImportKind,
  rows: readonly ImportRow[],
  lacks: readonly string[],
): Promise<ImportOutcome> {
  const columns = ['id', ...Object.keys(kind.columns)].filter((name) => !lacks.includes(name));
  const lines = rows.map((row) => columns.map((column) => toCell(row[column])).join(','));
  const folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
  try {
    const path = join(folder, `${kind.name}.csv`);
    await writeFile(path, [columns.join(','), ...lines].join('\n'));
    const faults: string[] = [];
    const onFault = (fault: Parameters<typeof describeFault>[0]) =>
      faults.push(describeFault(fault));
    const { added, changed, unchanged } = await importFile({
      source,
      partner,
      kind,
      file: { path },
      onFault,
    });
    return { added, changed, unchanged, faults };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Imports rows into a test’s server, as a file of one of these kinds.
 * @example const load = createTestImport(importKinds, 'lv');
 */
export function createTestImport(kinds: readonly ImportKind[], partner: string) {
  return async (
    { source }: TestPartner,
    name: string,
    rows: readonly ImportRow[],
    lacks: readonly string[] = [],
  ): Promise<ImportOutcome> => {
    const kind = kinds.find((one) => one.name === name);
    if (!kind) throw new Error(`There is no kind of file “${name}”.`);
    return importRows({ source, partner }, kind, rows, lacks);
  };
}

/** The outcome of an import without faults. */
export const importOutcome = (
  added: number,
  changed: number,
  unchanged: number,
): ImportOutcome => ({ added, changed, unchanged, faults: [] });
