/** The address of a group’s page. It can be shared: it opens for every caller who may read the group. */
export const groupHref = (id: string): string => `/programme/group?id=${encodeURIComponent(id)}`;

/** The address of a visit’s page. */
export const visitHref = (id: string): string => `/programme/visit?id=${encodeURIComponent(id)}`;
