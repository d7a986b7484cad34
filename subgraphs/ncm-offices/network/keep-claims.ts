import { createId } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import type { Office } from '../entities/office.entity.js';

type Values = readonly string[];

const valuesOf = (value: string | Values | null): Values => (value === null ? [] : [value].flat());

/** What sources state of an office, by the names of the fields. */
const readStated = (office: Office): Readonly<Record<string, Values>> => ({
  name: [office.name],
  kind: [office.kind],
  city: [office.city],
  openedOn: valuesOf(office.openedOn),
  closedOn: valuesOf(office.closedOn),
  parent: valuesOf(office.parentId),
  variants: office.variants,
  roleInField: valuesOf(office.roleInField),
  note: valuesOf(office.note),
});

/**
 * Keeps each value that goes as a claim of the page that stated it, if another page states the next
 * one. Of the claims about what changed, those with the next value are preferred.
 */
export async function keepClaims(
  context: PartnerContext,
  manager: EntityManager,
  { before, next }: { readonly before: Office; readonly next: Office },
): Promise<void> {
  const officeId = before.id;
  const claims = await manager.findBy(Claim, { officeId });
  const after = readStated(next);
  for (const [property, was] of Object.entries(readStated(before))) {
    const is = after[property] ?? [];
    if (is.join('\n') === was.join('\n')) continue;
    const known = claims.filter((claim) => claim.property === property);
    for (const { id, value, preferred } of known)
      if (is.includes(value) !== preferred)
        await manager.update(Claim, { id }, { preferred: !preferred });
    const { source } = before;
    if (source === null || source === next.source) continue;
    const gone = was.filter(
      (value) => ![...is, ...known.map((claim) => claim.value)].includes(value),
    );
    for (const value of gone) {
      const claim = { officeId, property, value, source, preferred: false, note: null };
      await manager.insert(Claim, { id: createId(context), ...claim });
    }
  }
}
