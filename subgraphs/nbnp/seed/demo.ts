import type { LoadedDatabase } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { EvaluationSignature, EvaluationText } from '../entities/evaluation.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Absence, ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { AbsenceReason, Direction, StopStatus } from '../entities/vocabulary.js';
import { decisions, visits } from './demo-plan.js';

const id = (local: string): string => `nbnp:demo-${local}`;

const current = id('programme');
const past = id('programme-past');

const programmeRules = {
  isRehearsal: true,
  groupSizeMin: 10,
  groupSizeMax: 15,
  targetGroups: Object.values(vocabulary.TargetGroup),
  sectorsToShow: [
    vocabulary.Sector.POLICE,
    vocabulary.Sector.PROSECUTION,
    vocabulary.Sector.SOCIAL,
    vocabulary.Sector.HEALTH,
    vocabulary.Sector.NGO,
  ],
  workingLanguages: ['en', 'ru'],
  areaCodes: null,
  hasDocumentedGroups: true,
};

const programmes: Partial<Programme>[] = [
  {
    ...programmeRules,
    id: current,
    title: 'Demonstration programme',
    startsOn: '2026',
    endsOn: '2027',
    plannedGroups: 4,
  },
  {
    ...programmeRules,
    id: past,
    title: 'Demonstration programme, past',
    startsOn: '2024',
    endsOn: '2025',
    plannedGroups: 1,
  },
];

const journeys = [
  { direction: Direction.NORTH_WEST_RUSSIA_TO_NORDIC, destination: 'a Nordic country' },
  { direction: Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA, destination: 'North-West Russia' },
].map((journey, position) => ({
  id: id(`journey-${position + 1}`),
  programmeId: current,
  position,
  weeks: 1,
  ...journey,
}));

const signatures: EvaluationSignature[] = [{ programmeId: past, signedOn: '2025-11-20' }];

const evaluationTexts: EvaluationText[] = [
  {
    programmeId: past,
    summary:
      'Demonstration: the group saw what it came to see, and the reports say what to do next.',
    findings: [
      {
        title: 'Demonstration: shelters',
        text: 'Demonstration: the group saw how police and shelters share one telephone number.',
        sector: vocabulary.Sector.NGO,
      },
    ],
    recommendations: ['Demonstration: plan one day more for prosecution and courts.'],
    version: 2,
  },
];

const groups: Partial<Group>[] = [
  {
    id: id('group-1'),
    name: 'Demonstration group 1',
    direction: Direction.NORTH_WEST_RUSSIA_TO_NORDIC,
    programmeId: current,
    coordinatingOfficeId: 'ncm:led',
    plannedSize: 12,
  },
  {
    id: id('group-2'),
    name: 'Demonstration group 2',
    direction: Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA,
    programmeId: current,
    coordinatingOfficeId: 'ncm:led',
    plannedSize: 11,
  },
  {
    id: id('group-3'),
    name: 'Demonstration group 3',
    direction: Direction.NORTH_WEST_RUSSIA_TO_NORDIC,
    programmeId: current,
    coordinatingOfficeId: 'ncm:kgd',
    plannedSize: 14,
  },
  {
    id: id('group-4'),
    name: 'Demonstration group 4',
    direction: Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA,
    programmeId: past,
    coordinatingOfficeId: 'ncm:kgd',
    plannedSize: 12,
  },
  {
    id: id('group-5'),
    name: 'Demonstration group 5',
    direction: Direction.NORTH_WEST_RUSSIA_TO_NORDIC,
    programmeId: current,
    coordinatingOfficeId: 'ncm:demo-office',
    plannedSize: 10,
  },
];

/** Whose place an officer took: the officer of her country who was declined. */
const replacements: Readonly<Record<string, string>> = { 'fi-2-3': 'fi:demo-nomination-2-4' };

function decide(
  { group, on }: (typeof decisions)[number],
  officers: Readonly<Record<string, readonly number[]>>,
  decision: 'MEMBER' | 'RESERVE' | 'DECLINED',
): OfficerNomination[] {
  const isDeclined = decision === 'DECLINED';
  return Object.entries(officers).flatMap(([police, numbers]) =>
    numbers.map((number) => ({
      id: `${police}:demo-nomination-${group}-${number}`,
      groupId: id(`group-${group}`),
      officerId: `${police}:demo-officer-${number}`,
      acceptedOn: isDeclined ? null : on,
      declinedOn: isDeclined ? on : null,
      declineReason: isDeclined ? 'Demonstration: the country sends another officer.' : null,
      reserve: decision === 'RESERVE',
      replacesId: replacements[`${police}-${group}-${number}`] ?? null,
      decisionVersion: 1,
    })),
  );
}

