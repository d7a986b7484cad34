/** The address of a group’s page. It can be shared: it opens for every caller who may read the group. */
export const groupHref = (id: string): string => `/programme/group?id=${encodeURIComponent(id)}`;

/** The address of a form, by its mutation, and the record that it is about. */
export const doHref = (form: string, id: string, part = ''): string =>
  `/programme/do?form=${form}&id=${encodeURIComponent(id)}${
    part === '' ? '' : `&part=${encodeURIComponent(part)}`
  }`;

/** Who was absent from which visit, as the part that a form is about. */
export const absencePart = (participant: string, visit: string): string =>
  `${participant} ${visit}`;

/** Who came to a meeting of a group. */
export const attendanceHref = (group: string, kind: string): string =>
  `/programme/attendance?id=${encodeURIComponent(group)}&kind=${kind}`;

/** The address of the decision that a task asks for. */
export const decisionHref = (task: string): string =>
  `/tasks/decision?id=${encodeURIComponent(task)}`;

/** The address of a person’s page, for those who may read of her. */
export const personHref = (id: string): string => `/people/person?id=${encodeURIComponent(id)}`;

/** The address where a person is invited to the pages about her own journey. */
export const inviteHref = (id: string): string => `/people/invite?id=${encodeURIComponent(id)}`;

/** The address of a visit’s page. */
export const visitHref = (id: string): string => `/programme/visit?id=${encodeURIComponent(id)}`;
