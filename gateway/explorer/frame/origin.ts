/** The pages to which a reader returns who came from them to decide something. */
const returned = [
  '/tasks',
  '/programme',
  '/programme/p',
  '/programme/group',
  '/programme/nominees',
];

/** Notes with the entry of the browser’s history from which page the reader came. It outlives a reload. */
export function noteOrigin(url: string | undefined): void {
  const state = history.state as { readonly origin?: string } | null;
  if (url === undefined || state?.origin !== undefined) return;
  history.replaceState({ ...state, origin: url }, '');
}

/** The list or group from which the reader came to this page, as it was filtered. */
export function findOrigin(): string | undefined {
  const { origin } = (history.state ?? {}) as { readonly origin?: string };
  const path = origin?.split('?')[0];
  return path !== undefined && returned.includes(path) ? origin : undefined;
}
