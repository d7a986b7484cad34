import { signal } from '@preact/signals';
import { hasTravelled, removeCopy } from './journey-copy.ts';
import { ended, isSamePerson, session, type Session, type SessionEnd } from './session.ts';

/**
 * Which session this browser has, for its other tabs: its id, or `over`. Without it, somebody has
 * signed out. The id alone opens nothing.
 */
const markKey = 'hub-session';
const over = 'over';
/** Somebody has signed out, and the hub has not heard of it. */
const signedOutKey = 'hub-signed-out';
/** Why the page was loaded anew, for its next words. */
const wordsKey = 'hub-ended';
/** What nobody has written: the language, the colours, and the state of the session. */
const shared: readonly string[] = ['hub-language', 'hub-theme', markKey, signedOutKey];
/** What a page that comes back from a provider needs. */
const begunKey = 'hub-sign-in';

/** Whether the page asks who ended here to sign in again. */
export const isAsking = signal(false);
/** Whether the ways to sign in are shown. */
export const isSigningIn = signal(false);
/** Why somebody is not signed in any more, after a load. */
export const lastEnd = signal<SessionEnd | undefined>(undefined);

type Body = Readonly<Record<string, unknown>>;

/** Sends a request about the session to the hub. The browser adds the cookies. Never throws. */
export async function askForSession(path: string, content?: object): Promise<Body> {
  const init: RequestInit = content
    ? {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(content),
      }
    : {};
  const response = await fetch(`/sign-in/${path}`, init).catch(() => undefined);
  if (!response) return { failure: 'UNREACHABLE' };
  const body = (await response.json().catch(() => ({}))) as Body & {
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  if (response.ok) return body;
  return { failure: body.errors?.[0]?.extensions?.code ?? String(response.status) };
}

/** Two tabs at once would take each other for a thief. */
const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> =>
  'locks' in navigator
    ? navigator.locks.request('hub-session', async () => work()).then((result) => result)
    : work();

/** Removes what the last person has left in this browser: drafts, operations, the journey. */
async function forget(): Promise<void> {
  for (const key of Object.keys(localStorage))
    if (!shared.includes(key)) localStorage.removeItem(key);
  for (const key of Object.keys(sessionStorage))
    if (key !== begunKey) sessionStorage.removeItem(key);
  await removeCopy();
}

/** Leaves nothing of the last person in this tab either: its memory goes with the document. */
async function startAnew(why: SessionEnd): Promise<void> {
  clearTimeout(timer);
  await forget();
  sessionStorage.setItem(wordsKey, why);
  location.reload();
}

let timer: ReturnType<typeof setTimeout> | undefined;
let expiresAt = Infinity;
let waiting: ((isOpen: boolean) => void)[] = [];

/** Those who wait for the sign-in go on, or learn that there is none. */
function goOn(isOpen: boolean): void {
  isAsking.value = false;
  const all = waiting;
  waiting = [];
  for (const tell of all) tell(isOpen);
}

const hourMs = 3_600_000;

/** Takes a session of the hub. Another person than before finds nothing of hers. */
function take(next: Session): void {
  const before = session.peek();
  localStorage.setItem(markKey, next.id);
  if (before && !isSamePerson(before, next)) return void startAnew('REPLACED');
  session.value = next;
  ended.value = undefined;
  expiresAt = Date.now() + next.secondsLeft * 1_000;
  clearTimeout(timer);
  const isRenewed = next.isRenewable || next.role === 'participant';
  const ms = isRenewed ? Math.min(hourMs, next.secondsLeft * 800) : next.secondsLeft * 1_000;
  timer = setTimeout(() => void (isRenewed ? renew() : check()), Math.max(ms, 1_000));
  goOn(true);
}

/** Takes the session of a response. Returns the code of the error, if there is one. */
function takeFrom({ session: given, failure }: Body): string | undefined {
  if (typeof given !== 'object' || given === null) return String(failure ?? 'INVALID_RESPONSE');
  take(given as Session);
  return undefined;
}

/** Signs in. Returns the code of the error, if there is one. */
export async function openSession(path: string, content: object): Promise<string | undefined> {
  // Of somebody who travelled before: her session must not come back.
  if (hasTravelled() && !session.peek()) await askForSession('end', {});
  const failure = takeFrom(await askForSession(path, content));
  if (failure !== undefined) return failure;
  localStorage.removeItem(signedOutKey);
  lastEnd.value = undefined;
  return undefined;
}

/** The session of this page is over: what stands in its forms stays, until somebody else comes. */
function noteEnd(why: SessionEnd): void {
  clearTimeout(timer);
  if (localStorage.getItem(markKey) !== null) localStorage.setItem(markKey, over);
  if (!session.peek()) return;
  ended.value = why;
  isAsking.value = true;
}

/**
 * Reads which session this browser has.
 * @returns whether it is open. Undefined if the hub cannot be reached
 */
async function check(): Promise<boolean | undefined> {
  const response = await askForSession('session');
  if (typeof response['ended'] === 'string') {
    if (session.peek()?.role === 'participant') return (await renewSession()) === 'open';
    noteEnd(response['ended'] as SessionEnd);
    return false;
  }
  return takeFrom(response) === undefined ? true : undefined;
}

/** Gets another token, unless another tab has just got one. */
async function renew(): Promise<void> {
  if (session.peek()?.role === 'participant') return void (await renewSession());
  await inTurn(async () => {
    const [now, own] = [await askForSession('session'), session.peek()];
    const there = now['session'] as Session | undefined;
    // The token of the other tab’s renewal is young.
    if (there && own && there.secondsLeft > Math.max(5, (expiresAt - Date.now()) / 1_000 + 5))
      return void takeFrom(now);
    const failure = takeFrom(await askForSession('longer', {}));
    if (failure === 'UNAUTHENTICATED') await check();
    // The provider is away. It is tried again until the token has expired.
    else if (failure !== undefined)
      timer = setTimeout(() => void (Date.now() < expiresAt ? renew() : check()), 10_000);
  });
}

/** The hub says that the session is over. Resolves to whether the same person has signed in again. */
export async function signInAgain(): Promise<boolean> {
  const before = session.peek()?.id;
  if ((await check()) !== false) return session.peek()?.id === before && !ended.peek();
  return new Promise((resolve) => {
    isAsking.value = true;
    waiting.push(resolve);
  });
}

/** The person does not sign in now. Her forms stay, and are not sent. */
export const stopAsking = (): void => goOn(false);

/** The person does not come back: nothing of hers stays. */
export async function leave(): Promise<void> {
  localStorage.removeItem(markKey);
  await startAnew('NONE');
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  const isParticipant = session.peek()?.role === 'participant';
  clearTimeout(timer);
  localStorage.setItem(signedOutKey, isParticipant ? 'end' : 'out');
  localStorage.removeItem(markKey);
  session.value = undefined;
  await forget();
  await sendSignOut();
  // Without a connection, a load would lose the pages.
  if (localStorage.getItem(signedOutKey) === null) await startAnew('NONE');
}

/** Whoever signs out without a connection stays signed out. */
async function sendSignOut(): Promise<void> {
  const path = localStorage.getItem(signedOutKey);
  if (path === null) return;
  const { failure } = await inTurn(() => askForSession(path, {}));
  if (failure === undefined) localStorage.removeItem(signedOutKey);
}

/**
 * Opens the session of a participant anew, if this browser has one: the hub passes its cookie on,
 * and her organisation signs another token. From then on it is renewed each hour.
 * @returns `none` also for a session that is over: what was stored here must go
 */
export async function renewSession(): Promise<'open' | 'unreachable' | 'none'> {
  const isSignedOut = () => localStorage.getItem(signedOutKey) !== null;
  if (isSignedOut()) {
    await sendSignOut();
    return 'none';
  }
  const response = await inTurn(() => askForSession('renew', {}));
  // Somebody signed out meanwhile, here or in another tab.
  if (isSignedOut()) return 'none';
  const failure = takeFrom(response);
  if (failure === 'UNAUTHENTICATED') {
    // A token that was signed for a trial has no link that renews it.
    const own = await askForSession('session');
    if (takeFrom(own) === undefined) return 'open';
    if (typeof own['ended'] === 'string') {
      if (session.peek()?.role === 'participant') {
        localStorage.removeItem(markKey);
        await startAnew('EXPIRED');
      }
      return 'none';
    }
  }
  if (failure === undefined) return 'open';
  clearTimeout(timer);
  timer = setTimeout(() => void renewSession(), hourMs);
  return 'unreachable';
}

/** Another tab has signed in or out. */
async function followOthers(mark: string | null): Promise<void> {
  const own = session.peek();
  if (mark === null) return own && startAnew('SIGNED_OUT');
  if (mark !== own?.id) await check();
}

/** Opens the session that this browser has, before a page is shown, and follows what becomes of it. */
export async function resumeSession(): Promise<void> {
  const words = sessionStorage.getItem(wordsKey) as SessionEnd | null;
  sessionStorage.removeItem(wordsKey);
  if (words && words !== 'NONE') lastEnd.value = words;
  addEventListener('storage', ({ key, newValue }) => {
    if (key === markKey) void followOthers(newValue);
  });
  addEventListener('pageshow', ({ persisted }) => {
    // A page of the browser’s memory, which somebody may have left in between.
    const mark = localStorage.getItem(markKey);
    if (!persisted || (mark ?? over) === (session.peek()?.id ?? over)) return;
    document.body.replaceChildren();
    location.reload();
  });
  const checkAgain = () => {
    const mark = localStorage.getItem(markKey);
    const isLate = session.peek() !== undefined && !ended.peek() && Date.now() >= expiresAt;
    const isUnread = !session.peek() && mark !== null && mark !== over;
    if (isLate || isUnread) void (session.peek()?.isRenewable ? renew() : check());
  };
  addEventListener('online', checkAgain);
  document.addEventListener('visibilitychange', checkAgain);
  await sendSignOut();
  const mark = localStorage.getItem(markKey);
  if (mark === null || mark === over) return;
  const isTraveller = hasTravelled();
  if ((await check()) !== false || isTraveller) return;
  // Whoever comes next finds nothing, also if the last one only closed the browser.
  await forget();
  lastEnd.value = 'EXPIRED';
}
