import { checkNewPerson, findPerson, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import { replaceRows } from './insert-rows.js';
import type { ChangeOfficerInput } from './officer.input.js';

const tables = { person: Officer, contactPoint: ContactPoint };

/**
 * Changes the record of an officer. What is left out stays as it is.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` ERASED, DUPLICATE, PERSONAL
 */
export async function changeOfficer(
  context: PartnerContext,
  input: ChangeOfficerInput,
): Promise<Officer> {
  const { officer: id, unit, languages: values, version } = input;
  return perform(context, {
    name: 'changeOfficer',
    input,
    async write(manager) {
      const officer = await findPerson(manager, Officer, id, 'input.officer', version);
      await checkNewPerson(manager, tables, input, officer);
      const changes = {
        ...pickGiven(input, ['name', 'email', 'rank', 'targetGroup']),
        ...(unit != null && { unitId: (await findOwnUnit(context, manager, unit)).id }),
        version: version + 1,
      } as Partial<Officer>;
      await manager.update(Officer, { id }, changes);
      const list = { of: { officerId: id }, values };
      await replaceRows(manager, OfficerLanguage, list, (language, position) => ({
        officerId: id,
        language,
        position,
      }));
      return Object.assign(officer, changes);
    },
  });
}
