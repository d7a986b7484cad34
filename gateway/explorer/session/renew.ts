import { person, token } from './session.ts';

/** What the link of an invitation has after its `#`. */
export interface InvitationLink {
  readonly partner: string;
  readonly id: string;
  readonly secret: string;
}

/** Reads `dk.….…`. The hub and the organisation check what it says. */
export function readInvitation(hash: string): InvitationLink | undefined {
  const [, partner, id, secret] = /^#([a-z][\w-]*)\.([\w-]{16})\.([\w-]{43})$/.exec(hash) ?? [];
  return partner && id && secret ? { partner, id, secret } : undefined;
}

/** Sends a request to this site alone: the browser adds the cookie of the session. */
async function send(path: string, content: object): Promise<Record<string, unknown>> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  }).catch(() => undefined);
  if (!response) return { failure: 'UNREACHABLE' };
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown> & {
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  if (response.ok) return body;
  return { failure: body.errors?.[0]?.extensions?.code ?? String(response.status) };
}

/** Takes the token of a response. Returns the code of the error, if there is one. */
function takeToken({ token: given, failure }: Record<string, unknown>): string | undefined {
  if (typeof given !== 'string') return String(failure ?? 'INVALID_RESPONSE');
  token.value = given;
  return undefined;
}

/** Two tabs at once would take each other for a thief. */
const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> =>
  'locks' in navigator
    ? navigator.locks.request('journey-session', async () => work()).then((result) => result)
    : work();

const hourMs = 3_600_000;
let next: ReturnType<typeof setTimeout> | undefined;

const renewLater = (): void => {
  clearTimeout(next);
  next = setTimeout(() => void renewSession(), hourMs);
};

/** Opens the session of a link. Returns the code of the error, if there is one. */
export async function openInvitation(link: InvitationLink): Promise<string | undefined> {
  const failure = takeToken(await send('/sign-in/invitation', link));
  if (failure === undefined) {
    localStorage.removeItem(endedKey);
    renewLater();
  }
  return failure;
}

/** Whoever signs out without a connection stays signed out. */
const endedKey = 'hub-journey-ended';

/**
 * Opens the session of a participant anew, if this browser has one: the hub passes its cookie on,
 * and her organisation signs another token. From then on it is renewed each hour.
 * @returns `none` also for a session that is over: what was stored here must go
 */
export async function renewSession(): Promise<'open' | 'unreachable' | 'none'> {
  if (localStorage.getItem(endedKey) !== null) {
    await endSession();
    return 'none';
  }
  clearTimeout(next);
  const response = await inTurn(() => send('/sign-in/renew', {}));
  // Somebody signed out meanwhile, here or in another tab.
  if (localStorage.getItem(endedKey) !== null) return 'none';
  const failure = takeToken(response);
  if (failure === 'UNAUTHENTICATED') {
    if (signedInAt() !== undefined) token.value = undefined;
    return 'none';
  }
  renewLater();
  return failure === undefined ? 'open' : 'unreachable';
}

/** Ends the session of this browser. Returns false if its organisation has not heard of it. */
export async function endSession(): Promise<boolean> {
  clearTimeout(next);
  token.value = undefined;
  localStorage.setItem(endedKey, 'yes');
  const { failure, isEnded } = await inTurn(() => send('/sign-in/end', {}));
  if (failure === undefined) localStorage.removeItem(endedKey);
  return isEnded === true;
}

/** The organisation of the participant who is signed in. */
export const signedInAt = (): string | undefined =>
  person.value?.role === 'participant' ? person.value.organisation : undefined;
