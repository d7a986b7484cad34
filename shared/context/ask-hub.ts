import type { JWK } from 'jose';
import { Pool } from 'undici';
import { HubError, isErrorCode, type ErrorCode } from '../errors/index.js';
import { signToken, timeForCallee, timeLeftHeader } from '../identity/index.js';
import { overloaded } from '../limits/index.js';

/**
 * Asks the hub a query in the partner’s own name, with its service identity, as any client would. What is null is not
 * there; a root field whose value names no owner is null too.
 * @throws HubError `FORBIDDEN` where the partner may not know; `OVERLOADED` where the hub itself is too busy; else
 * `PARTNER_UNAVAILABLE`, or the `PARTNER_…` code of the partner that is missing. A partial response is never used.
 */
export interface AskHub {
  (
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    /** When the response has to be there, on the clock of `performance.now()`. @default after `deadlineMs` */
    until?: number,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Where this one is limited to the time of one request: the partner’s own, and that time. */
  readonly limited?: { readonly askHub: AskHub; readonly until: number };
}

/**
 * Limits what is asked of the hub for one request to the time that the hub gives for it. So the hub responds to the
 * partner, and names who is missing, before it gives up waiting for the partner.
 */
export function limitAskHub(askHub: AskHub, until: number): AskHub {
  const limited: AskHub = (query, variables) => askHub(query, variables, until);
  return Object.assign(limited, { limited: { askHub, until } });
}

export interface AskHubOptions {
  readonly hubUrl: string;
  readonly partner: string;
  readonly signingKey: () => Promise<JWK>;
  /** @default the system’s clock */
  readonly clock?: () => Date;
  /** For what is asked without a request of the hub’s, or for one that does not say how long it waits. @default 4000 */
  readonly deadlineMs?: number;
}

const tokenLifeSeconds = 300;
const connections = 8;

interface HubAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly extensions?: { readonly code?: unknown; readonly partner?: unknown };
  }[];
}

/** What is to be had of the hub, until it is closed. */
export interface HubConnection {
  readonly askHub: AskHub;
  close(): Promise<void>;
}

/** What the hub did not answer, and how; an id that names nobody is answered: there is nothing. */
function findGap({ errors = [] }: HubAnswer): HubError | undefined {
  const gaps = errors.flatMap(({ extensions = {} }) =>
    extensions.code === 'NOT_FOUND' ? [] : extensions,
  );
  const missing = gaps.find(({ code }) => isPartnerCode(code));
  if (missing) return unavailable(missing.code, missing.partner);
  if (gaps.some(({ code }) => busyCodes.has(code))) return overloaded();
  const failed = gaps.find(({ code }) => code !== 'FORBIDDEN');
  if (failed) return unavailable(undefined, undefined);
  return gaps.length > 0 ? new HubError('FORBIDDEN') : undefined;
}

const isPartnerCode = (code: unknown): code is ErrorCode =>
  isErrorCode(code) && code.startsWith('PARTNER_');

/** With these the hub refuses a question because of its own load, and nobody is missing. */
const busyCodes: ReadonlySet<unknown> = new Set<ErrorCode>(['OVERLOADED', 'RATE_LIMITED']);

const unavailable = (code: unknown, partner: unknown): HubError =>
  new HubError(isPartnerCode(code) ? code : 'PARTNER_UNAVAILABLE', {
    partner: typeof partner === 'string' ? partner : 'hub',
  });

/** For a partner that knows of no hub: every question is unanswered. */
export const noHub: AskHub = () => Promise.reject(unavailable(undefined, undefined));

export function connectHub({
  hubUrl,
  partner,
  signingKey,
  clock = () => new Date(),
  deadlineMs = 4_000,
}: AskHubOptions): HubConnection {
  const { origin, pathname } = new URL(hubUrl);
  const pool = new Pool(origin, { connections });
  let token: { readonly text: string; readonly until: number; readonly key: JWK } | undefined;

  const readToken = async (): Promise<string> => {
    const now = clock().getTime() / 1000;
    const key = await signingKey();
    // A key that was replaced may soon be revoked, and what it signed with it.
    if (token && token.until > now && token.key.x === key.x) return token.text;
    const text = await signToken({
      key,
      organisation: partner,
      subject: `${partner}-service`,
      role: 'service',
      purpose: 'policy',
      ttl: tokenLifeSeconds,
      clock,
    });
    token = { text, until: now + tokenLifeSeconds / 2, key };
    return text;
  };

  const ask = async (
    query: string,
    variables: Readonly<Record<string, unknown>>,
    leftMs: number,
  ): Promise<HubAnswer> => {
    const { body } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${await readToken()}`,
        [timeLeftHeader]: String(timeForCallee(leftMs)),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(leftMs),
    });
    return (await body.json()) as HubAnswer;
  };

  return {
    async askHub(query, variables = {}, until = performance.now() + deadlineMs) {
      const leftMs = Math.floor(until - performance.now());
      if (leftMs <= 0) throw unavailable('PARTNER_TIMED_OUT', undefined);
      const answer = await ask(query, variables, leftMs).catch((): HubAnswer => ({}));
      const gap = findGap(answer);
      if (gap) throw gap;
      if (!answer.data) throw unavailable(undefined, undefined);
      return answer.data;
    },
    close: () => pool.destroy(),
  };
}
