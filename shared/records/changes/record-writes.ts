import { isDeepStrictEqual } from 'node:util';
import {
  EntityManager,
  type DataSource,
  type DeleteResult,
  type EntityMetadata,
  type EntityTarget,
  type FindOptionsWhere,
  type InsertResult,
  type ObjectLiteral,
  type UpdateResult,
} from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { HubError } from '../../errors/hub-error.js';
import { appendRows } from '../chain/append-rows.js';
import { hashLink, type ChangeLink, type Head } from '../chain/chain.js';
import { writeChanger, type WrittenReading } from '../chain/stored-form.js';

interface Part {
  /** The field of the record that shows the rows. */
  readonly field: string;
  /** The properties with the record’s id. The first one that is not null counts. */
  readonly owners: readonly string[];
}

const declaredParts = new WeakMap<object, Part>();

/**
 * Declares that the rows of an entity are a list of another record. A change of such a row is a
 * change of that record’s field.
 * @example
 * ```ts
 * @Entity({ name: 'visit_hosts' })
 * @PartOf('hostCountries', 'visitId')
 * export class VisitHost { … }
 * ```
 */
export const PartOf =
  (field: string, ...owners: readonly string[]): ClassDecorator =>
  (entity) => {
    declaredParts.set(entity, { field, owners });
  };

export const partOf = (entity: Function | string): Part | undefined =>
  typeof entity === 'string' ? undefined : declaredParts.get(entity);

/** A record, and the fields that were changed. */
export interface RecordChange {
  readonly subject: string;
  readonly fields: readonly string[];
}

/** A row before and after a write. If one is missing, the row was added or removed. */
interface RowChange {
  readonly before?: ObjectLiteral | null | undefined;
  /** The written properties. Missing ones are unchanged. */
  readonly after?: ObjectLiteral | undefined;
}

/** Search columns, which are derived from other columns. */
const isDerived = ({ propertyName }: ColumnMetadata): boolean => propertyName.startsWith('search');

/** `visitId` is `visit` in the schema. */
const nameOf = ({ propertyName }: ColumnMetadata): string => propertyName.replace(/Id$/, '');

const isNothing = (value: unknown): boolean => value === null || value === undefined;

function hasChanged(column: ColumnMetadata, { before, after }: RowChange): boolean {
  if (!before || !after) return !isNothing(column.getEntityValue(before ?? after ?? {}));
  const written: unknown = column.getEntityValue(after);
  if (written === undefined) return false;
  const stored: unknown = column.getEntityValue(before);
  if (isNothing(written) || isNothing(stored)) return isNothing(written) !== isNothing(stored);
  return !isDeepStrictEqual(written, stored);
}

/** The id of the record to which a row belongs: its own, or that of the record that it extends. */
function subjectOf({ primaryColumns, target }: EntityMetadata, row: ObjectLiteral): string {
  const [owner] = partOf(target)?.owners.filter((property) => !isNothing(row[property])) ?? [];
  if (owner !== undefined) return String(row[owner]);
  const key = primaryColumns.find(({ propertyName }) => propertyName === 'id') ?? primaryColumns[0];
  return String(key?.getEntityValue(row));
}

/** The record and fields that a write of a row changes; undefined if it changes nothing. */
export function measureChange(metadata: EntityMetadata, row: RowChange): RecordChange | undefined {
  const columns = metadata.columns.filter((column) => !column.isPrimary && !isDerived(column));
  const changed = columns.filter((column) => hasChanged(column, row));
  const isWhole = !row.before || !row.after;
  if (changed.length === 0 && !isWhole) return undefined;
  const subject = subjectOf(metadata, { ...row.after, ...row.before });
  const part = partOf(metadata.target);
  return { subject, fields: part ? [part.field] : changed.map(nameOf) };
}

const listeners = new WeakMap<DataSource, Set<() => void>>();

/**
 * Calls a function after each mutation that this process commits. It is a hint: other processes
 * write to the same database, and a repeated mutation commits nothing.
 * @returns a function that ends it
 */
export function watchCommits(source: DataSource, listener: () => void): () => void {
  const own = listeners.get(source) ?? new Set();
  listeners.set(source, own);
  own.add(listener);
  return () => own.delete(listener);
}

/** Says that a mutation was committed. Call it after the transaction. */
export function noteCommit(source: DataSource): void {
  for (const listener of listeners.get(source) ?? []) listener();
}

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
class WatchedWrites extends EntityManager {
  #fields = new Map<string, Set<string>>();

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

  /** As {@link attemptPart}. */
  async attempt(part: () => Promise<unknown>): Promise<HubError | undefined> {
    const before = [...this.#fields].map(([id, fields]) => [id, new Set(fields)] as const);
    let refusal: HubError | undefined;
    await this.query('SAVEPOINT part');
    try {
      await part();
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      refusal = error;
      await this.query('ROLLBACK TO SAVEPOINT part');
      this.#fields = new Map(before);
    }
    await this.query('RELEASE SAVEPOINT part');
    return refusal;
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

/**
 * Does a part of a mutation that may be refused while others are written: then nothing of it is
 * written or recorded.
 * @param manager the one that the mutation writes with
 * @returns why it was refused; undefined if it was written
 * @throws what is not a `HubError`: nothing of the mutation may be written then
 */
export function attemptPart(
  manager: EntityManager,
  part: () => Promise<unknown>,
): Promise<HubError | undefined> {
  if (!(manager instanceof WatchedWrites)) throw new TypeError(unmeasured);
  return manager.attempt(part);
}

/** The changes of one mutation. */
export interface MutationChanges extends Pick<
  ChangeLink,
  'organisation' | 'person' | 'mutation' | 'reason'
> {
  readonly at: Date;
  /** By record, each once. */
  readonly records: readonly Pick<ChangeLink, 'subject' | 'fields'>[];
}

/** The number of rows in one statement: SQLite allows 32,766 parameters. */
const recordsAtOnce = 1_000;

/**
 * Appends the changes of a mutation to the record, in the mutation’s own transaction: a link for
 * each changed record. Call it last, because nobody else can append until the transaction ends.
 */
export async function recordChanges(
  manager: EntityManager,
  changes: MutationChanges,
): Promise<void> {
  for (let at = 0; at < changes.records.length; at += recordsAtOnce) {
    const records = changes.records.slice(at, at + recordsAtOnce);
    await appendRows(manager, (head) => continueChain(head, { ...changes, records }));
  }
}

function continueChain(head: Head, { records, at, ...rest }: MutationChanges): WrittenReading[] {
  let { links: sequence, hash } = head;
  const who = writeChanger(rest);
  return records.map(({ subject, fields }) => {
    sequence += 1;
    const link: ChangeLink = { sequence, at: at.toISOString(), subject, fields, ...rest };
    hash = hashLink(hash, link);
    const parts = [{ what: JSON.stringify(fields), records: 1 }];
    return { sequence, at: at.getTime(), who, parts, hash, subject, reason: rest.reason };
  });
}

/** Who makes a change, by which mutation, and why. */
export type Writing = Omit<MutationChanges, 'records'>;

/**
 * Runs work in an open transaction, and records in the same transaction what the work changed. The
 * record is written last, so that other writers of the record wait only for the commit.
 */
export async function recordWrites<Result>(
  manager: EntityManager,
  writing: Writing,
  write: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const watched = new WatchedWrites(manager);
  const result = await write(watched);
  await recordChanges(manager, { ...writing, records: watched.changes });
  return result;
}
