import { readVariables } from './operations.ts';
import { openInTab } from './tabs.ts';

/** A link that carries an operation after the `#`, which no browser sends to the server. */
export function createLink(query: string, variables: string): string {
  const carried = new URLSearchParams({ query });
  if (variables.trim() !== '') carried.set('variables', variables);
  return `${location.origin}/explorer#${carried.toString()}`;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The operation as a command of a shell. Who has signed in adds a token of her own. */
export function createCurl(query: string, variables: string, isSignedIn: boolean): string {
  const values = readVariables(variables);
  const lines = [
    `curl ${quote(`${location.origin}/graphql`)}`,
    `-H ${quote('content-type: application/json')}`,
    ...(isSignedIn ? ['-H "authorization: Bearer $TOKEN"'] : []),
    `--data-raw ${quote(JSON.stringify({ query, variables: values }))}`,
  ];
  return lines.join(' \\\n  ');
}

/** Opens the operation of the link that the user followed. The user starts it. */
export function openLinked(): void {
  const carried = new URLSearchParams(location.hash.slice(1));
  const query = carried.get('query');
  if (query === null) return;
  openInTab(query, carried.get('variables') ?? '', true);
  window.history.replaceState(window.history.state, '', location.pathname);
}
