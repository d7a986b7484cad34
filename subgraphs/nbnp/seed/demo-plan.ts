import type { vocabulary } from '@hub/shared/programme';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';

// The demonstrations of the three subgraphs refer to each other’s records, so the ids here must
// match theirs.

/** The programme of one day of a visit. */
interface PlannedStop {
  readonly hostCountry: string;
  readonly sector: vocabulary.Sector;
  readonly title: string;
  readonly siteId: string | null;
}

const stop = (
  hostCountry: string,
  sector: vocabulary.Sector,
  title: string,
  siteId: string | null = null,
): PlannedStop => ({
  hostCountry,
  sector,
  title,
  siteId,
});

/** To Finland and Estonia. */
const nordicStops = [
  stop('FI', 'POLICE', 'National Police Board of Finland', 'fi:site-fi-npb'),
  stop('FI', 'POLICE', 'National Police College of Finland', 'fi:site-fi-college'),
  stop('FI', 'SOCIAL', 'Assistance system in the Joutseno Reception Centre', 'fi:site-fi-joutseno'),
  stop('EE', 'PROSECUTION', 'Northern District Prosecutor’s Office', 'ee:site-ee-npo'),
  stop('EE', 'POLICE', 'Police and Border Guard Board', 'ee:site-ee-ppa'),
  stop('EE', 'NGO', 'Shelter Vega', 'ee:site-ee-vega'),
];

/** To North-West Russia. */
const russianStops = [
  stop('RU', 'POLICE', 'Meeting with investigators of the police'),
  stop('RU', 'PROSECUTION', 'Meeting with prosecutors'),
  stop('RU', 'GOVERNMENT', 'Tavrichesky Palace', 'ncm:site-ru-tavrichesky'),
  stop('RU', 'SOCIAL', 'Meeting with the social services'),
  stop('RU', 'NGO', 'Shelter of the Red Cross', 'ncm:site-ru-shelter'),
  stop('RU', 'NGO', 'Information and consultation centre', 'ncm:site-ru-icc'),
];

/** To Norway, Sweden and Denmark. Norway has confirmed its first stop only, Denmark none. */
const westernStops = [
  stop('NO', 'POLICE', 'Meeting with investigators in Oslo'),
  stop('NO', 'GOVERNMENT', 'Coordinating Unit for Victims of Trafficking', 'no:site-no-kom'),
  stop('NO', 'NGO', 'Shelter in Oslo', 'no:site-no-rosa'),
  stop('SE', 'PROSECUTION', 'Meeting with prosecutors in Stockholm'),
  stop('DK', 'SOCIAL', 'Danish Centre against Human Trafficking', 'dk:site-dk-cmm'),
  stop('DK', 'POLICE', 'Meeting with investigators in Copenhagen'),
];

/** To Iceland, cancelled. */
const icelandicStops = [
  stop('IS', 'POLICE', 'Meeting with investigators in Reykjavík'),
  stop('IS', 'PROSECUTION', 'Meeting with prosecutors in Reykjavík'),
  stop('IS', 'SOCIAL', 'Meeting with the social services'),
  stop('IS', 'NGO', 'Meeting at a shelter'),
];

export interface PlannedVisit {
  readonly number: number;
  readonly title: string;
  readonly hostCountries: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly departedOn: string | null;
  readonly returnedOn: string | null;
  readonly cancelled?: { readonly cancelledOn: string; readonly cancelReason: string };
  readonly siteContact: Pick<ItineraryStop, 'siteContact' | 'siteContactOn'>;
  readonly stops: readonly PlannedStop[];
  readonly experts: readonly {
    readonly expertId: string;
    readonly role: vocabulary.SupportRole;
    readonly languages: string[];
    readonly assignedOn: string;
  }[];
}

