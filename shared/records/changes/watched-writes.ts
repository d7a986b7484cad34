import {
  EntityManager,
  type DeleteResult,
  type EntityTarget,
  type FindOptionsWhere,
  type InsertResult,
  type ObjectLiteral,
  type UpdateResult,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { measureChange, type RecordChange } from './measure-change.js';

type Rows<Entity> = QueryDeepPartialEntity<Entity> | QueryDeepPartialEntity<Entity>[];
type Criteria<Entity> = FindOptionsWhere<Entity> | FindOptionsWhere<Entity>[];

const toList = <Entity>(rows: Rows<Entity>): ObjectLiteral[] =>
  Array.isArray(rows) ? rows : [rows as ObjectLiteral];

const unmeasured =
  'Changes of a mutation are recorded: write with insert, update, upsert or delete.';

/**
 * A transaction’s manager that measures its changes: it reads and compares each row before a write.
 * Writes of a query builder are not measured; use one only for rows that are not records, such as
 * idempotency keys.
 */
export class WatchedWrites extends EntityManager {
  readonly #fields = new Map<string, Set<string>>();

  constructor({ connection, queryRunner }: EntityManager) {
    const own = queryRunner?.manager;
    super(connection, queryRunner);
    // The base class replaces the runner’s manager, which other code still uses.
    if (queryRunner) Object.assign(queryRunner, { manager: own });
  }

  /** The changes so far, by record. */
  get changes(): RecordChange[] {
    return [...this.#fields].map(([subject, fields]) => ({
      subject,
      fields: [...fields].toSorted(),
    }));
  }

  override async insert<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    rows: Rows<Entity>,
  ): Promise<InsertResult> {
    const result = await super.insert(target, rows);
    for (const after of toList(rows)) this.#note(target, undefined, after);
    return result;
  }

  override async update<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    criteria: Criteria<Entity>,
    values: QueryDeepPartialEntity<Entity>,
  ): Promise<UpdateResult> {
    const before = await this.findBy(target, criteria);
    const result = await super.update(target, criteria, values);
    for (const row of before) this.#note(target, row, values);
    return result;
  }

  override async upsert<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    rows: Rows<Entity>,
    conflictPaths: string[],
  ): Promise<InsertResult> {
    const all = toList(rows);
    const before: (Entity | null)[] = [];
    for (const row of all) {
      const key = Object.fromEntries(conflictPaths.map((path) => [path, row[path] as unknown]));
      before.push(await this.findOneBy(target, key as FindOptionsWhere<Entity>));
    }
    const result = await super.upsert(target, rows, conflictPaths);
    for (const [index, row] of all.entries()) this.#note(target, before[index], row);
    return result;
  }

  override async delete<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    criteria: Criteria<Entity>,
  ): Promise<DeleteResult> {
    const before = await this.findBy(target, criteria);
    const result = await super.delete(target, criteria);
    for (const row of before) this.#note(target, row);
    return result;
  }

  /** It belongs to a transaction: a nested transaction is part of the same one. */
  override transaction<Result>(...parameters: readonly unknown[]): Promise<Result> {
    const work = parameters.at(-1) as (manager: EntityManager) => Promise<Result>;
    return work(this);
  }

  override save(): Promise<never> {
    return Promise.reject(new TypeError(unmeasured));
  }

  override remove(): Promise<never> {
    return Promise.reject(new TypeError(unmeasured));
  }

  #note<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    before?: ObjectLiteral | null,
    after?: ObjectLiteral,
  ): void {
    const change = measureChange(this.connection.getMetadata(target), { before, after });
    if (!change) return;
    const known = this.#fields.get(change.subject) ?? new Set();
    this.#fields.set(change.subject, known);
    for (const field of change.fields) known.add(field);
  }
}
