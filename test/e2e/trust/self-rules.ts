import type { Asker } from '../network/open-hub.js';
import { groupOfDelegate, groupsOfOfficer, journeys, numbersOf, ownerOf } from './demonstration.js';

/*
 * What a participant reads of her own and of her group, written down once more: from the agreement and the plan of the
 * demonstration, never from the partners’ policies.
 */

/** Whom the tests ask as. The group is that of the journey that she is on, on the day of the demonstration. */
export interface Persona {
  readonly who: Asker;
  readonly group?: string;
}

const persona = (person: string, group?: string): Persona => ({
  who: { organisation: ownerOf(person), role: 'participant', person },
  ...(group !== undefined && { group }),
});

export const personas: Readonly<Record<string, Persona>> = {
  'an officer whose journey is ahead': persona('fi:demo-officer-3', '2'),
  'a delegate who is away': persona('ncm:demo-delegate-1', '1'),
  'a delegate whose journey is ahead': persona('ncm:demo-delegate-15', '5'),
  'an officer who came back a year ago': persona('fi:demo-officer-1'),
  'a reserve': persona('ee:demo-officer-4'),
  'an officer on whom nobody has decided': persona('lt:demo-officer-5'),
  'a delegate who was not selected': persona('ncm:demo-delegate-13'),
  'an expert': persona('lv:demo-expert-1'),
  'a person without a record': persona('fi:nobody'),
};

const fellow = `__typename id country languages`;
/** What she reads of her own and of her journey, by her own record. */
export const everything = `{ me { __typename id groups { __typename id name cancelledOn cancelReason
  members { __typename id ... on Officer { ${fellow} } ... on Delegate { ${fellow} } }
  meetings { kind on place agenda outcome } delegateMeetings { kind on place agenda outcome }
  absences { from reason }
  visits { id title startsOn endsOn departedOn returnedOn cancelledOn cancelReason hostCountries
    hosts { country } group { id } practicalInformation isRehearsal
    stops { id visit { id } day from to title sector city address site { id name city } note version meetingPoint
      contactOnTheSpot status statusReason hostCountry confirmed isRehearsal }
    hostings { id visit { id } unit { id } status accommodation transport meetingPoint contactOnTheSpot emergencyContact }
    regionalHostings { id visit { id } office { id } status accommodation transport meetingPoint contactOnTheSpot emergencyContact } } }
  ... on Officer { name email rank targetGroup country unit { id } languages version isRehearsal
    report { id group visit receivedOn text version isRehearsal } travelNeeds { diet access emergencyContact version }
    nominations { id groupId group { id } nominatedOn withdrawnOn status decidedOn acceptedOn declinedOn reserve motivation reason version } }
  ... on Delegate { name email employer targetGroup country region { code } office { id } languages version isRehearsal
    report { id group visit receivedOn text version isRehearsal } travelNeeds { diet access emergencyContact version }
    decisions: nominations { id groupId group { id } nominatedOn withdrawnOn status decidedOn reserve motivation reason version } } } }`;

const herRecord =
  'id name email rank employer targetGroup country unit region office languages nominations report version formalities outstanding travelNeeds sharedContacts access readings personFile isRehearsal groups';
const herNomination =
  'id groupId group officer delegate nominatedOn withdrawnOn status decidedOn acceptedOn declinedOn reserve motivation reason declineReason version isRehearsal';
const herReport = 'id group visit receivedOn text version isRehearsal';
const ofVisit =
  'id title startsOn endsOn departedOn returnedOn cancelledOn cancelReason hostCountries hosts group practicalInformation informationVersion informationReadBy stops hostings regionalHostings isRehearsal version';
const ofStop =
  'id visit day from to title sector city address site meetingPoint contactOnTheSpot status statusReason hostCountry confirmed isRehearsal hostConfirmedOn officeConfirmedOn note version';
const ofHosting =
  'id visitId visit unit office host status accommodation transport meetingPoint contactOnTheSpot emergencyContact';

