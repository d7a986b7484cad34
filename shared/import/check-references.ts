import { In, type EntityManager } from 'typeorm';
import type { Reference } from './column.js';
import type { NamedReference } from './read-record.js';

const mostRemembered = 100_000;

/** What is wrong with a row that names a record, or is one, that was merged into another. */
export const mergedFault = (into: unknown): string => `was merged into ${String(into)}`;

/** Tells which referenced rows exist. It caches them, because many rows refer to few. */
export class KnownKeys {
  /** Where each was merged into; null for one that stands for itself. */
  private readonly known = new Map<Reference['entity'], Map<string, string | null>>();

  constructor(private readonly manager: EntityManager) {}

  /** The references that lead to no row, and those to a row that was merged, each with its fault. */
  async findFaults(
    references: readonly NamedReference[],
  ): Promise<Readonly<Record<'lost' | 'merged', ReadonlyMap<NamedReference, string>>>> {
    const entities = new Map(references.map(({ refersTo }) => [refersTo.entity, refersTo]));
    for (const refersTo of entities.values()) {
      const keys = references.filter((one) => one.refersTo.entity === refersTo.entity);
      await this.learn(
        refersTo,
        keys.map(({ key }) => key),
      );
    }
    const lost = new Map<NamedReference, string>();
    const merged = new Map<NamedReference, string>();
    for (const reference of references) {
      const into = this.knownOf(reference.refersTo).get(reference.key);
      if (into === undefined)
        lost.set(reference, `refers to an unknown ${reference.refersTo.what}`);
      else if (into !== null) merged.set(reference, mergedFault(into));
    }
    return { lost, merged };
  }

  private knownOf({ entity }: Reference): Map<string, string | null> {
    const known = this.known.get(entity) ?? new Map<string, string | null>();
    this.known.set(entity, known);
    return known;
  }

  private async learn(refersTo: Reference, keys: readonly string[]): Promise<void> {
    const known = this.knownOf(refersTo);
    if (known.size > mostRemembered) known.clear();
    const asked = [...new Set(keys)].filter((key) => !known.has(key));
    if (asked.length === 0) return;
    const { entity, key } = refersTo;
    const { propertiesMap } = this.manager.connection.getMetadata(entity);
    const rows = await this.manager.find(entity, {
      select: { [key]: true, ...('mergedIntoId' in propertiesMap && { mergedIntoId: true }) },
      where: { [key]: In(asked) },
    });
    for (const row of rows)
      known.set(String(row[key]), (row['mergedIntoId'] as string | null | undefined) ?? null);
  }
}
