import { computed, signal } from '@preact/signals';

/** Who the token says that the reader is. The hub checks it; the pages only show it. */
export interface Person {
  readonly organisation: string;
  readonly role: string;
  /** Of a participant: her record. */
  readonly person?: string | undefined;
}

/** Kept in memory alone: a reload signs out. */
export const token = signal<string | undefined>(undefined);

/** The signed-in person, as the token says. */
export const person = computed<Person | undefined>(() =>
  token.value === undefined ? undefined : readToken(token.value),
);

function readToken(text: string): Person | undefined {
  try {
    const part = (text.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const { org, role, person: record } = claims;
    if (typeof org !== 'string' || typeof role !== 'string') return undefined;
    return { organisation: org, role, ...(typeof record === 'string' && { person: record }) };
  } catch {
    return undefined;
  }
}

/** Signs in with a token. Returns false if the text is not a token of the network. */
export function signInWithToken(text: string): boolean {
  const trimmed = text.trim().replace(/^Bearer\s+/i, '');
  if (!readToken(trimmed)) return false;
  token.value = trimmed;
  return true;
}

/** The embedded start signs anybody in. Returns the error in words, if there is one. */
export async function signInForTrial(
  organisation: string,
  role: string,
  record: string | undefined,
): Promise<string | undefined> {
  const response = await fetch('/sign-in/trial', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ organisation, role, person: record }),
  }).catch(() => undefined);
  if (!response) return 'unreachable';
  const body = (await response.json()) as { token?: string; errors?: { message: string }[] };
  if (body.token) token.value = body.token;
  return body.token ? undefined : (body.errors?.[0]?.message ?? String(response.status));
}

export function signOut(): void {
  token.value = undefined;
}
