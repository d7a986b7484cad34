import { checkNewPerson, createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import { insertRows } from './insert-rows.js';
import type { RegisterOfficerInput } from './officer.input.js';

const tables = { person: Officer, contactPoint: ContactPoint };

/** @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `RULE_VIOLATED` DUPLICATE, PERSONAL */
export async function registerOfficer(
  context: PartnerContext,
  input: RegisterOfficerInput,
): Promise<Officer> {
  const { name, email = null, rank = null, targetGroup, languages } = input;
  const isRehearsal = input.isRehearsal ?? false;
  return perform(context, {
    name: 'registerOfficer',
    input,
    async write(manager) {
      const { id: unitId } = await findOwnUnit(context, manager, input.unit);
      await checkNewPerson(manager, tables, input);
      const id = createId(context);
      const row = { id, name, email, rank, unitId, targetGroup, isRehearsal, version: 1 };
      const officer = manager.create(Officer, row);
      await manager.insert(Officer, officer);
      await insertRows(manager, OfficerLanguage, languages, (language, position) => ({
        officerId: id,
        language,
        position,
      }));
      return officer;
    },
    find: (manager, id) => manager.findOneBy(Officer, { id }),
  });
}
