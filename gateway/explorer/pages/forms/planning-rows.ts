import * as choose from './choosers.ts';
import type { FormRow } from './form-row.ts';
import type { Subject } from './subject-query.ts';

const ofProgramme = ({ programme }: Subject) => ({
  programme: programme?.id,
  version: programme?.version,
});
const ofGroup = ({ group }: Subject) => ({ group: group?.id, version: group?.version });
const ofVisit = ({ visit }: Subject) => ({ visit: visit?.id, version: visit?.version });
const ofStop = ({ itineraryStop: stop }: Subject) => ({ stop: stop?.id, version: stop?.version });

const idsOf = (rows: readonly ({ readonly id: string } | null)[] | null | undefined) =>
  rows?.flatMap((row) => row?.id ?? []);

const planFields = [
  'title',
  'startsOn',
  'endsOn',
  'isRehearsal',
  'targetGroups',
  'workingLanguages',
  'aims',
  'sides',
  'plannedJourneys',
  'plannedGroups',
  'groupSizeMin',
  'groupSizeMax',
  'sectorsToShow',
  'areasToInvolve',
  'deadlines',
  'roles',
];
const planSections = {
  title: 'programme',
  sides: 'sides',
  plannedJourneys: 'journeys',
  sectorsToShow: 'show',
  deadlines: 'running',
};
const ofJourneys = ['plannedJourneys.from', 'plannedJourneys.to'];
/** A journey goes from one of the sides of the same form to another. */
const planTyped = { 'plannedJourneys.from': 'sides.name', 'plannedJourneys.to': 'sides.name' };
const planChoices = {
  'sides.regions': choose.regions,
  'sides.coordinators': choose.offices,
  'sides.hosts': choose.parties,
  'sides.selectors': choose.parties,
  areasToInvolve: choose.regions,
  'roles.party': choose.parties,
};

/** The plan of a programme, as its form has it. */
function planOf({ programme }: Subject) {
  if (!programme) return {};
  const { title, startsOn, endsOn, isRehearsal, targetGroups, sectorsToShow } = programme;
  const { groupSizeMin, groupSizeMax, plannedGroups, workingLanguages, deadlines } = programme;
  const own = { title, startsOn, endsOn, isRehearsal, targetGroups, sectorsToShow };
  const sizes = { groupSizeMin, groupSizeMax, plannedGroups, workingLanguages, deadlines };
  return {
    ...own,
    ...sizes,
    roles: programme.roles.flatMap(({ party, role }) => (party ? [{ party: party.id, role }] : [])),
    aims: programme.statements.map(({ text }) => text),
    areasToInvolve: programme.areasToInvolve?.map(({ code }) => code),
    plannedJourneys: programme.plannedJourneys.map(({ from, to, destination, weeks }) => ({
      destination,
      from: from.name,
      to: to.name,
      weeks,
    })),
    sides: programme.sides.map(({ name, countries, ...side }) => ({
      coordinators: idsOf(side.coordinators),
      countries,
      hosts: idsOf(side.hosts),
      name,
      regions: side.regions.map(({ code }) => code),
      sectorsToShow: side.sectorsToShow,
      selectors: idsOf(side.selectors),
    })),
  };
}

const stopFields = ['title', 'sector', 'site', 'city', 'address', 'meetingPoint'];
const stopWords = ['contactOnTheSpot', 'note'];

function stopOf({ itineraryStop: stop }: Subject) {
  if (!stop) return {};
  const { title, sector, site, city, address, meetingPoint, contactOnTheSpot, note } = stop;
  return { title, sector, site: site?.id, city, address, meetingPoint, contactOnTheSpot, note };
}

/** Forms of a programme and of its groups. */
const groupForms = {
  createProgramme: {
    about: 'none',
    fields: planFields,
    sections: planSections,
    required: ['startsOn', 'endsOn', ...ofJourneys],
    fixed: () => ({}),
    // A programme needs two sides before a group can be planned.
    initial: () => ({ groupSizeMin: 10, groupSizeMax: 15, sides: [{ name: '' }, { name: '' }] }),
    lists: ['parties', 'regions'],
    choices: planChoices,
    typed: planTyped,
    decides: 'isRehearsal',
    goal: 'programmes',
  },
  changeProgramme: {
    about: 'programme',
    fields: planFields,
    sections: planSections,
    required: [
      'title',
      'targetGroups',
      'groupSizeMin',
      'groupSizeMax',
      'workingLanguages',
      ...ofJourneys,
    ],
    fixed: ofProgramme,
    initial: planOf,
    isChange: true,
    lists: ['parties', 'regions'],
    choices: planChoices,
    typed: planTyped,
    decides: 'isRehearsal',
  },
  copyProgramme: {
    about: 'programme',
    fields: ['title', 'startsOn', 'endsOn', 'isRehearsal'],
    fixed: ({ programme }) => ({ programme: programme?.id }),
    initial: ({ programme }) => ({
      title: programme?.title,
      isRehearsal: programme?.isRehearsal,
    }),
    goal: 'programmes',
  },
  removeProgramme: {
    about: 'programme',
    fields: ['reason'],
    fixed: ofProgramme,
    goal: 'programmes',
  },
  createGroup: {
    about: 'programme',
    first: ({ programme }) => ((programme?.sides.length ?? 0) < 2 ? 'changeProgramme' : undefined),
    fields: ['name', 'from', 'to', 'coordinatingOffice', 'plannedSize'],
    required: ['from', 'to'],
    fixed: ({ programme }) => ({ programme: programme?.id }),
    initial: ({ programme }) => ({ plannedSize: programme?.groupSizeMax }),
    lists: ['parties'],
    choices: {
      from: choose.sides,
      to: choose.otherSides,
      coordinatingOffice: choose.coordinators,
    },
    decides: 'from',
    goal: 'made group',
  },
  changeGroup: {
    about: 'group',
    fields: ['name', 'plannedSize', 'coordinatingOffice'],
    required: ['name', 'plannedSize'],
    fixed: ofGroup,
    initial: ({ group }) => ({
      name: group?.name,
      plannedSize: group?.plannedSize,
      coordinatingOffice: group?.coordinatingOffice?.id,
    }),
    isChange: true,
    lists: ['offices'],
    choices: { coordinatingOffice: choose.coordinators },
  },
  copyGroup: {
    about: 'group',
    fields: ['name', 'startsOn', 'plannedSize', 'programme', 'coordinatingOffice'],
    fixed: ({ group }) => ({ group: group?.id }),
    initial: ({ group }) => ({
      plannedSize: group?.plannedSize,
      programme: group?.programme.id,
      coordinatingOffice: group?.coordinatingOffice?.id,
    }),
    // What is left out is as of the group that is copied.
    isChange: true,
    lists: ['programmes', 'offices'],
    choices: { programme: choose.programmes, coordinatingOffice: choose.coordinators },
    goal: 'made group',
  },
  cancelGroup: { about: 'group', fields: ['reason', 'on'], fixed: ofGroup },
  removeGroup: { about: 'group', fields: ['reason'], fixed: ofGroup, goal: 'programmes' },
} satisfies Record<string, FormRow>;

