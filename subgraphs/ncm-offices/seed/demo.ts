import { base, en, Faker, ru } from '@faker-js/faker';
import { toSearchText } from '@hub/shared/database';
import { FormalityKind, russia, type TargetGroup } from '@hub/shared/vocabulary';
import type { DataSource, EntityManager } from 'typeorm';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { EvaluationText } from '../entities/evaluation-text.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office } from '../entities/office.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { Region } from '../entities/region.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { OfficeKind, type NominationStatus } from '../entities/vocabulary.js';

const seed = 20_260_817;
const delegateCount = 30;
/**
 * The delegates of the office in St. Petersburg come first. The travelling group belongs to this
 * office.
 */
const ofStPetersburg = 22;
const selectedCount = 12;

const employers: readonly { readonly targetGroup: TargetGroup; readonly employer: string }[] = [
  { targetGroup: 'POLICE', employer: 'Police' },
  { targetGroup: 'POLICE', employer: 'Criminal police' },
  { targetGroup: 'PROSECUTION', employer: 'Prosecutor’s office' },
  { targetGroup: 'POLICE', employer: 'Migration police' },
  { targetGroup: 'COURT', employer: 'Court' },
  { targetGroup: 'BORDER_CONTROL', employer: 'Border service' },
  { targetGroup: 'CUSTOMS', employer: 'Customs' },
];

const languages = [
  ['ru', 'en'],
  ['ru'],
  ['ru', 'en', 'fi'],
  ['ru', 'en'],
  ['ru', 'no'],
  ['ru', 'en', 'sv'],
];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** The decisions on the nominations for the travelling group, with reasons. */
function decide(number: number): Pick<DelegateNomination, 'status' | 'reason'> {
  const decided = (status: NominationStatus, reason: string | null) => ({ status, reason });
  if (number <= selectedCount) return decided('SELECTED', null);
  if (number === selectedCount + 1)
    return decided('DECLINED', 'The group has the size that was planned.');
  return decided('WITHDRAWN', 'Not free in the week of the visit.');
}

function inventDelegates(partner: string, regions: readonly Region[]) {
  const faker = new Faker({ locale: [ru, en, base], seed });
  const regionsOf = (office: string) => regions.filter(({ officeId }) => officeId === office);
  return Array.from({ length: delegateCount }, (_, index) => {
    const number = index + 1;
    const officeId = number <= ofStPetersburg ? `${partner}:led` : `${partner}:kgd`;
    const region = pick(regionsOf(officeId), index);
    const { targetGroup, employer } = pick(employers, index);
    const sex = faker.person.sexType();
    const delegate = {
      id: `${partner}:demo-delegate-${number}`,
      name: `${faker.person.firstName(sex)} ${faker.person.lastName(sex)}`,
      email: `demo-delegate-${number}@${partner}.example.org`,
      targetGroup,
      country: region.country,
      regionCode: region.code,
      employer: `${employer}, ${region.name}`,
      officeId,
      version: 1,
    };
    return { delegate, region };
  });
}

function confirmStops(visit: number, count: number, officeId: string, confirmedOn: string) {
  return Array.from({ length: count }, (_, index) => ({
    stopId: `nbnp:demo-stop-${visit}-${index + 1}`,
    officeId,
    confirmedOn,
    stopVersion: 1,
  }));
}

/** Loads the offices' part of the demonstration: invented people, from a fixed seed, beside the facts. */
export async function loadDemonstration(source: DataSource, partner: string): Promise<void> {
  const regions = await source.getRepository(Region).find({ order: { code: 'ASC' } });
  const invented = inventDelegates(partner, regions);
  await source.transaction(async (manager) => {
    await insertPeople(manager, partner, invented);
    await insertFormalities(manager, partner);
    await insertJourneys(manager, partner);
  });
}

