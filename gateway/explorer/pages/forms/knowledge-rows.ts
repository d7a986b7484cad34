import * as choose from './choosers.ts';
import type { FormRow } from './form-row.ts';
import type { Subject } from './subject-query.ts';

const sourced = ['source', 'on'];

const eventFields = [
  'title',
  'kind',
  'startsOn',
  'endsOn',
  'countries',
  'city',
  'venue',
  'aim',
  'targetGroup',
  'workingLanguages',
  'participants',
  'roles',
  'represented',
  'programme',
  'partOf',
  'note',
  'source',
];
const eventChoices = {
  organisers: choose.parties,
  programme: choose.programmes,
  partOf: choose.events,
  'roles.party': choose.parties,
  'represented.party': choose.parties,
};
const eventLists = ['parties', 'programmes', 'events'] as const;

/** An event as its form has it. What is not known is left out. */
function eventOf({ event }: Subject) {
  if (!event) return {};
  const { title, kind, startsOn, endsOn, countries, city, venue, aim, targetGroup } = event;
  const own = { title, kind, startsOn, endsOn, countries, city, venue, aim, targetGroup };
  return {
    ...own,
    note: event.note,
    source: event.source,
    workingLanguages: event.workingLanguages,
    participants: event.participants?.qualifier === 'EXACT' ? event.participants.value : null,
    programme: event.programme?.id,
    partOf: event.partOf?.id,
    roles: event.roles.flatMap(({ party, role }) => (party ? [{ party: party.id, role }] : [])),
    represented: event.represented.map(({ what, country, party }) => ({
      ...(country !== null && { country }),
      ...(party && { party: party.id }),
      what,
    })),
  };
}

const fixedOfEvent = ({ event }: Subject) => ({ event: event?.id, version: event?.version });
const aboutEvent = { about: 'event', by: 'organisers' } satisfies Partial<FormRow>;

const outcomeFields = ['kind', 'title', 'leadsTo', 'mandated', ...sourced];
const outcomeChoices = { leadsTo: choose.events, mandated: choose.parties };
const outcomeLists = ['parties', 'events'] as const;

/** The outcome that the form is about. */
const outcomeOf = ({ event }: Subject, part: string) =>
  event?.outcomes.find(({ id }) => id === part);
const fixedOfOutcome = (subject: Subject, part: string) => ({
  outcome: part,
  version: outcomeOf(subject, part)?.version,
});
const aboutOutcome = {
  ...aboutEvent,
  partName: (subject: Subject, part: string) => outcomeOf(subject, part)?.title,
} satisfies Partial<FormRow>;

/** The link that the form is about, of an event or an organisation. */
const linkOf = ({ event, party }: Subject, part: string) => {
  const links = event?.links ?? (party?.__typename === 'Organisation' ? party.links : []);
  return links.find(({ id }) => id === part);
};
const ofLink = {
  partName: (subject: Subject, part: string) => {
    const { label, url } = linkOf(subject, part) ?? {};
    return label ?? url;
  },
  fixed: (subject: Subject, part: string) => ({
    link: part,
    version: linkOf(subject, part)?.version,
  }),
} satisfies Partial<FormRow>;
const recordLink = {
  words: 'recordLink',
  fields: ['url', 'label', 'on'],
  fixed: ({ event, party }: Subject) => ({ about: (event ?? party)?.id }),
} satisfies Partial<FormRow>;
const changeLink = {
  ...ofLink,
  words: 'changeLink',
  fields: ['url', 'label', 'on'],
  required: ['url'],
  initial: (subject: Subject, part: string) => {
    const { url, label } = linkOf(subject, part) ?? {};
    return { url, label };
  },
  isChange: true,
} satisfies Partial<FormRow>;
const removeLink = {
  ...ofLink,
  words: 'removeLink',
  fields: ['reason'],
} satisfies Partial<FormRow>;

const statementFields = [
  'kind',
  'text',
  'place',
  'countries',
  'traffickingRoles',
  'primaryRole',
  ...sourced,
];
const recordStatement = {
  words: 'recordStatement',
  fields: statementFields,
  fixed: ({ event, party }: Subject) => ({ about: (event ?? party)?.id }),
} satisfies Partial<FormRow>;

const fixedOfStatement = ({ statement }: Subject) => ({
  statement: statement?.id,
  version: statement?.version,
});

/** A role of a party at an event, as the part that a form is about: `HOST dk:nec`. */
const roleOf = ({ event }: Subject, part: string) =>
  event?.roles.find(({ role, party }) => party && `${role} ${party.id}` === part);

/** Forms of what is known: events, what they led to, statements and links. */
export const knowledgeForms = {
  recordEvent: {
    about: 'none',
    by: 'everybody',
    fields: ['title', 'organisers', ...eventFields.slice(1)],
    fixed: () => ({}),
    lists: eventLists,
    choices: eventChoices,
    goal: 'made event',
  },
  changeEvent: {
    ...aboutEvent,
    fields: eventFields,
    required: ['title', 'kind'],
    fixed: fixedOfEvent,
    initial: eventOf,
    isChange: true,
    lists: eventLists,
    choices: eventChoices,
  },
  removeEvent: { ...aboutEvent, fields: ['reason'], fixed: fixedOfEvent, goal: 'events' },
  removeEventRole: {
    ...aboutEvent,
    partName: (subject, part) => roleOf(subject, part)?.party?.name,
    fields: [],
    fixed: (subject, part) => {
      const { role, party } = roleOf(subject, part) ?? {};
      return { ...fixedOfEvent(subject), role, party: party?.id };
    },
  },
  recordOutcome: {
    ...aboutEvent,
    fields: outcomeFields,
    fixed: ({ event }) => ({ event: event?.id }),
    lists: outcomeLists,
    choices: outcomeChoices,
  },
  changeOutcome: {
    ...aboutOutcome,
    fields: outcomeFields,
    required: ['kind', 'title'],
    fixed: fixedOfOutcome,
    initial: (subject, part) => {
      const { kind, title, leadsTo, mandated } = outcomeOf(subject, part) ?? {};
      return {
        kind,
        title,
        leadsTo: leadsTo?.id,
        mandated: mandated?.flatMap((party) => party?.id ?? []),
      };
    },
    isChange: true,
    lists: outcomeLists,
    choices: outcomeChoices,
  },
  removeOutcome: { ...aboutOutcome, fields: ['reason'], fixed: fixedOfOutcome },
  recordLink: { ...aboutEvent, ...recordLink },
  recordOrganisationLink: { about: 'party', sends: 'recordLink', ...recordLink },
  changeLink: { ...aboutEvent, ...changeLink },
  changeOrganisationLink: { about: 'party', sends: 'changeLink', ...changeLink },
  removeLink: { ...aboutEvent, ...removeLink },
  removeOrganisationLink: { about: 'party', sends: 'removeLink', ...removeLink },
  recordStatement: { about: 'event', ...recordStatement },
  recordOrganisationStatement: { about: 'party', sends: 'recordStatement', ...recordStatement },
  recordFieldStatement: {
    about: 'none',
    sends: 'recordStatement',
    ...recordStatement,
    goal: 'statements',
  },
  changeStatement: {
    about: 'statement',
    fields: statementFields,
    required: ['kind', 'text'],
    fixed: fixedOfStatement,
    initial: ({ statement }) => {
      const { kind, text, place, countries, traffickingRoles, primaryRole } = statement ?? {};
      return { kind, text, place, countries, traffickingRoles, primaryRole };
    },
    isChange: true,
  },
  removeStatement: { about: 'statement', fields: ['reason'], fixed: fixedOfStatement },
} satisfies Record<string, FormRow>;
