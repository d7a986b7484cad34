import { In, type EntityManager } from 'typeorm';
import type { Reference } from './column.js';
import type { NamedReference } from './read-record.js';

const mostRemembered = 100_000;

/** Tells which referenced rows exist. It caches them, because many rows refer to few. */
export class KnownKeys {
  private readonly known = new Map<Reference['entity'], Set<string>>();

  constructor(private readonly manager: EntityManager) {}

  /** The references that lead to no row. */
  async findLost(references: readonly NamedReference[]): Promise<NamedReference[]> {
    const entities = new Map(references.map(({ refersTo }) => [refersTo.entity, refersTo]));
    for (const refersTo of entities.values()) {
      const keys = references.filter((one) => one.refersTo.entity === refersTo.entity);
      await this.learn(
        refersTo,
        keys.map(({ key }) => key),
      );
    }
    return references.filter(({ refersTo, key }) => !this.knownOf(refersTo).has(key));
  }

  private knownOf({ entity }: Reference): Set<string> {
    const known = this.known.get(entity) ?? new Set();
    this.known.set(entity, known);
    return known;
  }

  private async learn(refersTo: Reference, keys: readonly string[]): Promise<void> {
    const known = this.knownOf(refersTo);
    if (known.size > mostRemembered) known.clear();
    const asked = [...new Set(keys)].filter((key) => !known.has(key));
    if (asked.length === 0) return;
    const { entity, key } = refersTo;
    const rows = await this.manager.find(entity, {
      select: { [key]: true },
      where: { [key]: In(asked) },
    });
    for (const row of rows) known.add(String(row[key]));
  }
}
