import type { LoadedDatabase } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import {
  createPeople,
  inventExperts,
  inventFormalities,
  inventHostings,
  inventLoans,
  inventNominations,
  inventOfficers,
  inventReports,
} from './invent.js';
import { createFaker } from './locales.js';

/**
 * Loads one police force’s part of the demonstration, all or nothing: only invented people, with
 * `demo` in their ids. The facts must be loaded before.
 */
export async function loadDemonstration(database: LoadedDatabase, partner: string): Promise<void> {
  const code = codes.policeCodes.find((known): known is codes.PoliceCode => known === partner);
  // Nothing is invented about a police force that has joined since.
  if (!code) return;
  const faker = createFaker(code);
  const inventPerson = createPeople(faker);
  const officers = inventOfficers(code, inventPerson);
  const experts = inventExperts(code, inventPerson);
  const prepared = inventFormalities(code);
  const { hostings, confirmations } = inventHostings(code);
  const rows = [
    [Officer, officers.officers],
    [OfficerLanguage, officers.languages],
    [OfficerNomination, inventNominations(code)],
    [OfficerFormality, prepared.formalities],
    [OfficerTravelNeeds, prepared.needs],
    [ParticipantReport, inventReports(code, faker)],
    [Expert, experts.experts],
    [ExpertLanguage, experts.languages],
    [ExpertRole, experts.roles],
    [ExpertField, experts.fields],
    [ExpertLoan, inventLoans(code)],
    [Hosting, hostings],
    [StopConfirmation, confirmations],
  ] as const;
  await database.transaction(async (manager) => {
    for (const [entity, invented] of rows) {
      if (invented.length > 0) await manager.getRepository<object>(entity).insert([...invented]);
    }
  });
}
