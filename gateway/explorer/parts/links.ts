/** The address of a group’s page. It can be shared: it opens for every caller who may read the group. */
export const groupHref = (id: string): string => `/programme/group?id=${encodeURIComponent(id)}`;

/** The address of the page of a programme. */
export const programmeHref = (id: string): string => `/programme/p?id=${encodeURIComponent(id)}`;

/** The address of a form, by its mutation, and the record that it is about. */
export const doHref = (form: string, id: string, part = ''): string =>
  `/programme/do?form=${form}&id=${encodeURIComponent(id)}${
    part === '' ? '' : `&part=${encodeURIComponent(part)}`
  }`;

/** The address of all nominees of a group. */
export const nomineesHref = (group: string): string =>
  `/programme/nominees?id=${encodeURIComponent(group)}`;

/** The address of the formalities of the members of a group, or of one of them. */
export const formalitiesHref = (group: string, member = ''): string =>
  `/programme/formalities?id=${encodeURIComponent(group)}${
    member === '' ? '' : `&member=${encodeURIComponent(member)}`
  }`;

/** Who was absent from which visit, as the part that a form is about. */
export const absencePart = (participant: string, visit: string): string =>
  `${participant} ${visit}`;

/** Which expert is lent to a visit, and as what, as the part that a form is about. */
export const loanPart = (expert: string, role: string): string => `${expert} ${role}`;

/** Who came to a meeting of a group. */
export const attendanceHref = (group: string, kind: string): string =>
  `/programme/attendance?id=${encodeURIComponent(group)}&kind=${kind}`;

/** The address of the decision that a task asks for. */
export const decisionHref = (task: string): string =>
  `/tasks/decision?id=${encodeURIComponent(task)}`;

/** The address of a decision on a visit, whether or not a task asks for it. */
export const decideHref = (
  kind: string,
  visit: string,
  subject: string,
  way: 'confirm' | 'correctConfirmation' | 'withdraw' | 'offer' | 'lend' | 'refuse',
): string => `/tasks/decision?${new URLSearchParams({ kind, visit, subject, way })}`;

/** The address of a person’s page, for those who may read of her. */
export const personHref = (id: string): string => `/people/person?id=${encodeURIComponent(id)}`;

/** The address of what the record has about a person, for auditors of the organisation that registered her. */
export const recordHref = (id: string): string =>
  `/record?part=readings&person=${encodeURIComponent(id)}`;

/** The address where a person is invited to the pages about her own journey. */
export const inviteHref = (id: string): string => `/people/invite?id=${encodeURIComponent(id)}`;

/** The address of a visit’s page. */
export const visitHref = (id: string): string => `/programme/visit?id=${encodeURIComponent(id)}`;

/** The address of a stop on the page of its visit. */
export const stopHref = (visit: string, stop: string): string =>
  `${visitHref(visit)}#${encodeURIComponent(stop)}`;

/** The address of the page of an organisation, an office or a police unit. */
export const bodyHref = (id: string): string => `/network/body?id=${encodeURIComponent(id)}`;

/** The address of the page of an institution that groups can visit. */
export const siteHref = (id: string): string => `/network/site?id=${encodeURIComponent(id)}`;

/** The address of an event’s page. */
export const eventHref = (id: string): string => `/network/event?id=${encodeURIComponent(id)}`;

/** The address of the page of what a source states. */
export const statementHref = (id: string): string =>
  `/network/statement?id=${encodeURIComponent(id)}`;

/** The address of the page of a source, with all that it states; without an address, that of all sources. */
export const sourceHref = (url = ''): string =>
  `/network/source${url === '' ? '' : `?url=${encodeURIComponent(url)}`}`;

/** The address of a region’s page. */
export const regionHref = (code: string): string =>
  `/network/region?code=${encodeURIComponent(code)}`;

/** The lists of the directory: what the network knows, by kind. */
export const directoryLists = [
  'bodies',
  'sites',
  'events',
  'statements',
  'regions',
  'members',
] as const;

/** The address of a list of the directory. */
export const directoryHref = (list: (typeof directoryLists)[number]): string =>
  `/network/directory?list=${list}`;
