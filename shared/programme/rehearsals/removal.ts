import { In, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { closeKeys, performOwnErasure } from '../../partner/mutations/perform.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';

/** What the record of changes calls the command. */
export const removalName = 'removeRehearsals';

/** What a partner’s part of the command is given before it writes. */
type RemovalContext = Pick<ChoreContext, 'partner' | 'source' | 'clock' | 'askHub'>;

/** Asks what it needs to know, and returns what removes the records, in one transaction. */
export type PrepareRemoval = (
  context: RemovalContext,
) => Promise<(removal: Removal) => Promise<void>>;

type Entity = EntityTarget<ObjectLiteral>;

/** SQLite allows 32,766 parameters in a statement. */
const mostAtOnce = 1_000;

function* inParts(values: readonly string[]): Generator<string[]> {
  for (let at = 0; at < values.length; at += mostAtOnce) yield values.slice(at, at + mostAtOnce);
}

/** Removes records with the rows that refer to them, and counts the rows by table. */
export class Removal {
  readonly counts = new Map<string, number>();

  constructor(readonly manager: EntityManager) {}

  /** The rows whose property is one of these values. */
  async find<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    property: keyof Row & string,
    values: readonly string[],
  ): Promise<Row[]> {
    const found: Row[] = [];
    for (const some of inParts(values)) {
      const { tableName: row } = this.manager.connection.getMetadata(entity);
      const query = this.manager.createQueryBuilder(entity, row);
      found.push(...(await query.where(`${row}.${property} IN (:...some)`, { some }).getMany()));
    }
    return found;
  }

  /** Removes the rows whose property is one of these values, and first what refers to them. */
  async remove(entity: Entity, property: string, values: readonly string[]): Promise<void> {
    const { tableName } = this.manager.connection.getMetadata(entity);
    for (const some of inParts(values)) {
      const criteria = { [property]: In(some) };
      const rows = await this.manager.findBy(entity, criteria);
      if (rows.length === 0) continue;
      for (const { other, column, key } of this.#referencesTo(entity))
        await this.remove(
          other,
          column,
          rows.map((row) => String(row[key])),
        );
      const count = await this.manager.countBy(entity, criteria);
      await this.manager.delete(entity, criteria);
      this.counts.set(tableName, (this.counts.get(tableName) ?? 0) + count);
    }
  }

  /** Removes invented records to which only their own parts refer, and those that held them alone. */
  async removeUnused(
    entity: Entity,
    parts: readonly Entity[],
    mayGo: (id: string) => boolean = () => true,
  ): Promise<void> {
    const rows = await this.manager.findBy(entity, { isRehearsal: true });
    const unused = new Set(rows.map(({ id }) => String(id)).filter(mayGo));
    for (const { other, column } of this.#referencesTo(entity)) {
      if (parts.includes(other)) continue;
      for (const some of inParts([...unused]))
        for (const row of await this.manager.findBy(other, { [column]: In(some) }))
          unused.delete(String(row[column]));
    }
    await this.remove(entity, 'id', [...unused]);
    for (const some of inParts([...unused])) await closeKeys(this.manager, some);
    // A whole is not used any more once its branches are gone.
    if (unused.size > 0) await this.removeUnused(entity, parts, mayGo);
  }

  #referencesTo(entity: Entity) {
    const { connection } = this.manager;
    const metadata = connection.getMetadata(entity);
    return connection.entityMetadatas.flatMap(({ target: other, foreignKeys }) =>
      foreignKeys.flatMap(({ referencedEntityMetadata: to, columns, referencedColumns }) => {
        const [[column], [key]] = [columns, referencedColumns];
        if (to !== metadata || !column || !key) return [];
        return [{ other, column: column.propertyName, key: key.propertyName }];
      }),
    );
  }
}

/** Undoes what was only to be counted. */
class OnlyCounted extends Error {}

/**
 * Removes a partner’s part of the rehearsals that ended, in one transaction, and records it.
 * @param isDone false only counts what would be removed
 * @returns the number of rows by table
 */
export async function removeRehearsals(
  context: RemovalContext,
  prepare: PrepareRemoval,
  isDone: boolean,
): Promise<ReadonlyMap<string, number>> {
  const remove = await prepare(context);
  let counts: ReadonlyMap<string, number> = new Map();
  try {
    await performOwnErasure(context, { name: removalName }, async (manager) => {
      const removal = new Removal(manager);
      await remove(removal);
      ({ counts } = removal);
      if (!isDone) throw new OnlyCounted();
    });
  } catch (error) {
    if (!(error instanceof OnlyCounted)) throw error;
  }
  return counts;
}