/** Whether a row is hers, by its id. A meeting and an absence are told by their group and day. */
interface Rule {
  readonly fields: string;
  readonly isHers: (who: Persona, id: string, group: string) => boolean;
}

const isHerself: Rule['isHers'] = ({ who }, id) => who.person === id;

/** Nominations and reports have the number of the group, then of the person in it: `fi:demo-nomination-2-3`. */
const isOfHers: Rule['isHers'] = ({ who }, id) => {
  const [group, number] = numbersOf(id);
  const [own] = numbersOf(who.person ?? '');
  const before = ownerOf(id) === 'ncm' && group === '5' ? 14 : 0;
  return ownerOf(id) === who.organisation && Number(number) + before === Number(own);
};

/** `nbnp:demo-stop-1-2` and `fi:demo-hosting-1` are of visit 1, which is that of group 1. */
const isOfJourney: Rule['isHers'] = ({ group }, id) =>
  group !== undefined && journeys[`nbnp:demo-visit-${numbersOf(id)[0]}`]?.group === group;

const isOfGroup: Rule['isHers'] = (who, _id, group) =>
  who.group !== undefined && who.group === numbersOf(group)[0];

const isFellow: Rule['isHers'] = ({ group }, id) =>
  group !== undefined && (groupsOfOfficer(id).includes(group) || groupOfDelegate(id) === group);

const isDelegate = (id: string) => ownerOf(id) === 'ncm';
const isPersonOf = (rule: Rule['isHers'], isOfKind: (id: string) => boolean): Rule['isHers'] => {
  return (who, id, group) => isOfKind(id) && rule(who, id, group);
};

const person = (isOfKind: (id: string) => boolean): readonly Rule[] => [
  { fields: herRecord, isHers: isPersonOf(isHerself, isOfKind) },
  { fields: 'id country languages sharedContacts', isHers: isPersonOf(isFellow, isOfKind) },
];

/** By type: what she reads of which rows, besides what everybody reads. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  Officer: person((id) => !isDelegate(id)),
  Delegate: person(isDelegate),
  OfficerNomination: [{ fields: herNomination, isHers: isOfHers }],
  DelegateNomination: [{ fields: herNomination, isHers: isOfHers }],
  ParticipantReport: [{ fields: herReport, isHers: isOfHers }],
  Expert: [
    {
      fields:
        'id name email unit country roles languages fields version isRehearsal assignments readings personFile',
      isHers: isHerself,
    },
  ],
  ExpertAssignment: [
    { fields: 'id role status visit', isHers: ({ who }) => /expert/.test(who.person ?? '') },
  ],
  Group: [
    {
      fields: 'members delegates absences cancelReason',
      isHers: (who, id) => isOfGroup(who, id, id),
    },
  ],
  // The documents ask for these without a word on which stop it is.
  Query: Object.values(journeys).map(({ group }) => ({
    fields: `status${group}`,
    isHers: (who: Persona) => who.group === group,
  })),
  // No contact of a person: how to reach a function.
  ContactPoint: [
    {
      fields: 'id function mailbox telephone openingHours languages source checkedOn version',
      isHers: () => true,
    },
  ],
  Visit: [{ fields: ofVisit, isHers: isOfJourney }],
  ItineraryStop: [{ fields: ofStop, isHers: isOfJourney }],
  Hosting: [{ fields: ofHosting, isHers: isOfJourney }],
  RegionalHosting: [{ fields: ofHosting, isHers: isOfJourney }],
  GroupMeeting: [{ fields: 'id kind on place agenda outcome', isHers: isOfGroup }],
  Absence: [],
};

export const hasRules = (type: string): boolean => rules[type] !== undefined;

/** Whether she may read a field that not everybody reads. */
export const isHers = (who: Persona, type: string, field: string, id: string, group: string) =>
  (rules[type] ?? []).some(
    (rule) => rule.fields.split(' ').includes(field) && rule.isHers(who, id, group),
  );
