import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { EvaluationSignature, EvaluationText } from '../entities/evaluation.entity.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side, SideParty, type SidePart } from '../entities/side.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';

/** 001 to the count. */
export const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(index + 1).padStart(3, '0'));

const hundred = numbers(100);

/** Two rows for each number, to detect a relation that confuses parents. */
const twice = <Row>(row: (number: string, half: 1 | 2) => Row): Row[] =>
  hundred.flatMap((number) => [row(number, 1), row(number, 2)]);

const once = <Row>(row: (number: string) => Row): Row[] => hundred.map(row);

const rows: readonly (readonly [EntityTarget<ObjectLiteral>, object[]])[] = [
  [
    Organisation,
    once((n) => ({
      id: `nbnp:organisation-${n}`,
      name: n,
      variants: [],
      kind: 'ngo',
      parentId: `nbnp:organisation-001`,
      searchText: n,
    })),
  ],
  [PoliceUnit, once((n) => ({ id: `dk:unit-${n}`, superiorId: `nbnp:organisation-${n}` }))],
  [
    Spokesmanship,
    twice((n, half) => ({
      id: `nbnp:term-${n}-${half}`,
      bodyId: `nbnp:organisation-${n}`,
      position: half,
      country: half === 1 ? 'DK' : 'SE',
      role: 'chair',
      unitId: `dk:unit-${n}`,
    })),
  ],
  [
    Programme,
    once((n) => ({
      id: `nbnp:programme-${n}`,
      title: n,
      groupSizeMin: 10,
      groupSizeMax: 15,
      targetGroups: ['POLICE'],
      sectorsToShow: ['POLICE', 'NGO'],
      workingLanguages: [],
      areaCodes: ['RU-MUR'],
      hasDocumentedGroups: true,
    })),
  ],
  [
    EvaluationSignature,
    once((n) => ({ programmeId: `nbnp:programme-${n}`, signedOn: '2025-11-20' })),
  ],
  [
    EvaluationText,
    once((n) => ({
      programmeId: `nbnp:programme-${n}`,
      summary: n,
      findings: [],
      recommendations: [],
      version: 1,
    })),
  ],
  [
    Event,
    once((n) => ({
      id: `nbnp:event-${n}`,
      title: n,
      kind: 'SEMINAR',
      workingLanguages: [],
      programmeId: `nbnp:programme-${n}`,
      searchText: n,
    })),
  ],
  [
    Event,
    twice((n, half) => ({
      id: `nbnp:part-${n}-${half}`,
      title: n,
      kind: 'SEMINAR_PART',
      workingLanguages: [],
      partOfId: `nbnp:event-${n}`,
      searchText: n,
    })),
  ],
  [
    EventCountry,
    twice((n, half) => ({
      eventId: `nbnp:event-${n}`,
      country: half === 1 ? 'NO' : 'FI',
      position: half,
    })),
  ],
  [
    PartyRole,
    twice((n, half) => ({
      id: `event-${n}-${half}`,
      eventId: `nbnp:event-${n}`,
      partyId: half === 1 ? `nbnp:organisation-${n}` : `dk:unit-${n}`,
      position: half,
      role: 'ORGANISER',
    })),
  ],
  [
    PartyRole,
    twice((n, half) => ({
      id: `part-${n}-${half}`,
      eventId: `nbnp:part-${n}-1`,
      partyId: half === 1 ? `nbnp:organisation-${n}` : `dk:unit-${n}`,
      position: half,
      role: 'HOST',
    })),
  ],
  [
    PartyRole,
    once((n) => ({
      id: `programme-${n}`,
      programmeId: `nbnp:programme-${n}`,
      partyId: `nbnp:organisation-${n}`,
      position: 1,
      role: 'LEAD',
    })),
  ],
  [
    Group,
    once((n) => ({
      id: `nbnp:group-${n}`,
      name: n,
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      programmeId: `nbnp:programme-${n}`,
      coordinatingOfficeId: `ncm:office-${n}`,
      plannedSize: 12,
    })),
  ],
  [
    GroupMeeting,
    once((n) => ({
      groupId: `nbnp:group-${n}`,
      kind: 'BRIEFING',
      on: '2026-10-10',
      attendees: [`dk:officer-${n}-1`],
    })),
  ],
  [
    OfficerNomination,
    twice((n, half) => ({
      id: `dk:nomination-${n}-${half}`,
      groupId: `nbnp:group-${n}`,
      officerId: `dk:officer-${n}-${half}`,
      acceptedOn: `2026-10-0${half}`,
    })),
  ],
  [
    Visit,
    twice((n, half) => ({
      id: `nbnp:visit-${n}-${half}`,
      groupId: `nbnp:group-${n}`,
      title: n,
      departedOn: '2026-11-22',
    })),
  ],
  [
    VisitHost,
    once((n) => ({ visitId: `nbnp:visit-${n}-1`, country: 'FI', position: 1, owner: 'fi' })),
  ],
  [
    ItineraryStop,
    twice((n, half) => ({
      id: `nbnp:stop-${n}-${half}`,
      visitId: `nbnp:visit-${n}-1`,
      hostCountry: 'FI',
      hostOwner: 'fi',
      day: '2026-11-22',
      title: n,
      sector: 'POLICE',
      siteId: `fi:site-${n}`,
    })),
  ],
  [
    ExpertAssignment,
    once((n) => ({
      id: `nbnp:assignment-${n}`,
      visitId: `nbnp:visit-${n}-1`,
      expertId: `ee:expert-${n}`,
      role: 'EXPERT',
      languages: ['et'],
    })),
  ],
  [
    Claim,
    [
      ...once((n) => ({
        subjectId: `nbnp:event-${n}`,
        position: 1,
        property: 'startsOn',
        value: n,
        preferred: true,
      })),
      ...once((n) => ({
        subjectId: `nbnp:organisation-${n}`,
        position: 1,
        property: 'name',
        value: n,
        preferred: true,
      })),
    ],
  ],
];

