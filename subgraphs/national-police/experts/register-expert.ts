import { checkNewPerson, createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import { insertRows } from '../officers/insert-rows.js';
import type { RegisterExpertInput } from './expert.input.js';

const tables = { person: Expert, contactPoint: ContactPoint };

/**
 * Registers an expert of one of this police force’s units.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `RULE_VIOLATED` DUPLICATE, PERSONAL
 */
export async function registerExpert(
  context: PartnerContext,
  input: RegisterExpertInput,
): Promise<Expert> {
  const { name, email = null, roles, languages, fields } = input;
  const isRehearsal = input.isRehearsal ?? false;
  return perform(context, {
    name: 'registerExpert',
    input,
    async write(manager) {
      const { id: unitId } = await findOwnUnit(context, manager, input.unit);
      await checkNewPerson(manager, tables, input);
      const expertId = createId(context);
      const row = { id: expertId, name, email, unitId, isRehearsal, version: 1 };
      const expert = manager.create(Expert, row);
      await manager.insert(Expert, expert);
      const ofExpert = (position: number) => ({ expertId, position });
      await insertRows(manager, ExpertRole, roles, (role, at) => ({ ...ofExpert(at), role }));
      await insertRows(manager, ExpertLanguage, languages, (language, at) => ({
        ...ofExpert(at),
        language,
      }));
      await insertRows(manager, ExpertField, fields, (field, at) => ({ ...ofExpert(at), field }));
      return expert;
    },
    find: (manager, id) => manager.findOneBy(Expert, { id }),
  });
}
