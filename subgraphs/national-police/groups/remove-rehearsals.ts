import { askRemoved, type PrepareRemoval } from '@hub/shared/programme';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { NationalSite, SiteClaim } from '../entities/national-site.entity.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';

/**
 * Removes this police force’s part of the rehearsals that the network has removed. Their officers go
 * unless another rehearsal has nominated them; everything else that is invented goes with the last
 * rehearsal.
 */
export const prepareRemoval: PrepareRemoval = async (context) => {
  const { ids, areOthersLeft } = await askRemoved(context);
  return async (removal) => {
    const nominations = await removal.find(OfficerNomination, 'groupId', ids);
    const officers = new Set(nominations.map(({ officerId }) => officerId));
    for (const entity of [OfficerNomination, OfficerFormality, ParticipantReport])
      await removal.remove(entity, 'groupId', ids);
    await removal.remove(Hosting, 'visitId', ids);
    await removal.remove(StopConfirmation, 'stopId', ids);
    await removal.remove(ExpertLoan, 'assignmentId', ids);
    const mayGo = (id: string): boolean => !areOthersLeft || officers.has(id);
    await removal.removeUnused(Officer, [OfficerLanguage, OfficerTravelNeeds], mayGo);
    if (areOthersLeft) return;
    await removal.removeUnused(Expert, [ExpertRole, ExpertLanguage, ExpertField]);
    await removal.removeUnused(NationalSite, [SiteClaim]);
  };
};