const nominations = decisions.flatMap((decision) => [
  ...decide(decision, decision.accepted, 'MEMBER'),
  ...decide(decision, decision.reserves, 'RESERVE'),
  ...decide(decision, decision.declined, 'DECLINED'),
]);

const absences: Absence[] = [
  {
    visitId: id('visit-4'),
    participantId: 'se:demo-officer-2',
    groupId: id('group-4'),
    from: '2025-03-13',
    reason: AbsenceReason.DUTY,
  },
];

const ofGroup4 = nominations.flatMap(({ groupId, officerId, acceptedOn }) =>
  groupId === id('group-4') && acceptedOn !== null ? officerId : [],
);

const meetings: Partial<GroupMeeting>[] = [
  {
    groupId: id('group-4'),
    kind: 'BRIEFING',
    on: '2025-02-20',
    place: 'Helsinki',
    agenda: 'Demonstration: the programme of the week, safety, and what to ask at each stop.',
    outcome: 'Demonstration: each member takes one question to each stop.',
    attendees: ofGroup4,
  },
  {
    groupId: id('group-4'),
    kind: 'DEBRIEFING',
    on: '2025-04-02',
    place: 'Riga',
    agenda: 'Demonstration: what the group saw, and who writes which part of the reports.',
    outcome: 'Demonstration: the members keep in touch with the centre that they visited.',
    attendees: ofGroup4.filter((officer) => officer !== 'se:demo-officer-2'),
  },
];

/** The day a number of days after another. */
const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const visitRows = visits.map(
  ({ number, title, startsOn, endsOn, departedOn, returnedOn, cancelled }) => ({
    id: id(`visit-${number}`),
    groupId: id(`group-${number}`),
    title,
    startsOn,
    endsOn,
    departedOn,
    returnedOn,
    ...(cancelled && { ...cancelled, version: 2 }),
    practicalInformation: 'Demonstration: bring your service pass and a raincoat.',
  }),
);

const hosts = visits.flatMap(({ number, hostCountries }) =>
  hostCountries.map((country, position) => ({
    visitId: id(`visit-${number}`),
    country,
    position,
    owner: codes.hostOf(country),
  })),
);

/** What became of a stop: those of the past visit were held, and one ahead is called off. */
function becameOf(stop: string): Partial<ItineraryStop> {
  if (stop.startsWith('4-')) return { status: StopStatus.HELD };
  return stop === '2-6'
    ? {
        status: StopStatus.CALLED_OFF,
        statusReason: 'Demonstration: the centre is closed on that day.',
        calledOffOn: '2026-11-20',
        version: 2,
      }
    : {};
}

const stops = visits.flatMap(({ number, startsOn, siteContact, stops: planned }) =>
  planned.map((stop, index) => ({
    id: id(`stop-${number}-${index + 1}`),
    visitId: id(`visit-${number}`),
    ...stop,
    hostOwner: codes.hostOf(stop.hostCountry),
    day: daysAfter(startsOn, index),
    from: '10:00',
    to: '15:00',
    meetingPoint: 'Demonstration: the main entrance',
    contactOnTheSpot: 'Demonstration: the reception, +000 000 0001',
    ...(stop.siteId !== null && siteContact),
    ...becameOf(`${number}-${index + 1}`),
  })),
);

const assignments = visits.flatMap(({ number, experts }) =>
  experts.map((expert, index) => ({
    id: id(`assignment-${number}-${index + 1}`),
    visitId: id(`visit-${number}`),
    ...expert,
  })),
);

/**
 * Loads the network’s part of the invented demonstration: programmes, groups, decisions, visits. It
 * has no names of people.
 */
export async function loadDemonstration(database: LoadedDatabase): Promise<void> {
  // Ordered so that references point backwards.
  const tables: [EntityTarget<ObjectLiteral>, object[]][] = [
    [Programme, programmes],
    [PlannedJourney, journeys],
    [EvaluationSignature, signatures],
    [EvaluationText, evaluationTexts],
    [Group, groups],
    [OfficerNomination, nominations],
    [Visit, visitRows],
    [VisitHost, hosts],
    [Absence, absences],
    [GroupMeeting, meetings],
    [ItineraryStop, stops],
    [ExpertAssignment, assignments],
  ];
  await database.transaction(async (manager) => {
    for (const [entity, rows] of tables) {
      // Copies, because TypeORM changes the objects that it inserts.
      const copies = rows.map((row) => ({ ...row }));
      await manager.insert(entity, copies);
    }
  });
}