/** Inserts the delegates, and their nominations for the group that travels. */
async function insertPeople(
  manager: EntityManager,
  partner: string,
  invented: ReturnType<typeof inventDelegates>,
): Promise<void> {
  await manager.insert(
    Delegate,
    invented.map(({ delegate }) => delegate),
  );
  await manager.insert(
    DelegateLanguage,
    invented.flatMap(({ delegate }, index) =>
      pick(languages, index).map((tag, place) => ({
        delegateId: delegate.id,
        tag,
        place: place + 1,
      })),
    ),
  );
  await manager.insert(
    DelegateNomination,
    invented.slice(0, selectedCount + 2).map(({ delegate, region }, index) => ({
      id: `${partner}:demo-nomination-1-${index + 1}`,
      groupId: 'nbnp:demo-group-1',
      delegateId: delegate.id,
      nominatedOn: '2026-08-17',
      ...decide(index + 1),
      decidedOn: '2026-09-14',
      authorityId: index < selectedCount && region.code === 'RU-SPE' ? 'nbnp:ru-spb-gov' : null,
      localAuthority: index < selectedCount ? `Regional administration, ${region.name}` : null,
      replacesId: index + 1 === selectedCount ? `${partner}:demo-nomination-1-14` : null,
      version: 2,
    })),
  );
}

/** The real offices in Russia closed in 2015. The demonstration’s journeys need one that is open. */
async function insertOffice(manager: EntityManager, partner: string): Promise<string> {
  const name = 'Demonstration: Nordic office in St. Petersburg';
  const office: Office = {
    id: `${partner}:demo-office`,
    name,
    kind: OfficeKind.OFFICE,
    city: 'St Petersburg',
    country: russia,
    openedOn: '2024',
    openedPrecision: 'YEAR',
    closedOn: null,
    closedPrecision: null,
    parentId: null,
    variants: [],
    source: null,
    roleInField: 'Demonstration: arranges what groups need in North-West Russia.',
    note: 'Invented.',
    searchText: toSearchText(name),
  };
  await manager.insert(Office, office);
  return office.id;
}

/** Inserts what the selected delegates have and need for their journey. One insurance came too late. */
async function insertFormalities(manager: EntityManager, partner: string): Promise<void> {
  const kinds = Object.keys(FormalityKind) as FormalityKind[];
  const late = {
    status: 'REQUESTED',
    on: '2026-11-16',
    note: 'The insurer asks for the itinerary.',
  } as const;
  const received = { status: 'RECEIVED', on: '2026-11-05', note: null } as const;
  const formalitiesOf = (number: number): DelegateFormality[] =>
    kinds.map((kind) => ({
      delegateId: `${partner}:demo-delegate-${number}`,
      groupId: 'nbnp:demo-group-1',
      kind,
      ...(number === selectedCount && kind === 'INSURANCE' ? late : received),
    }));
  const numbers = Array.from({ length: selectedCount }, (_, index) => index + 1);
  await manager.insert(DelegateFormality, numbers.flatMap(formalitiesOf));
  await manager.insert(DelegateTravelNeeds, {
    delegateId: `${partner}:demo-delegate-1`,
    diet: 'No nuts',
    access: 'A room without stairs',
    emergencyContact: 'A sister, sister@ncm.example.org',
    setOn: '2026-11-05',
  });
}

/** Inserts what the offices have done for groups, visits and programmes. */
async function insertJourneys(manager: EntityManager, partner: string): Promise<void> {
  const office = await insertOffice(manager, partner);
  await manager.insert(GroupMeeting, {
    groupId: 'nbnp:demo-group-1',
    kind: 'BRIEFING',
    officeId: office,
    heldOn: '2026-11-09',
    place: 'St. Petersburg',
  });
  await manager.insert(StopConfirmation, [
    ...confirmStops(4, 6, office, '2025-02-10'),
    ...confirmStops(2, 2, office, '2026-11-16'),
  ]);
  await manager.insert(RegionalHosting, {
    id: `${partner}:demo-hosting-2`,
    officeId: office,
    visitId: 'nbnp:demo-visit-2',
    status: 'CONFIRMED',
    accommodation: 'A guest house of the university, single rooms',
    transport: 'A minibus of the office',
    meetingPoint: 'The arrival hall of the Finland Station',
    contactOnTheSpot: 'The adviser of the office, adviser@ncm.example.org',
    emergencyContact: 'The head of the office, head@ncm.example.org',
    note: 'The visa letter must name every stop.',
    decidedOn: '2026-11-16',
    version: 2,
  });
  await manager.insert(ProgrammeSignature, {
    programmeId: 'nbnp:demo-programme-past',
    signedOn: '2025-11-27',
  });
  await manager.insert(EvaluationText, {
    programmeId: 'nbnp:demo-programme-past',
    summary: 'Demonstration: the office and the authorities want a second group.',
    version: 1,
  });
}
