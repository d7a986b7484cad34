import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { createId } from '../../partner/mutations/perform.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { ClaimFields } from '../vocabulary/claim.type.js';

/** Where a partner keeps what sources state of a record. */
export interface ClaimTable {
  readonly entity: EntityTarget<ClaimFields & ObjectLiteral>;
  /** The property of a claim that has the record’s id. */
  readonly owner: string;
}

/** A record that sources state. */
export interface StatedRecord extends ObjectLiteral {
  readonly id: string;
  readonly source: string | null;
}

const valuesOf = (value: unknown): readonly string[] =>
  [value].flat().flatMap((one) => (one === null || one === undefined ? [] : [String(one)]));

/** The key of a claim: the next place among those of its record, or an id of its own. */
async function createKey(
  context: PartnerContext,
  manager: EntityManager,
  { entity, owner }: ClaimTable,
  id: string,
): Promise<ObjectLiteral> {
  const { primaryColumns } = manager.connection.getMetadata(entity);
  if (!primaryColumns.some(({ propertyName }) => propertyName === 'position'))
    return { id: createId(context) };
  const last = await manager.maximum<ObjectLiteral>(entity, 'position', { [owner]: id });
  return { position: (last ?? -1) + 1 };
}

/** Adds what a page states of a record. */
export async function addClaim(
  context: PartnerContext,
  manager: EntityManager,
  table: ClaimTable,
  { id, ...claim }: { readonly id: string } & ClaimFields,
): Promise<void> {
  const key = await createKey(context, manager, table, id);
  await manager.insert<ObjectLiteral>(table.entity, { ...key, [table.owner]: id, ...claim });
}

/**
 * Keeps each value that goes as a claim of the page that stated it, if another page states the next
 * one. Of the claims about what changed, those with the next value are preferred.
 * @param stated the properties that sources state
 */
export async function keepClaims<Row extends StatedRecord>(
  context: PartnerContext,
  manager: EntityManager,
  table: ClaimTable,
  stated: readonly (keyof Row & string)[],
  { before, next }: { readonly before: Row; readonly next: Row },
): Promise<void> {
  const { entity, owner } = table;
  const claims: readonly ObjectLiteral[] = await manager.findBy<ObjectLiteral>(entity, {
    [owner]: before.id,
  });
  const { primaryColumns } = manager.connection.getMetadata(entity);
  for (const column of stated) {
    const [was, is] = [valuesOf(before[column]), valuesOf(next[column])];
    if (is.join('\n') === was.join('\n')) continue;
    const property = column.replace(/(Id|Code)$/, '');
    const known = claims.filter((claim) => claim['property'] === property);
    for (const claim of known) {
      const isPreferred = is.includes(String(claim['value']));
      const key = primaryColumns.map(({ propertyName }) => [propertyName, claim[propertyName]]);
      if (isPreferred !== claim['preferred'])
        await manager.update<ObjectLiteral>(entity, Object.fromEntries(key) as ObjectLiteral, {
          preferred: isPreferred,
        });
    }
    const { source } = before;
    if (source === null || source === next.source) continue;
    const kept = [...is, ...known.map((claim) => String(claim['value']))];
    const claim = { id: before.id, property, source, preferred: false, note: null };
    for (const value of was.filter((one) => !kept.includes(one)))
      await addClaim(context, manager, table, { ...claim, value });
  }
}
