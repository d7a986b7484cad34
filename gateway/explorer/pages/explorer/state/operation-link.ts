import { openInTab } from './tabs.ts';

/** A link that carries an operation after the `#`, which no browser sends to the server. */
export function createLink(query: string, variables: string): string {
  const carried = new URLSearchParams({ query });
  if (variables.trim() !== '') carried.set('variables', variables);
  return `${location.origin}/explorer#${carried.toString()}`;
}

/** Opens the operation of the link that the user followed. The user starts it. */
export function openLinked(): void {
  const carried = new URLSearchParams(location.hash.slice(1));
  const query = carried.get('query');
  if (query === null) return;
  openInTab(query, carried.get('variables') ?? '', true);
  window.history.replaceState(window.history.state, '', location.pathname);
}