/** Each visit has the number of its group. */
export const visits: readonly PlannedVisit[] = [
  {
    number: 1,
    title: 'Demonstration: a week in Finland and Estonia',
    hostCountries: ['FI', 'EE'],
    startsOn: '2026-11-22',
    endsOn: '2026-11-27',
    departedOn: '2026-11-22',
    returnedOn: null,
    siteContact: { siteContact: 'AGREED', siteContactOn: '2026-10-20' },
    stops: nordicStops,
    experts: [
      {
        expertId: 'ee:demo-expert-1',
        role: 'INTERPRETER',
        languages: ['et', 'ru'],
        assignedOn: '2026-10-01',
      },
      {
        expertId: 'lv:demo-expert-1',
        role: 'EXPERT',
        languages: ['en', 'ru'],
        assignedOn: '2026-10-01',
      },
    ],
  },
  {
    number: 2,
    title: 'Demonstration: a week in North-West Russia',
    hostCountries: ['RU'],
    startsOn: '2027-02-07',
    endsOn: '2027-02-12',
    departedOn: null,
    returnedOn: null,
    siteContact: { siteContact: 'AGREED', siteContactOn: '2026-10-20' },
    stops: russianStops,
    // Lithuania refuses the first, and Latvia has not decided on the second.
    experts: [
      {
        expertId: 'lt:demo-expert-2',
        role: 'INTERPRETER',
        languages: ['lt', 'ru'],
        assignedOn: '2026-11-02',
      },
      {
        expertId: 'lv:demo-expert-2',
        role: 'INTERPRETER',
        languages: ['lv', 'ru'],
        assignedOn: '2026-11-20',
      },
    ],
  },
  {
    // The group may make another visit.
    number: 3,
    title: 'Demonstration: a week in Iceland',
    hostCountries: ['IS'],
    startsOn: '2026-12-06',
    endsOn: '2026-12-11',
    departedOn: null,
    returnedOn: null,
    cancelled: {
      cancelledOn: '2026-11-10',
      cancelReason: 'Demonstration: there are no flights in that week.',
    },
    siteContact: { siteContact: null, siteContactOn: null },
    stops: icelandicStops,
    experts: [],
  },
  {
    number: 4,
    title: 'Demonstration: an earlier week in North-West Russia',
    hostCountries: ['RU'],
    startsOn: '2025-03-09',
    endsOn: '2025-03-14',
    departedOn: '2025-03-09',
    returnedOn: '2025-03-14',
    siteContact: { siteContact: 'THANKED', siteContactOn: '2025-04-10' },
    stops: russianStops,
    experts: [
      {
        expertId: 'lt:demo-expert-1',
        role: 'INTERPRETER',
        languages: ['lt', 'ru'],
        assignedOn: '2025-01-15',
      },
      {
        expertId: 'lv:demo-expert-2',
        role: 'SUPPORT_PERSON',
        languages: ['lv', 'ru'],
        assignedOn: '2025-01-15',
      },
    ],
  },
  {
    number: 5,
    title: 'Demonstration: a week in Norway, Sweden and Denmark',
    hostCountries: ['NO', 'SE', 'DK'],
    startsOn: '2027-03-07',
    endsOn: '2027-03-12',
    departedOn: null,
    returnedOn: null,
    siteContact: { siteContact: 'ASKED', siteContactOn: '2026-11-18' },
    stops: westernStops,
    experts: [
      {
        expertId: 'ee:demo-expert-1',
        role: 'INTERPRETER',
        languages: ['et', 'ru'],
        assignedOn: '2026-11-12',
      },
    ],
  },
];

/** The numbers of the officers of each country that the network accepted, kept as reserves and declined. */
export const decisions = [
  {
    group: 2,
    on: '2026-10-05',
    accepted: { dk: [3, 4], ee: [3], fi: [3], is: [3], lt: [3], lv: [3], no: [3, 4], se: [3, 4] },
    reserves: { ee: [4] },
    declined: { fi: [4] },
  },
  {
    group: 4,
    on: '2024-10-01',
    accepted: {
      dk: [1, 2],
      ee: [1],
      fi: [1, 2],
      is: [1],
      lt: [1],
      lv: [1],
      no: [1, 2],
      se: [1, 2],
    },
    reserves: {},
    declined: {},
  },
] as const;
