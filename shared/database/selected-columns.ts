import { LRUCache } from 'lru-cache';
import type { EntityMetadata } from 'typeorm';

/**
 * What an operation needs of an entity’s rows, by the entity’s name, as names of properties; undefined where it may need
 * all of them. It answers with the same set as long as it is the same operation.
 */
export type Needs = (entity: string) => ReadonlySet<string> | undefined;

/** Needs that nobody has told: whole rows. */
export const wholeRows: Needs = () => undefined;

/** So many selections of one entity are known as the same when they come again; the one chosen longest ago is forgotten. */
const mostSelections = 64;

/** Properties of an entity, in the order of its columns; the same list each time. Undefined stands for all. */
export type SelectedColumns = readonly string[] | undefined;

/** By the set itself: an operation’s is the same each time. */
type Selections = WeakMap<ReadonlySet<string>, Map<string, SelectedColumns>>;

const known = new WeakMap<EntityMetadata, Selections>();

/**
 * The columns to read of an entity: its key, what is needed, and what the reading itself goes by. All of them where
 * something is needed that is no column: whoever makes it has not told from what.
 * @param alsoRead the properties that the reading goes by
 */
export function selectColumns(
  metadata: EntityMetadata,
  needed: ReadonlySet<string> | undefined,
  alsoRead: readonly string[],
): SelectedColumns {
  if (!needed) return undefined;
  const ofEntity: Selections = known.get(metadata) ?? new WeakMap();
  known.set(metadata, ofEntity);
  const ofOperation = ofEntity.get(needed) ?? new Map<string, SelectedColumns>();
  ofEntity.set(needed, ofOperation);
  const name = alsoRead.join(' ');
  if (ofOperation.has(name)) return ofOperation.get(name);
  const selected = chooseColumns(metadata, new Set([...needed, ...alsoRead]));
  ofOperation.set(name, selected);
  return selected;
}

const chosenLately = new WeakMap<EntityMetadata, LRUCache<string, readonly string[]>>();

function chooseColumns(metadata: EntityMetadata, wanted: Set<string>): SelectedColumns {
  const { columns, primaryColumns, embeddeds } = metadata;
  for (const { propertyName } of primaryColumns) wanted.add(propertyName);
  const chosen = columns
    .map(({ propertyName }) => propertyName)
    .filter((property) => wanted.has(property));
  const hasOthers = chosen.length < wanted.size || embeddeds.length > 0;
  if (hasOthers || chosen.length === columns.length) return undefined;
  const lately = chosenLately.get(metadata) ?? new LRUCache({ max: mostSelections });
  chosenLately.set(metadata, lately);
  const name = chosen.join(' ');
  const same = lately.get(name) ?? chosen;
  lately.set(name, same);
  return same;
}

/** Something reads a column that was left out because nothing selected said that it is read. */
export class UnreadColumn extends ReferenceError {
  override readonly name = 'UnreadColumn';

  constructor(entity: string, property: string) {
    super(
      `${entity}.${property} was not read: the resolver or the policy that goes by it does not declare it.`,
    );
  }
}

/**
 * Makes rows of an entity on which nobody takes a column that was left out for one without a value. A copy of such a row
 * knows nothing of what was left out.
 */
export function createRowMaker(
  metadata: EntityMetadata,
  selected: readonly string[],
): () => Record<string, unknown> {
  const { target, name } = metadata;
  // To whoever looks at it, it is one of the entity’s own. What a class gives its objects at first is not given.
  const Row = function () {} as unknown as new () => Record<string, unknown>;
  Row.prototype = Object.create(typeof target === 'function' ? (target.prototype as object) : null);
  for (const { propertyName } of metadata.columns) {
    if (selected.includes(propertyName)) continue;
    const refuse = () => {
      throw new UnreadColumn(name, propertyName);
    };
    Object.defineProperty(Row.prototype, propertyName, { get: refuse, set: refuse });
  }
  return () => new Row();
}
