import { checkNoReferences } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { removePerson } from '@hub/shared/programme';
import { delegateData } from '../access/person-tables.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';
import type { RemoveDelegateInput } from './delegate.input.js';

/**
 * Removes a delegate who was registered by mistake. Other organisations refer to her only after a
 * nomination, which stays here even if it is withdrawn.
 * @throws HubError `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` HELD, REFERRED_TO
 */
export function removeDelegate(
  context: PartnerContext,
  { delegate: id, version }: RemoveDelegateInput,
): Promise<boolean> {
  const argument = 'input.delegate';
  return removePerson(context, {
    name: 'removeDelegate',
    data: delegateData,
    person: id,
    version,
    argument,
    async removeRows(manager) {
      const ofDelegate = { delegateId: id };
      const referring = [DelegateNomination, DelegateFormality, ParticipantReport];
      await checkNoReferences(manager, referring, ofDelegate, argument);
      await manager.delete(DelegateTravelNeeds, ofDelegate);
      await manager.delete(SharedContact, ofDelegate);
      await manager.delete(DelegateLanguage, ofDelegate);
    },
  });
}
