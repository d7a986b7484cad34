import { findPerson, nextVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer } from '../entities/officer.entity.js';
import type { SetOfficerTravelNeedsInput } from './formality.input.js';

/**
 * Sets all travel needs of an officer anew. What is left out is removed, and the
 * version goes on.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` ERASED
 */
export async function setOfficerTravelNeeds(
  context: PartnerContext,
  input: SetOfficerTravelNeedsInput,
): Promise<Officer> {
  const { officer: officerId, diet = null, access = null, emergencyContact = null } = input;
  return perform(context, {
    name: 'setOfficerTravelNeeds',
    input,
    async write(manager) {
      const officer = await findPerson(manager, Officer, officerId, 'input.officer');
      const known = await manager.findOneBy(OfficerTravelNeeds, { officerId });
      const version = nextVersion(known, input.version);
      const setOn = context.clock().toISOString().slice(0, 10);
      const needs = { officerId, diet, access, emergencyContact, setOn, version };
      await manager.upsert(OfficerTravelNeeds, needs, ['officerId']);
      return officer;
    },
  });
}
