import type { Rehearsable } from '@hub/shared/partner';
import { askWithLater, codes, type PartnerContext } from '@hub/shared/policy';

/** What the owner of a party says of it. Only offices open and close, and organisations are our own. */
interface KnownParty extends Rehearsable {
  readonly mergedInto?: { readonly id: string } | null;
  readonly openedOn?: string | null;
  readonly closedOn?: string | null;
}

/** The parties that their owners know, by id. */
export type KnownParties = ReadonlyMap<string, KnownParty>;

/** Only offices can be made for rehearsals, and open and close. */
const factsOf = (field: string): string =>
  field === 'office' ? ' isRehearsal openedOn closedOn' : '';

/** How many root fields of the hub one request selects. */
const mostAtOnce = 25;

/** The root field for the parties of an owner; undefined for ids that no owner can have. */
function fieldOf(id: string): string | undefined {
  const owner = codes.ownerOf(id);
  // PostgreSQL refuses NUL in a text; no id has one.
  if (owner === '' || id.includes('\0')) return undefined;
  if (owner === codes.officesCode) return 'office';
  return codes.isPoliceCode(owner) ? 'policeUnit' : 'party';
}

/** The owner alone has the name, so that the hub asks it. */
const selectionOf = (field: string, later: string): string =>
  field === 'party' ? 'id name' : `id${factsOf(field)}${later}`;

/**
 * Asks only the owners which of these parties exist.
 * @throws HubError `PARTNER_…`
 */
export async function findKnownParties(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  parties: readonly string[],
): Promise<KnownParties> {
  const asked = parties.flatMap((id) => {
    const field = fieldOf(id);
    return field === undefined ? [] : [{ id, field }];
  });
  const known = new Map<string, KnownParty>();
  for (let start = 0; start < asked.length; start += mostAtOnce) {
    const some = asked.slice(start, start + mostAtOnce);
    const variables = some.map((_, index) => `$id${index}: ID!`).join(', ');
    const fieldsOf = (later: string) =>
      some.map(
        ({ field }, index) =>
          `f${index}: ${field}(id: $id${index}) { ${selectionOf(field, later)} }`,
      );
    const ids = Object.fromEntries(some.map(({ id }, index) => [`id${index}`, id]));
    const response = await askWithLater(
      (later) => askHub(`query KnownParties(${variables}) { ${fieldsOf(later).join(' ')} }`, ids),
      ' mergedInto { id }',
    );
    some.forEach(({ id }, index) => {
      const party = response[`f${index}`] as KnownParty | null;
      if (party != null) known.set(id, party);
    });
  }
  return known;
}
