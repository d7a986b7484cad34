import type { DataSource } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { NationalSite, SiteClaim } from '../entities/national-site.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';

/** A unit for a test. Fields that are not given are unknown. */
export const unitRow = (
  row: Partial<PoliceUnit> & Pick<PoliceUnit, 'id' | 'country'>,
): PoliceUnit => ({
  name: row.id,
  acronym: null,
  variants: [],
  city: null,
  validFrom: null,
  validTo: null,
  successorId: null,
  checkedOn: null,
  mergedIntoId: null,
  version: 1,
  parentId: null,
  kind: 'police_unit',
  note: null,
  source: null,
  searchText: (row.name ?? row.id).toLowerCase(),
  ...row,
});

/** An officer of a test. */
export const officerRow = (
  row: Partial<Officer> & Pick<Officer, 'id' | 'unitId'>,
): Omit<Officer, 'country' | 'report'> => ({
  name: row.id,
  email: null,
  rank: null,
  isRehearsal: false,
  targetGroup: 'POLICE',
  version: 1,
  ...row,
});

/** The numbers from 1 as three digits, so that ids sort by them. */
export const numbers = (length: number): string[] =>
  Array.from({ length }, (_, index) => String(index + 1).padStart(3, '0'));

/** Gives a police force of Norway a hundred records of each kind, with two of each relation. */
export async function insertHundredOfEach({ manager }: DataSource): Promise<void> {
  const country = 'NO';
  const all = numbers(100);
  const each = <Row>(row: (number: string) => Row): Row[] => all.map(row);
  const twoOfEach = <Row>(row: (number: string, which: number) => Row): Row[] =>
    all.flatMap((number) => [row(number, 1), row(number, 2)]);
  const of = (kind: string, number: string) => `no:${kind}-${number}`;
  await manager.insert(PoliceUnit, [
    unitRow({ id: 'no:root', country }),
    ...each((number) =>
      unitRow({ id: of('unit', number), country, parentId: 'no:root', successorId: 'no:root' }),
    ),
    ...twoOfEach((number, which) =>
      unitRow({ id: `${of('unit', number)}-${which}`, country, parentId: of('unit', number) }),
    ),
  ]);
  const claim = { property: 'acronym', value: 'NCI', source: null, preferred: true, note: null };
  await manager.insert(
    Claim,
    twoOfEach((number, position) => ({ ...claim, unitId: of('unit', number), position })),
  );
  const site = { country, sector: 'POLICE', evidence: 'RELEVANT_HOST', searchText: '' } as const;
  await manager.insert(
    NationalSite,
    twoOfEach((number, which) => ({
      ...site,
      id: `${of('site', number)}-${which}`,
      name: number,
      unitId: of('unit', number),
      organisationId: 'nbnp:somebody',
      eventId: 'nbnp:something',
    })),
  );
  await manager.insert(
    SiteClaim,
    twoOfEach((number, which) => ({
      ...claim,
      siteId: `${of('site', number)}-${which}`,
      position: 0,
    })),
  );
  await manager.insert(Officer, [
    ...each((number) => officerRow({ id: of('officer', number), unitId: of('unit', number) })),
    ...each((number) =>
      officerRow({ id: `${of('officer', number)}-2`, unitId: of('unit', number) }),
    ),
  ]);
  await manager.insert(
    OfficerLanguage,
    each((number) => ({ officerId: of('officer', number), language: 'nb', position: 0 })),
  );
  await manager.insert(
    OfficerNomination,
    twoOfEach((number, which) => ({
      id: `${of('nomination', number)}-${which}`,
      groupId: `nbnp:group-${number}`,
      officerId: of('officer', number),
      nominatedOn: '2024-09-02',
    })),
  );
  await manager.insert(
    ParticipantReport,
    twoOfEach((number, which) => ({
      id: `${of('report', number)}-${which}`,
      officerId: of('officer', number),
      groupId: `nbnp:group-${number}`,
      visitId: `nbnp:visit-${which}`,
      receivedOn: `2025-03-2${which}`,
    })),
  );
  await manager.insert(
    Expert,
    each((number) => ({ id: of('expert', number), name: number, unitId: of('unit', number) })),
  );
  const ofExpert = (number: string) => ({ expertId: of('expert', number), position: 0 });
  await manager.insert(
    ExpertLanguage,
    each((number) => ({ ...ofExpert(number), language: 'nb' })),
  );
  await manager.insert(
    ExpertRole,
    each((number) => ({ ...ofExpert(number), role: 'EXPERT' as const })),
  );
  await manager.insert(
    ExpertField,
    each((number) => ({ ...ofExpert(number), field: 'NGO' as const })),
  );
  await manager.insert(
    Hosting,
    twoOfEach((number, which) => ({
      id: `${of('hosting', number)}-${which}`,
      visitId: `nbnp:visit-${number}`,
      unitId: of('unit', number),
      status: 'OFFERED' as const,
    })),
  );
  await manager.insert(
    StopConfirmation,
    each((number) => ({
      stopId: `nbnp:stop-${number}`,
      unitId: of('unit', number),
      stopVersion: 3,
      confirmedOn: '2026-10-20',
    })),
  );
}

/** Makes the demonstration’s people real, for a test of what counts real people. */
export async function makeReal({ manager }: DataSource): Promise<void> {
  for (const person of [Officer, Expert])
    await manager.createQueryBuilder().update(person).set({ isRehearsal: false }).execute();
}
