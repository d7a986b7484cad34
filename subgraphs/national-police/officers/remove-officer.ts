import { checkNoReferences } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { removePerson } from '@hub/shared/programme';
import { officerData } from '../access/person-tables.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { OfficerLanguage } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';
import type { RemoveOfficerInput } from './officer.input.js';

/**
 * Removes an officer who was registered by mistake. Other organisations refer to her only after a
 * nomination, which stays here even if it is withdrawn.
 * @throws HubError `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` HELD, REFERRED_TO
 */
export function removeOfficer(
  context: PartnerContext,
  { officer: id, version }: RemoveOfficerInput,
): Promise<boolean> {
  const argument = 'input.officer';
  return removePerson(context, {
    name: 'removeOfficer',
    data: officerData,
    person: id,
    version,
    argument,
    async removeRows(manager) {
      const ofOfficer = { officerId: id };
      const referring = [OfficerNomination, OfficerFormality, ParticipantReport];
      await checkNoReferences(manager, referring, ofOfficer, argument);
      await manager.delete(OfficerTravelNeeds, ofOfficer);
      await manager.delete(SharedContact, ofOfficer);
      await manager.delete(OfficerLanguage, ofOfficer);
    },
  });
}
