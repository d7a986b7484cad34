import type { Values } from '../../parts/form/input-field.ts';
import { absencePart, loanPart } from '../../parts/links.ts';
import { findText } from '../../words/language.ts';
import * as choose from './choosers.ts';
import { evaluationForms } from './evaluation-rows.ts';
import type { FormRow } from './form-row.ts';
import { nomineeForms } from './nominee-rows.ts';
import type { Subject } from './subject-query.ts';

const arranged = [
  'accommodation',
  'transport',
  'meetingPoint',
  'contactOnTheSpot',
  'emergencyContact',
  'note',
];

/** The offer of a host that the form is about. */
const offerOf = ({ visit }: Subject, part: string) =>
  [...(visit?.hostings ?? []), ...(visit?.regionalHostings ?? [])].find(({ id }) => id === part);

/** The loan of an expert: the part is its id, or who is lent as what. */
const loanOf = ({ visit }: Subject, part: string) =>
  visit?.experts?.find(
    ({ id, expertId, role }) => id === part || loanPart(expertId, role) === part,
  );

type MeetingList = 'meetings' | 'delegateMeetings';

/** The meeting that the form is about: the part is its kind. */
const meetingOf = ({ group }: Subject, list: MeetingList, kind: string) =>
  group?.[list]?.find((meeting) => meeting.kind === kind);

const aboutMeeting = {
  about: 'group',
  words: 'recordGroupMeeting',
  partName: (_: Subject, kind: string) => findText([`meetingKinds.${kind}`], {}),
} satisfies Partial<FormRow>;

/** The network’s meetings are changed with the group, those of the offices alone. */
const fixedOfMeeting =
  (list: MeetingList) =>
  (subject: Subject, kind: string): Values => {
    const { id: group, version } = subject.group ?? {};
    const meeting = meetingOf(subject, list, kind)?.version ?? 0;
    const ofOffices = { group, kind, version: meeting };
    return list === 'meetings' ? { ...ofOffices, version, meetingVersion: meeting } : ofOffices;
  };

const initialOfMeeting =
  (list: MeetingList) =>
  (subject: Subject, kind: string): Values => {
    const { on, place, agenda, outcome } = meetingOf(subject, list, kind) ?? {};
    return { on, place, agenda, outcome };
  };

/** What a body has of its contact points. */
const pointOf = ({ party }: Subject, part: string) =>
  party && 'contactPoints' in party
    ? party.contactPoints?.find(({ id }) => id === part)
    : undefined;

const pointFields = [
  'function',
  'mailbox',
  'telephone',
  'openingHours',
  'languages',
  'source',
  'checkedOn',
] as const;

const aboutContactPoint = {
  about: 'party',
  by: 'owner',
  partName: (subject: Subject, part: string) => pointOf(subject, part)?.function,
} satisfies Partial<FormRow>;

/** @param body what the input calls the body: `office` */
const setContactPoint = (body: string): FormRow => ({
  ...aboutContactPoint,
  words: 'setContactPoint',
  fields: ['set'],
  fixed: ({ party, ...subject }, part) => ({
    [body]: party && 'id' in party ? party.id : undefined,
    contactPoint: part || undefined,
    version: pointOf({ party, ...subject }, part)?.version ?? 0,
  }),
  initial: (subject, part) => {
    const point = pointOf(subject, part);
    return { set: point && Object.fromEntries(pointFields.map((field) => [field, point[field]])) };
  },
});

const removeContactPoint = (body: string): FormRow => ({
  ...aboutContactPoint,
  words: 'removeContactPoint',
  fields: [],
  fixed: (subject, part) => ({
    [body]: subject.party && 'id' in subject.party ? subject.party.id : undefined,
    contactPoint: part,
    version: pointOf(subject, part)?.version,
  }),
});

const changeHosting = {
  about: 'visit',
  by: 'owner of the part',
  words: 'changeHosting',
  fields: arranged,
  fixed: (subject, part) => ({ hosting: part, version: offerOf(subject, part)?.version }),
  initial: (subject, part) => ({ ...offerOf(subject, part) }),
  isChange: true,
} satisfies FormRow;

