/** The address of a group’s page. It can be shared: it opens for every caller who may read the group. */
export const groupHref = (id: string): string => `/programme/group?id=${encodeURIComponent(id)}`;

/** The address of a form, by its mutation, and the record that it is about. */
export const doHref = (form: string, id: string): string =>
  `/programme/do?form=${form}&id=${encodeURIComponent(id)}`;

/** The address of the decision that a task asks for. */
export const decisionHref = (task: string): string =>
  `/tasks/decision?id=${encodeURIComponent(task)}`;

/** The address of a visit’s page. */
export const visitHref = (id: string): string => `/programme/visit?id=${encodeURIComponent(id)}`;
