import { textSearch } from '@hub/shared/database';
import { perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Office } from '../entities/office.entity.js';
import {
  checkNewOffice,
  checkOpenBefore,
  checkParent,
  findOffice,
  precisionOf,
  writeOffice,
} from './office-changes.js';
import type { ChangeOfficeInput } from './office.input.js';

/**
 * Changes what is known of an office. Its country, and whether it is invented, stay.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`, `RULE_VIOLATED` DUPLICATE, DATE_ORDER,
 * REHEARSAL
 */
export function changeOffice(context: PartnerContext, input: ChangeOfficeInput): Promise<Office> {
  return perform(context, {
    name: 'changeOffice',
    input,
    async write(manager) {
      const office = await findOffice(manager, input);
      const next = Object.assign(new Office(), office, toChanges(office, input));
      checkOpenBefore(next, 'input.openedOn');
      await checkParent(manager, next);
      await checkNewOffice(manager, next, input.isAnother, office);
      return writeOffice(context, manager, office, next);
    },
  });
}

/** A day that stays keeps how well its source knows it. */
function toChanges(office: Office, input: ChangeOfficeInput): Partial<Office> {
  const { openedOn = office.openedOn, parent = office.parentId, source, on } = input;
  const { openedPrecision } = office;
  const fields = ['name', 'kind', 'city', 'variants', 'roleInField', 'note'] as const;
  const given = pickGiven(input, fields) as Partial<Office>;
  const { name = office.name, variants = office.variants } = given;
  return {
    ...given,
    openedOn,
    openedPrecision: openedOn === office.openedOn ? openedPrecision : precisionOf(openedOn),
    parentId: parent,
    source,
    checkedOn: on,
    searchText: textSearch.toSearchText(name, ...variants),
  };
}
