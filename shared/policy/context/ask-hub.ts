import { type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { JWK } from 'jose';
import { type Dispatcher, Pool } from 'undici';
import { type ErrorCode, isErrorCode, isWithheld } from '../../errors/catalogue.js';
import { HubError } from '../../errors/hub-error.js';
import { withoutStack } from '../../errors/without-stack.js';
import { overloaded } from '../../graphql/limits/fair-slots.js';
import {
  ownClientNameHeader,
  timeForCallee,
  timeLeftHeader,
} from '../../identity/request-headers.js';
import { signToken } from '../../identity/token.js';
import { type OpenConnect, plainConnect } from '../../server/tls/open-tls.js';

/**
 * True for an error of a partner whose data is missing. It affects only that data, not the whole
 * response.
 */
export const isMissing = (error: unknown): error is HubError =>
  error instanceof HubError && (error.code.startsWith('PARTNER_') || error.code === 'OVERLOADED');

/**
 * Asks for fields that an earlier version does not have, and for the others alone where the hub or
 * an owner is of that version.
 * @param fields selections, each after a space
 * @throws whatever `ask` throws
 */
export async function askWithLater<Result>(
  ask: (fields: string) => Promise<Result>,
  fields: string,
): Promise<Result> {
  try {
    return await ask(fields);
  } catch (error) {
    if (error instanceof HubError && error.code === 'PARTNER_LACKS_FIELD') return ask('');
    throw error;
  }
}

/** Whose part of a field’s value is missing, although the field has a value. */
export interface MissingNote {
  /**
   * Adds an error at the path of the field, once for each partner and code.
   * @param error `PARTNER_…` or `OVERLOADED`, as `AskHub` throws it
   */
  note(error: HubError, info: Pick<GraphQLResolveInfo, 'path' | 'fieldNodes'>): void;
  /** The errors for the response. */
  readonly errors: readonly HubError[];
}

/** Collects what one response lacks, so that partial data is not taken for complete data. */
export function createMissingNote(): MissingNote {
  const errors = new Map<string, HubError>();
  return {
    note({ code, extensions: { partner, retryAfter } }, { path, fieldNodes }) {
      const place = { path: responsePathAsArray(path), nodes: fieldNodes };
      const details = {
        ...(partner !== undefined && { partner }),
        ...(retryAfter !== undefined && { retryAfter }),
      };
      const key = JSON.stringify([place.path, code, details]);
      if (errors.has(key)) return;
      errors.set(
        key,
        withoutStack(() => new HubError(code, details, place)),
      );
    },
    get errors() {
      return [...errors.values()];
    },
  };
}

/**
 * Sends the hub a query in the partner’s own name, with its service identity. A record that is null
 * does not exist. A root field whose value names no owner is null too.
 * @throws HubError `FORBIDDEN` if the partner may not know; `OVERLOADED` if the hub itself is too
 * busy; `PARTNER_TIMED_OUT` if it did not respond in time; otherwise `PARTNER_UNAVAILABLE`, or the
 * `PARTNER_…` code of the missing partner. A partial response is used only if `extent` is `known`.
 */
export interface AskHub {
  (
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: AskOptions,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** If this function is one request’s: the partner’s own function, and what the request limits. */
  readonly limited?: AskLimits & { readonly askHub: AskHub };
}

/** What a request that the partner responds to says about its own requests to the hub. */
interface AskLimits {
  /**
   * The latest time for the response, on the clock of `performance.now()`. @default after
   * `deadlineMs`
   */
  readonly until?: number | undefined;
  /** What the client calls its program. @default it has no name */
  readonly clientName?: string | undefined;
}

type ResponsePath = readonly (string | number)[];

interface AskOptions extends AskLimits {
  /** `known`: a response without what some partner did not say is enough. @default `whole` */
  readonly extent?: 'whole' | 'known';
  /**
   * Called for each reason why a `known` response is partial: `PARTNER_…`, `OVERLOADED` or
   * `FORBIDDEN`, with the path of what is missing.
   */
  readonly onMissing?: (error: HubError, path: ResponsePath) => void;
}

/**
 * Limits requests to the hub to the time that the hub gave for the partner’s response. So the hub
 * responds to the partner, and names the missing partner, before it stops waiting for this one. The
 * name of the client’s program travels on, for the records of the partners that the hub asks.
 */
export function limitAskHub(
  askHub: AskHub,
  until: number | undefined,
  clientName?: string,
): AskHub {
  const limited: AskHub = (query, variables, options) =>
    askHub(query, variables, { ...options, until, clientName });
  return Object.assign(limited, { limited: { askHub, until, clientName } });
}

export interface AskHubOptions {
  readonly hubUrl: string;
  readonly partner: string;
  readonly signingKey: () => Promise<JWK>;
  /** @default the system’s clock */
  readonly clock?: () => Date;
  /** Opens the connections. @default as Node does */
  readonly connect?: OpenConnect | undefined;
  /** For requests of the partner that have no time limit of the hub. @default 4000 */
  readonly deadlineMs?: number;
}

const tokenLifeSeconds = 300;
const connections = 8;
const connectTimeoutMs = 4_000;

interface HubResponse {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly path?: ResponsePath;
    readonly extensions?: { readonly code?: unknown; readonly partner?: unknown };
  }[];
}

/** The connection to the hub, until it is closed. */
export interface HubConnection {
  readonly askHub: AskHub;
  /** The same connections, for other requests to the hub. */
  readonly dispatcher: Dispatcher;
  close(): Promise<void>;
}

/** An error that leaves something out of a response. */
interface Gap {
  readonly code?: unknown;
  readonly partner?: unknown;
  readonly path: ResponsePath;
}

/** Why the response is partial. An id that names no record is a complete response. */
const listGaps = ({ errors = [] }: HubResponse): Gap[] =>
  errors
    .map(({ path = [], extensions }) => ({ ...extensions, path }))
    .filter(({ code }) => code !== 'NOT_FOUND' && code !== 'DANGLING_REFERENCE');

/** The gap that a caller should hear of first. */
const findWorst = (gaps: readonly Gap[]): Gap | undefined =>
  gaps.find(({ code }) => isPartnerCode(code)) ??
  gaps.find(({ code }) => busyCodes.has(code)) ??
  gaps.find(({ code }) => !isWithheld(code)) ??
  gaps[0];

function toError({ code, partner }: Gap): HubError {
  if (isWithheld(code)) return new HubError('FORBIDDEN');
  // A hub of an earlier version, to which later fields are unknown.
  if (code === 'GRAPHQL_VALIDATION_FAILED') return unavailable('PARTNER_LACKS_FIELD', 'hub');
  return busyCodes.has(code) ? overloaded() : unavailable(code, partner);
}

const isPartnerCode = (code: unknown): code is ErrorCode =>
  isErrorCode(code) && code.startsWith('PARTNER_');

/** The hub refuses with these codes because of its own load. No partner is missing. */
const busyCodes: ReadonlySet<unknown> = new Set<ErrorCode>(['OVERLOADED', 'RATE_LIMITED']);

const unavailable = (code: unknown, partner: unknown): HubError =>
  new HubError(isPartnerCode(code) ? code : 'PARTNER_UNAVAILABLE', {
    partner: typeof partner === 'string' ? partner : 'hub',
  });

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TimeoutError';

/** For a partner without a hub: every request fails. */
export const noHub: AskHub = () => Promise.reject(unavailable(undefined, undefined));

export function connectHub(options: AskHubOptions): HubConnection {
  const { hubUrl, deadlineMs = 4_000, connect = plainConnect } = options;
  const { origin, pathname } = new URL(hubUrl);
  const pool = new Pool(origin, { connections, connect: connect(connectTimeoutMs) });
  const readToken = createTokenReader(options);

  const ask = async (
    query: string,
    variables: Readonly<Record<string, unknown>>,
    leftMs: number,
    clientName: string | undefined,
  ): Promise<HubResponse> => {
    const { body } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${await readToken()}`,
        [timeLeftHeader]: String(timeForCallee(leftMs)),
        ...(clientName !== undefined && { [ownClientNameHeader]: clientName }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(leftMs),
    });
    return (await body.json()) as HubResponse;
  };

  return {
    async askHub(query, variables = {}, { until, extent = 'whole', clientName, onMissing } = {}) {
      const leftMs = until === undefined ? deadlineMs : Math.floor(until - performance.now());
      if (leftMs <= 0) throw unavailable('PARTNER_TIMED_OUT', undefined);
      const response = await ask(query, variables, leftMs, clientName).catch(
        (error: unknown): HubResponse => {
          if (isTimeout(error)) throw unavailable('PARTNER_TIMED_OUT', undefined);
          return {};
        },
      );
      const gaps = listGaps(response);
      const worst = findWorst(gaps);
      if (worst && !(extent === 'known' && response.data)) throw toError(worst);
      if (!response.data) throw unavailable(undefined, undefined);
      for (const gap of gaps) onMissing?.(toError(gap), gap.path);
      return response.data;
    },
    dispatcher: pool,
    close: () => pool.destroy(),
  };
}

/** Signs tokens of the partner’s own server. Each serves for half of its life. */
function createTokenReader({
  partner,
  signingKey,
  clock = () => new Date(),
}: AskHubOptions): () => Promise<string> {
  let token: { readonly text: string; readonly until: number; readonly key: JWK } | undefined;
  return async () => {
    const now = clock().getTime() / 1000;
    const key = await signingKey();
    // A replaced key may soon be revoked, and then its signatures are invalid.
    if (token && token.until > now && token.key.x === key.x) return token.text;
    const text = await signToken({
      key,
      organisation: partner,
      subject: `${partner}-service`,
      role: 'service',
      purpose: 'PROGRAMME: policy',
      ttl: tokenLifeSeconds,
      clock,
    });
    token = { text, until: now + tokenLifeSeconds / 2, key };
    return text;
  };
}