/** Holds whom to call during a visit, by the row that names them; without a last day it is lifted. */
const holdContacts = (
  sends: FormRow['sends'] & string,
  list: 'policeHolds' | 'officeHolds' | 'networkHolds',
  isLifted = false,
): FormRow => ({
  about: 'visit',
  by: 'owner of the part',
  sends,
  words: isLifted ? 'liftContacts' : 'holdContacts',
  fields: isLifted ? ['reason'] : ['reason', 'until'],
  required: isLifted ? [] : ['until'],
  fixed: (_subject, part) => ({ person: part, ...(isLifted && { until: null }) }),
  lists: [list],
  // A hold that somebody else has set meanwhile is not overwritten unseen.
  added: ({ person }, lists) => ({
    version: lists[list]?.nodes.find((one) => one.person === person)?.version ?? 0,
  }),
});

/** Forms of the meetings of a group. */
const meetingForms = {
  recordGroupMeeting: {
    ...aboutMeeting,
    fields: ['on', 'place', 'agenda', 'outcome'],
    fixed: fixedOfMeeting('meetings'),
    initial: initialOfMeeting('meetings'),
    isChange: true,
  },
  removeGroupMeeting: {
    ...aboutMeeting,
    words: 'removeMeeting',
    fields: [],
    fixed: fixedOfMeeting('meetings'),
  },
  recordDelegatesMeeting: {
    ...aboutMeeting,
    by: 'ncm',
    fields: ['office', 'on', 'place', 'agenda', 'outcome'],
    fixed: fixedOfMeeting('delegateMeetings'),
    initial: initialOfMeeting('delegateMeetings'),
    isChange: true,
    lists: ['parties'],
    choices: { office: choose.offices },
  },
  removeDelegatesMeeting: {
    ...aboutMeeting,
    words: 'removeMeeting',
    by: 'ncm',
    fields: [],
    fixed: fixedOfMeeting('delegateMeetings'),
  },
} satisfies Record<string, FormRow>;

/** Forms of how bodies are reached. */
const contactForms = {
  setOfficeContactPoint: setContactPoint('office'),
  setUnitContactPoint: setContactPoint('unit'),
  setOrganisationContactPoint: setContactPoint('organisation'),
  removeOfficeContactPoint: removeContactPoint('office'),
  removeUnitContactPoint: removeContactPoint('unit'),
  removeOrganisationContactPoint: removeContactPoint('organisation'),
};

/** Forms of what happens after the plan: meetings, nominees, absences, hosts, loans, signatures. */
export const otherForms = {
  ...meetingForms,
  ...nomineeForms,
  ...contactForms,
  ...evaluationForms,
  recordAbsence: {
    about: 'group',
    fields: ['participant', 'visit', 'from', 'reason'],
    fixed: ({ group }) => ({ group: group?.id, version: group?.version }),
    lists: ['members'],
    choices: { participant: choose.members, visit: choose.visitsOfGroup },
  },
  removeAbsence: {
    about: 'group',
    partName: ({ group }, part) =>
      group?.absences?.find(
        ({ participant, visit }) => participant && absencePart(participant.id, visit.id) === part,
      )?.participant?.name,
    fields: [],
    fixed: ({ group }, part) => {
      const [participant, visit] = part.split(' ');
      return { group: group?.id, version: group?.version, participant, visit };
    },
  },
  changeHosting: { ...changeHosting },
  changeRegionalHosting: { ...changeHosting },
  holdPoliceContacts: holdContacts('holdPoliceData', 'policeHolds'),
  holdOfficeContacts: holdContacts('holdDelegateData', 'officeHolds'),
  holdNetworkContacts: holdContacts('holdNetworkData', 'networkHolds'),
  liftPoliceContacts: holdContacts('holdPoliceData', 'policeHolds', true),
  liftOfficeContacts: holdContacts('holdDelegateData', 'officeHolds', true),
  liftNetworkContacts: holdContacts('holdNetworkData', 'networkHolds', true),
  assignExpert: {
    about: 'visit',
    fields: ['expert', 'role', 'languages'],
    fixed: ({ visit }) => ({ visit: visit?.id }),
    lists: ['experts'],
    choices: { expert: choose.experts, role: choose.rolesOf },
    decides: 'expert',
  },
  releaseExpert: {
    about: 'visit',
    partName: (subject, part) => loanOf(subject, part)?.expert?.name,
    fields: [],
    fixed: (subject, part) => ({ assignment: loanOf(subject, part)?.id }),
  },
  withdrawExpertLoan: {
    about: 'visit',
    by: 'owner of the part',
    fields: ['reason', 'on'],
    fixed: ({ visit }, part) => ({
      expert: part,
      assignment: visit?.experts?.find(({ expertId }) => expertId === part)?.id,
    }),
  },
} satisfies Record<string, FormRow>;