/** Forms of a visit and of its stops. */
const visitForms = {
  scheduleVisit: {
    about: 'group',
    fields: ['title', 'startsOn', 'endsOn', 'hostCountries'],
    fixed: ({ group }) => ({ group: group?.id }),
    choices: { hostCountries: choose.hostCountries },
    goal: 'made visit',
  },
  copyVisit: {
    about: 'visit',
    fields: ['group', 'startsOn', 'title'],
    fixed: ({ visit }) => ({ visit: visit?.id }),
    initial: ({ visit }) => ({ group: visit?.group.id, title: visit?.title }),
    lists: ['groups'],
    choices: { group: choose.groups },
    goal: 'made visit',
  },
  changeVisit: {
    about: 'visit',
    fields: ['title', 'hostCountries', 'practicalInformation'],
    required: ['title', 'hostCountries'],
    fixed: ofVisit,
    initial: ({ visit }) => ({
      title: visit?.title,
      hostCountries: visit?.hostCountries,
      practicalInformation: visit?.practicalInformation,
    }),
    isChange: true,
    choices: { hostCountries: choose.hostCountries },
  },
  recordDeparture: {
    about: 'visit',
    fields: ['on'],
    fixed: ({ visit }) => ({ id: visit?.id, version: visit?.version }),
    initial: ({ visit }) => ({ on: visit?.departedOn }),
  },
  recordReturn: {
    about: 'visit',
    fields: ['on'],
    fixed: ({ visit }) => ({ id: visit?.id, version: visit?.version }),
    initial: ({ visit }) => ({ on: visit?.returnedOn }),
  },
  cancelVisit: { about: 'visit', fields: ['reason', 'on'], fixed: ofVisit },
  addItineraryStop: {
    about: 'visit',
    fields: ['title', 'day', 'from', 'to', 'hostCountry', ...stopFields.slice(1), ...stopWords],
    fixed: ({ visit }) => ({ visit: visit?.id }),
    initial: ({ visit }) => ({ day: visit?.startsOn }),
    lists: ['sites'],
    choices: { hostCountry: choose.countriesOfVisit, site: choose.sites },
  },
  changeItineraryStop: {
    about: 'itineraryStop',
    fields: [...stopFields, ...stopWords],
    required: ['title', 'sector'],
    fixed: ofStop,
    initial: stopOf,
    isChange: true,
    lists: ['sites'],
    choices: { site: choose.sites },
    goal: 'visit of the stop',
  },
  moveItineraryStop: {
    about: 'itineraryStop',
    fields: ['day', 'from', 'to'],
    fixed: ofStop,
    initial: ({ itineraryStop: stop }) => ({ day: stop?.day, from: stop?.from, to: stop?.to }),
    goal: 'visit of the stop',
  },
  callOffItineraryStop: {
    about: 'itineraryStop',
    fields: ['reason', 'on'],
    fixed: ofStop,
    goal: 'visit of the stop',
  },
  resumeItineraryStop: {
    about: 'itineraryStop',
    fields: [],
    fixed: ofStop,
    goal: 'visit of the stop',
  },
  removeItineraryStop: {
    about: 'itineraryStop',
    fields: [],
    fixed: ofStop,
    goal: 'visit of the stop',
  },
  recordSiteContact: {
    about: 'itineraryStop',
    fields: ['status', 'on'],
    fixed: ofStop,
    goal: 'visit of the stop',
  },
  recordStopHeld: {
    about: 'itineraryStop',
    fields: ['held', 'reason'],
    fixed: ofStop,
    goal: 'visit of the stop',
  },
} satisfies Record<string, FormRow>;

/** All forms that plan, by their mutation. */
export const planningForms = { ...groupForms, ...visitForms };
