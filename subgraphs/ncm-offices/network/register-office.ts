import { textSearch } from '@hub/shared/database';
import { createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Office } from '../entities/office.entity.js';
import { checkNewOffice, checkParent, precisionOf } from './office-changes.js';
import type { RegisterOfficeInput } from './office.input.js';

/**
 * Registers an office, which is open until it is closed.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`, `RULE_VIOLATED` DUPLICATE, REHEARSAL
 */
export function registerOffice(
  context: PartnerContext,
  input: RegisterOfficeInput,
): Promise<Office> {
  return perform(context, {
    name: 'registerOffice',
    input,
    async write(manager) {
      const office = toOffice(createId(context), input);
      await checkParent(manager, office);
      await checkNewOffice(manager, office, input.isAnother);
      await manager.insert(Office, office);
      return office;
    },
    find: (manager, id) => manager.findOneBy(Office, { id }),
  });
}

function toOffice(id: string, input: RegisterOfficeInput): Office {
  const { name, kind, city, country, source, on, openedOn = null } = input;
  const variants = input.variants ?? [];
  return Object.assign(new Office(), {
    id,
    name,
    kind,
    city,
    country,
    openedOn,
    openedPrecision: precisionOf(openedOn),
    closedOn: null,
    closedPrecision: null,
    parentId: input.parent ?? null,
    variants,
    source,
    checkedOn: on,
    roleInField: input.roleInField ?? null,
    note: input.note ?? null,
    isRehearsal: input.isRehearsal ?? false,
    searchText: textSearch.toSearchText(name, ...variants),
    version: 1,
  });
}
