import type { ResponsePath } from '../documents/response-path.js';
import type { DanglingReference } from '../routing/dangling-references.js';
import type { OperationRecord } from '../routing/operation-record.js';
import type { Row } from './tree.js';

/**
 * Replaces references to records that do not exist by null, and records an error at each. Returns
 * their paths.
 * @param isCut which ones
 */
export function cutDangling(
  tree: Row,
  record: OperationRecord,
  isCut: (reference: DanglingReference, path: ResponsePath) => boolean,
): ResponsePath[] {
  const { dangling } = record;
  const givers = dangling.findGivers();
  const cut: ResponsePath[] = [];
  const walk = (parent: Row, here: ResponsePath): void => {
    const isList = Array.isArray(parent);
    for (const [key, value] of Object.entries(parent)) {
      if (typeof value !== 'object' || value === null) continue;
      const row = value as Row;
      const path = [...here, isList ? Number(key) : key];
      const reference = dangling.rows.get(row);
      if (!reference || !isCut(reference, path)) {
        walk(row, path);
        continue;
      }
      parent[key] = null;
      cut.push(path);
      record.recordDangling(path, reference, givers.get(row));
    }
  };
  walk(tree, []);
  return cut;
}