/** A hundred records of each kind, each with its own relations. */
export async function insertHundredOfEach(source: DataSource): Promise<void> {
  for (const [entity, values] of rows) await source.manager.insert(entity, values);
}

/** For each programme a group and a journey between two sides of its own. */
export async function insertSidesOfEach({ manager }: DataSource): Promise<void> {
  const ends = (n: string) => ({ fromSideId: `nbnp:latvia-${n}`, toSideId: `nbnp:denmark-${n}` });
  const sideOf = (n: string, name: string, country: string, position: number) => ({
    id: `nbnp:${name.toLowerCase()}-${n}`,
    programmeId: `nbnp:programme-${n}`,
    position,
    name,
    countries: [country],
    regionCodes: [],
    ownSectors: position === 0 ? null : ['SOCIAL' as const],
  });
  const actsOn = (n: string, part: SidePart, partyId: string, position: number) => ({
    sideId: `nbnp:latvia-${n}`,
    part,
    partyId,
    programmeId: `nbnp:programme-${n}`,
    position,
  });
  await manager.insert(
    Side,
    twice((n, half) => (half === 1 ? sideOf(n, 'Latvia', 'LV', 0) : sideOf(n, 'Denmark', 'DK', 1))),
  );
  await manager.insert(
    SideParty,
    twice((n, half) =>
      half === 1
        ? actsOn(n, 'SELECTOR', 'lv:unit', 0)
        : actsOn(n, 'COORDINATOR', `ncm:office-${n}`, 1),
    ),
  );
  await manager.insert(
    Group,
    once((n) => ({
      id: `nbnp:sided-${n}`,
      name: n,
      programmeId: `nbnp:programme-${n}`,
      plannedSize: 12,
      ...ends(n),
    })),
  );
  await manager.insert(
    PlannedJourney,
    once((n) => ({
      id: `nbnp:journey-${n}`,
      programmeId: `nbnp:programme-${n}`,
      position: 0,
      weeks: 1,
      destination: 'Denmark',
      ...ends(n),
    })),
  );
}
