import { askRemoved, type PrepareRemoval } from '@hub/shared/programme';
import { Claim } from '../entities/claim.entity.js';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { EvaluationText } from '../entities/evaluation-text.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office } from '../entities/office.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { RegionalSite, SiteClaim } from '../entities/regional-site.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';

/**
 * Removes the offices’ part of the rehearsals that the network has removed. Their delegates go unless
 * another rehearsal has nominated them; everything else that is invented goes with the last
 * rehearsal.
 */
export const prepareRemoval: PrepareRemoval = async (context) => {
  const { ids, areOthersLeft } = await askRemoved(context);
  return async (removal) => {
    const nominations = await removal.find(DelegateNomination, 'groupId', ids);
    const delegates = new Set(nominations.map(({ delegateId }) => delegateId));
    for (const entity of [DelegateNomination, DelegateFormality, ParticipantReport, GroupMeeting])
      await removal.remove(entity, 'groupId', ids);
    await removal.remove(RegionalHosting, 'visitId', ids);
    await removal.remove(StopConfirmation, 'stopId', ids);
    for (const entity of [EvaluationText, ProgrammeSignature])
      await removal.remove(entity, 'programmeId', ids);
    const mayGo = (id: string): boolean => !areOthersLeft || delegates.has(id);
    await removal.removeUnused(Delegate, [DelegateLanguage, DelegateTravelNeeds], mayGo);
    if (areOthersLeft) return;
    await removal.removeUnused(RegionalSite, [SiteClaim]);
    await removal.removeUnused(Office, [Claim, ContactPoint]);
  };
};
