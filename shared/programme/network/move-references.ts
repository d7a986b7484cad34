import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** Rows that refer to a record. */
export interface Reference {
  readonly entity: EntityTarget<ObjectLiteral>;
  /** The property with the record’s id. */
  readonly property: string;
  /** The id of such a row, if that names the record too. */
  idOf?(row: ObjectLiteral): string;
  /** Equal for rows that say the same: the one of the record that goes is then dropped. */
  sameBy?(row: ObjectLiteral): string;
  /** For rows whose version is the one of what others confirmed, which stays the same. */
  readonly keepsVersion?: true;
}

/**
 * Lets everything that refers to a record refer to another one, as a change that raises its version.
 * Rows that become the same, or say the same, are one.
 */
export async function moveReferences(
  manager: EntityManager,
  references: readonly Reference[],
  { from, into }: { readonly from: string; readonly into: string },
): Promise<void> {
  for (const { entity, property, idOf, sameBy, keepsVersion } of references) {
    const { primaryColumns, propertiesMap } = manager.connection.getMetadata(entity);
    const names = primaryColumns.map(({ propertyName }) => propertyName);
    const keyOf = (row: ObjectLiteral): ObjectLiteral =>
      Object.fromEntries(names.map((name) => [name, row[name] as unknown]));
    const isRaised = 'version' in propertiesMap && !keepsVersion;
    const standing = sameBy
      ? (await manager.findBy(entity, { [property]: into })).map((row) => sameBy(row))
      : [];
    for (const row of await manager.findBy(entity, { [property]: from })) {
      if (sameBy && standing.includes(sameBy(row))) {
        await manager.delete(entity, keyOf(row));
        continue;
      }
      const version = isRaised ? { version: Number(row['version']) + 1 } : {};
      const moved: ObjectLiteral = { ...row, [property]: into, ...version };
      if (idOf) moved['id'] = idOf(moved);
      if (!idOf && !names.includes(property)) {
        await manager.update(entity, keyOf(row), { [property]: into, ...version });
        continue;
      }
      await manager.delete(entity, keyOf(row));
      if (!(await manager.existsBy(entity, keyOf(moved)))) await manager.insert(entity, moved);
    }
  }
}
