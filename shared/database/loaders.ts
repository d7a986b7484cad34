import DataLoader from 'dataloader';
import {
  In,
  type DataSource,
  type EntityTarget,
  type FindOptionsWhere,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { readPageSize, type Connection } from '../pagination/index.js';
import { isAfter, readAfter, toConnection, type PageArguments } from './keyset.js';
import { byId, listSortKeys, orderBy, type OrderKey } from './order.js';
import { readCounted } from './read-counted.js';
import { nameReading, readByKeys, readRows } from './read-rows.js';

type Column<T> = Extract<keyof T, string>;

export interface ManyOptions<T> {
  /** @default by id */
  readonly orderBy?: readonly OrderKey[];
  /** Conditions that hold for every parent alike: values and TypeORM’s operators, but not `Raw` with a function. */
  readonly where?: FindOptionsWhere<T>;
}

/** The rows by what `keyOf` says of each. `Map.groupBy` is not in Node 20. */
function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** The ids of the rows of a query, with the place of each among those of its parent. */
function numberRows<T extends ObjectLiteral>(
  rows: SelectQueryBuilder<T>,
  column: Column<T>,
  order: readonly OrderKey[],
): SelectQueryBuilder<T> {
  const sorted = listSortKeys('row', order);
  const place = `ROW_NUMBER() OVER (PARTITION BY row.${column} ORDER BY ${sorted})`;
  return rows.select('row.id', 'id').addSelect(place, 'place');
}

/** How many rows of a query each parent has. */
function countBy<T extends ObjectLiteral>(
  rows: SelectQueryBuilder<T>,
  column: Column<T>,
  count = 'COUNT(*)',
): SelectQueryBuilder<T> {
  const counted = rows.select(`row.${column}`, 'key').addSelect(count, 'count');
  return counted.groupBy(`row.${column}`);
}

/** PostgreSQL refuses a text with NUL in it. No row has one, and none has the empty text. */
const withoutNul = (key: string): string => (key.includes('\0') ? '' : key);

/**
 * Loads related rows for one request, in batches: what a hundred parents ask for becomes one statement.
 * Make one for each request; it remembers what it has loaded.
 */
export class Loaders {
  readonly #loaders = new Map<string, unknown>();

  constructor(readonly source: DataSource) {}

  /** The rows that a column’s values identify, null where there is none: `one(Office).load('ncm:led')`. */
  one<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    column: Column<T> = 'id' as Column<T>,
  ): DataLoader<string, T | null> {
    return this.#loader(`one ${this.#nameOf(entity, column)}`, async (keys) => {
      const rows = await readByKeys(this.source, entity, column, keys);
      const byKey = new Map(rows.map((row) => [row[column] as string, row]));
      return keys.map((key) => byKey.get(key) ?? null);
    });
  }

  /** The rows that refer to a parent: `many(Hosting, 'visitId').load(visit.id)`. */
  many<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    column: Column<T>,
    { orderBy: order = byId, where }: ManyOptions<T> = {},
  ): DataLoader<string, T[]> {
    const how = where ? JSON.stringify(where) : '';
    return this.#loader(`many ${this.#nameOf(entity, column, order)} ${how}`, async (keys) => {
      const read = () => {
        const query = this.source
          .getRepository(entity)
          .createQueryBuilder('row')
          .where({ ...where, [column]: In([...keys]) });
        return readRows(orderBy(query, order));
      };
      const rows = await (where ? read() : readByKeys(this.source, entity, column, keys, order));
      const byKey = groupBy(rows, (row) => row[column] as string);
      return keys.map((key) => byKey.get(key) ?? []);
    });
  }

  /** How many rows refer to a parent; with `distinct`, how many values of that column they have. */
  count<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    column: Column<T>,
    where?: FindOptionsWhere<T>,
    distinct?: Column<T>,
  ): DataLoader<string, number> {
    const how = JSON.stringify([where, distinct]);
    return this.#loader(`count ${this.#nameOf(entity, column)} ${how}`, async (keys) => {
      const query = this.source
        .getRepository(entity)
        .createQueryBuilder('row')
        .where({ ...where, [column]: In([...keys]) });
      const what = distinct ? `COUNT(DISTINCT row.${distinct})` : 'COUNT(*)';
      const rows = await countBy(query, column, what).getRawMany<{
        key: string;
        count: number | string;
      }>();
      const byKey = new Map(rows.map(({ key, count }) => [key, Number(count)]));
      return keys.map((key) => byKey.get(key) ?? 0);
    });
  }

  /**
   * A page of the rows that refer to a parent; the pages of all parents are read together. The entity has an `id`.
   * @throws `BAD_USER_INPUT` for a page size or cursor that is none.
   */
  page<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    column: Column<T>,
    { first: asked, after, isCounted = false }: PageArguments,
    { orderBy: order = byId, where }: ManyOptions<T> = {},
  ): DataLoader<string, Connection<T>> {
    const first = readPageSize(asked);
    const values = readAfter(after, order);
    const how = JSON.stringify([where, first, after, isCounted]);
    return this.#loader(`page ${this.#nameOf(entity, column, order)} ${how}`, async (keys) => {
      const rows = this.source.getRepository(entity).createQueryBuilder('row');
      const whole = rows.clone().where({ ...where, [column]: In([...keys]) });
      const asked = whole.clone();
      if (values) asked.andWhere(isAfter('row', order, values));
      // One parent’s page is cut where it ends; those of several have to be numbered first.
      const page =
        keys.length === 1
          ? asked.limit(first + 1)
          : rows
              .innerJoin(
                `(${numberRows(asked, column, order).getQuery()})`,
                'numbered',
                'numbered.id = row.id',
              )
              .where('numbered.place <= :places', { places: first + 1 })
              .setParameters({ ...asked.getParameters(), places: first + 1 });
      const counts = isCounted ? countBy(whole, column) : undefined;
      const found = await readCounted({ page, order, counts });
      const byKey = groupBy(found.rows, (row) => row[column] as string);
      const countOf = (key: string) => found.counts && (found.counts.get(key) ?? 0);
      return keys.map((key) =>
        toConnection(byKey.get(key) ?? [], first, order, after, countOf(key)),
      );
    });
  }

  /** Forgets what was loaded: after a write, rows are read as they now are. */
  forget(): void {
    this.#loaders.clear();
  }

  // Written out, because it is named for each row that asks: as JSON it took longer than to find the loader.
  #nameOf<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    column: string,
    order: readonly OrderKey[] = [],
  ): string {
    return nameReading(this.source.getMetadata(entity).name, column, order);
  }

  #loader<V>(name: string, load: (keys: readonly string[]) => Promise<V[]>): DataLoader<string, V> {
    const known = this.#loaders.get(name) as DataLoader<string, V> | undefined;
    if (known) return known;
    const loader = new DataLoader<string, V>((keys) => load(keys.map(withoutNul)), {
      maxBatchSize: 1000,
    });
    this.#loaders.set(name, loader);
    return loader;
  }
}
