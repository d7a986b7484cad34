import { base, en, Faker, ru } from '@faker-js/faker';
import { textSearch } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
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
/** The delegates of the office in St. Petersburg come first. */
const ofStPetersburg = 22;

interface Decision {
  readonly status: NominationStatus;
  readonly reason?: string;
  readonly reserve?: true;
}

/** The nominations for a group: of delegates in sequence, the members first. */
interface PlannedGroup {
  readonly number: number;
  readonly firstDelegate: number;
  readonly members: number;
  readonly nominatedOn: string;
  readonly decidedOn: string;
  readonly formalitiesOn: string;
  /** On the nominees who are not members. The last member replaces the last of them. */
  readonly others: readonly Decision[];
}

const selected: Decision = { status: 'SELECTED' };

const groups: readonly PlannedGroup[] = [
  {
    number: 1,
    firstDelegate: 1,
    members: 12,
    nominatedOn: '2026-08-17',
    decidedOn: '2026-09-14',
    formalitiesOn: '2026-11-05',
    others: [
      { status: 'DECLINED', reason: 'The group has the size that was planned.' },
      { status: 'WITHDRAWN', reason: 'Not free in the week of the visit.' },
    ],
  },
  {
    number: 5,
    firstDelegate: 15,
    members: 10,
    nominatedOn: '2026-10-19',
    decidedOn: '2026-11-09',
    formalitiesOn: '2026-11-23',
    others: [
      { status: 'SELECTED', reserve: true },
      { status: 'PENDING' },
      { status: 'WITHDRAWN', reason: 'Moves to another office.' },
    ],
  },
];

const employers: readonly {
  readonly targetGroup: vocabulary.TargetGroup;
  readonly employer: string;
}[] = [
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
      isRehearsal: true,
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

/** Inserts the delegates, and their nominations for groups. */
async function insertPeople(
  manager: EntityManager,
  partner: string,
  invented: ReturnType<typeof inventDelegates>,
): Promise<void> {
  await manager.insert(
    Delegate,
    // Copies, because TypeORM changes the objects that it inserts.
    invented.map(({ delegate }) => ({ ...delegate })),
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
    groups.flatMap((group) => nominate(partner, group, invented)),
  );
}

function nominate(
  partner: string,
  { number: group, firstDelegate, members, others, ...days }: PlannedGroup,
  invented: ReturnType<typeof inventDelegates>,
): Partial<DelegateNomination>[] {
  const idOf = (number: number) => `${partner}:demo-nomination-${group}-${number}`;
  const count = members + others.length;
  return invented
    .slice(firstDelegate - 1, firstDelegate - 1 + count)
    .map(({ delegate, region }, index) => {
      const { status, reason = null, reserve = false } = others[index - members] ?? selected;
      const isSelected = status === 'SELECTED';
      return {
        id: idOf(index + 1),
        groupId: `nbnp:demo-group-${group}`,
        delegateId: delegate.id,
        nominatedOn: days.nominatedOn,
        motivation: 'Works on cases of trafficking in human beings every day.',
        status,
        reason,
        reserve,
        decidedOn: status === 'PENDING' ? null : days.decidedOn,
        authorityId: isSelected && region.code === 'RU-SPE' ? 'nbnp:ru-spb-gov' : null,
        localAuthority: isSelected ? `Regional administration, ${region.name}` : null,
        replacesId: index + 1 === members ? idOf(count) : null,
        version: status === 'PENDING' ? 1 : 2,
      };
    });
}

/** The real offices in Russia closed in 2015. The demonstration’s journeys need one that is open. */
async function insertOffice(manager: EntityManager, partner: string): Promise<string> {
  const name = 'Demonstration: Nordic office in St. Petersburg';
  const office: Office = {
    id: `${partner}:demo-office`,
    name,
    kind: OfficeKind.OFFICE,
    city: 'St Petersburg',
    country: codes.russia,
    openedOn: '2024',
    openedPrecision: 'YEAR',
    closedOn: null,
    closedPrecision: null,
    parentId: null,
    mergedIntoId: null,
    variants: [],
    source: null,
    checkedOn: null,
    roleInField: 'Demonstration: arranges what groups need in North-West Russia.',
    note: 'Invented.',
    isRehearsal: true,
    version: 1,
    searchText: textSearch.toSearchText(name),
  };
  await manager.insert(Office, office);
  return office.id;
}

/** What the members of a group have for their journey. Their last one’s insurance comes late. */
function formalitiesOf(
  partner: string,
  { number: group, firstDelegate, members, formalitiesOn }: PlannedGroup,
): DelegateFormality[] {
  const kinds = Object.keys(vocabulary.FormalityKind) as vocabulary.FormalityKind[];
  const received = { status: 'RECEIVED', on: formalitiesOn, note: null } as const;
  const late = {
    status: 'REQUESTED',
    on: '2026-11-16',
    note: 'The insurer asks for the itinerary.',
  } as const;
  return Array.from({ length: members }, (_, index) => index).flatMap((index) =>
    kinds.map((kind) => ({
      delegateId: `${partner}:demo-delegate-${firstDelegate + index}`,
      groupId: `nbnp:demo-group-${group}`,
      kind,
      ...(index + 1 === members && kind === 'INSURANCE' ? late : received),
      saidDoneOn: null,
      saidNote: null,
      version: 1,
    })),
  );
}

/** Inserts what members have and need for their journeys. */
async function insertFormalities(manager: EntityManager, partner: string): Promise<void> {
  await manager.insert(
    DelegateFormality,
    groups.flatMap((group) => formalitiesOf(partner, group)),
  );
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
    on: '2026-11-09',
    place: 'St. Petersburg',
    agenda: 'Demonstration: the programme of the week, visas and insurance, reports.',
    outcome: 'Demonstration: the delegates prepared their questions to each stop.',
    // The twelfth member missed it.
    attendees: Array.from({ length: 11 }, (_, index) => `${partner}:demo-delegate-${index + 1}`),
  });
  await manager.insert(StopConfirmation, [
    ...confirmStops(4, 6, office, '2025-02-10'),
    ...confirmStops(2, 2, office, '2026-11-16'),
  ]);
  await manager.insert(RegionalHosting, {
    id: `${partner}:demo-hosting-2`,
    officeId: office,
    visitId: 'nbnp:demo-visit-2',
    isRehearsal: true,
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
