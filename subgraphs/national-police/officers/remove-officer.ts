import {
  checkNoReferences,
  checkVersion,
  findForChange,
  performErasure,
} from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { forgetRemoved } from '@hub/shared/programme';
import { officerData } from '../access/person-tables.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
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
  return performErasure(context, { name: 'removeOfficer' }, async (manager) => {
    checkVersion(await findForChange(manager, Officer, id, 'input.officer'), version);
    const ofOfficer = { officerId: id };
    const referring = [OfficerNomination, OfficerFormality, ParticipantReport];
    await checkNoReferences(manager, referring, ofOfficer, 'input.officer');
    await manager.delete(OfficerTravelNeeds, ofOfficer);
    await manager.delete(SharedContact, ofOfficer);
    await manager.delete(OfficerLanguage, ofOfficer);
    await manager.delete(Officer, { id });
    await forgetRemoved(manager, context, officerData, id, 'input.officer');
    return true;
  });
}
