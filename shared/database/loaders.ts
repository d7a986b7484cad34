import DataLoader from 'dataloader';
import {
  In,
  type DataSource,
  type EntityTarget,
  type FindOptionsWhere,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { isAfter, readKeys, toConnection } from './keyset.js';
import { byId, listSortKeys, orderBy, reversed, type OrderKey } from './order.js';
import type { Connection } from './pagination/connection-types.js';
import { readPageRequest } from './pagination/page-size.js';
import type { PageArguments } from './pagination/paged.js';
import { readCounted } from './read-counted.js';
import { nameReading, readByKeys, readRows } from './read-rows.js';

type Column<T> = Extract<keyof T, string>;

export interface ManyOptions<T> {
  /** @default by id */
  readonly orderBy?: readonly OrderKey[];
  /**
   * Conditions for the rows of every parent: values and TypeORM’s operators, but not `Raw` with a
   * function.
   */
  readonly where?: FindOptionsWhere<T>;
}

/** Groups rows by `keyOf`. `Map.groupBy` is not available in Node 20. */
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

/** The ids of the rows of a query, each with its position among its parent’s rows. */
function numberRows<T extends ObjectLiteral>(
  rows: SelectQueryBuilder<T>,
  column: Column<T>,
  order: readonly OrderKey[],
): SelectQueryBuilder<T> {
  const sorted = listSortKeys('row', order);
  const place = `ROW_NUMBER() OVER (PARTITION BY row.${column} ORDER BY ${sorted})`;
  return rows.select('row.id', 'id').addSelect(place, 'place');
}

/** The number of rows of each parent. */
function countBy<T extends ObjectLiteral>(
  rows: SelectQueryBuilder<T>,
  column: Column<T>,
  count = 'COUNT(*)',
): SelectQueryBuilder<T> {
  const counted = rows.select(`row.${column}`, 'key').addSelect(count, 'count');
  return counted.groupBy(`row.${column}`);
}

/** PostgreSQL rejects a text with NUL. No row has one, and no row has an empty key. */
const withoutNul = (key: string): string => (key.includes('\0') ? '' : key);

/**
 * Loads related rows for one request, in batches: the rows of a hundred parents need one statement.
 * Create one for each request, because it caches what it has loaded.
 */
export class Loaders {
  readonly #loaders = new Map<string, unknown>();

  constructor(readonly source: DataSource) {}

  /** The row of each value of a column, or null: `one(Office).load('ncm:led')`. */
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

  /**
   * The number of rows that refer to a parent. With `distinct`, the number of distinct values of
   * that column.
   */
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
   * A page of the rows that refer to a parent. The pages of all parents are read together. The
   * entity must have an `id`.
   * @throws `BAD_USER_INPUT` for an invalid page size or cursor.
   */
  page<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    column: Column<T>,
    page: PageArguments,
    { orderBy: sorted = byId, where }: ManyOptions<T> = {},
  ): DataLoader<string, Connection<T>> {
    const { isCounted = false } = page;
    const request = readPageRequest(page);
    const values = readKeys(request, sorted);
    const order = request.isBackwards ? reversed(sorted) : sorted;
    const how = JSON.stringify([where, request, isCounted]);
    return this.#loader(`page ${this.#nameOf(entity, column, order)} ${how}`, async (keys) => {
      const rows = this.source.getRepository(entity).createQueryBuilder('row');
      const whole = rows.clone().where({ ...where, [column]: In([...keys]) });
      const asked = whole.clone();
      if (values) asked.andWhere(isAfter('row', order, values));
      // The page of a single parent needs only a LIMIT. For several parents, rows are numbered.
      const places = request.size + 1;
      const page =
        keys.length === 1
          ? asked.limit(places)
          : rows
              .innerJoin(
                `(${numberRows(asked, column, order).getQuery()})`,
                'numbered',
                'numbered.id = row.id',
              )
              .where('numbered.place <= :places', { places })
              .setParameters({ ...asked.getParameters(), places });
      const counts = isCounted ? countBy(whole, column) : undefined;
      const found = await readCounted({ page, order, counts });
      const byKey = groupBy(found.rows, (row) => row[column] as string);
      const countOf = (key: string) => found.counts && (found.counts.get(key) ?? 0);
      return keys.map((key) => toConnection(byKey.get(key) ?? [], request, sorted, countOf(key)));
    });
  }

  /** Clears the cache after a write. */
  forget(): void {
    this.#loaders.clear();
  }

  // Written out, because it runs for each row. With JSON it took longer than finding the loader.
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
