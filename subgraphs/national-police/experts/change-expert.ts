import { checkNewPerson, findPerson, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import { replaceRows } from '../officers/insert-rows.js';
import type { ChangeExpertInput } from './expert.input.js';

const tables = { person: Expert, contactPoint: ContactPoint };

/**
 * Changes the record of an expert. What is left out stays as it is.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` ERASED, DUPLICATE, PERSONAL
 */
export async function changeExpert(
  context: PartnerContext,
  input: ChangeExpertInput,
): Promise<Expert> {
  const { expert: expertId, unit, roles, languages, fields, version } = input;
  return perform(context, {
    name: 'changeExpert',
    input,
    async write(manager) {
      const expert = await findPerson(manager, Expert, expertId, 'input.expert', version);
      await checkNewPerson(manager, tables, input, expert);
      const changes = {
        ...pickGiven(input, ['name', 'email']),
        ...(unit != null && { unitId: (await findOwnUnit(context, manager, unit)).id }),
        version: version + 1,
      };
      await manager.update(Expert, { id: expertId }, changes);
      const of = { expertId };
      await replaceRows(manager, ExpertRole, { of, values: roles }, (role, position) => ({
        ...of,
        role,
        position,
      }));
      await replaceRows(
        manager,
        ExpertLanguage,
        { of, values: languages },
        (language, position) => ({ ...of, language, position }),
      );
      await replaceRows(manager, ExpertField, { of, values: fields }, (field, position) => ({
        ...of,
        field,
        position,
      }));
      return Object.assign(expert, changes);
    },
  });
}
