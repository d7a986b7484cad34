import { HubError, Refusal } from '@hub/shared/errors';
import { type KeyStore, roleOf, secrets } from '@hub/shared/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Authenticate, Revocations } from './authenticate.js';
import { isOwnPage } from './check-site.js';
import { readSessionKey } from './derived-keys.js';

/** With it, a page says for which session it sends a request. Other sites’ pages cannot set it. */
export const sessionHeader = 'hub-session';

/** What a page may know of its session. Nothing of it opens one. */
interface SessionFacts {
  readonly id: string;
  readonly organisation: string;
  readonly role: string;
  readonly subject: string;
  /** Of a participant: her record. */
  readonly person?: string | undefined;
  /** How long its token is valid. */
  readonly secondsLeft: number;
  /** Whether the provider gives another token. */
  readonly isRenewable: boolean;
}

/** Why a browser has no open session. `REVOKED`: the key of its token, or the person’s access. */
type SessionEnd = 'NONE' | 'EXPIRED' | 'SIGNED_OUT' | 'REVOKED';

type SessionState =
  | { readonly session: SessionFacts; readonly ended?: undefined }
  | { readonly session?: undefined; readonly ended: SessionEnd };

/** What makes the next token of a session. */
export interface Renewal {
  readonly organisation: string;
  readonly refreshToken: string;
}

type Incoming = Pick<FastifyRequest, 'headers' | 'host' | 'protocol'>;

/** Sessions of browsers. The cookie has the token, sealed: no script reads it, and no hub stores it. */
export interface Sessions {
  /**
   * Opens a session. Each sign-in makes a new one, whatever the browser sent before.
   * @param renewal what makes its next token. @default nothing
   * @throws HubError `UNAUTHENTICATED`, `BAD_USER_INPUT`
   */
  open(
    request: Incoming,
    reply: FastifyReply,
    token: string,
    renewal?: Renewal,
  ): Promise<SessionFacts>;
  /** Gives the session of the same person another token. @throws as `open` */
  renew: Sessions['open'];
  read(request: Incoming): Promise<SessionState>;
  /** What renews the session of this browser. */
  readRenewal(request: Incoming): Promise<Renewal | undefined>;
  /** Ends the session of this browser at all hubs, and removes its cookies. */
  end(request: Incoming, reply: FastifyReply): Promise<void>;
  /** Whether somebody has signed out of a session. */
  isEnded(id: string): boolean;
  /** The header `authorization` of a request of the hub’s pages. Undefined if it names no session. */
  authorize(request: Incoming): Promise<string | undefined>;
}

interface SessionsOptions {
  /** A session is valid at all hubs with the same signing key. */
  readonly ownKeys: KeyStore;
  readonly authenticate: Authenticate;
  readonly revocations: Pick<Revocations, 'endSession' | 'isEnded'>;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** A session with a provider that renews it ends after a working day. Another one ends with its token. */
const longestMs = 12 * 3_600_000;
/** Browsers keep no longer cookie than 4,096 bytes. */
const longestCookie = 3_900;

const keptSchema = z.object({
  id: z.string(),
  token: z.string(),
  /** When it ends at the latest, in ms since the epoch. */
  until: z.number(),
  isRenewable: z.boolean(),
  organisation: z.string(),
  role: z.string(),
  subject: z.string(),
  person: z.string().optional(),
});
const renewalSchema = z.object({
  id: z.string(),
  organisation: z.string(),
  refreshToken: z.string(),
});
const expirySchema = z.object({ exp: z.number() });

type Kept = z.output<typeof keptSchema>;

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** @param use what the text is for: one of another use cannot stand in its place */
function seal(key: Buffer, use: string, content: object): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(use));
  const text = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
}

function unseal(key: Buffer, use: string, sealed: string): unknown {
  const bytes = Buffer.from(sealed, 'base64url');
  const start = nonceBytes + tagBytes;
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
      .setAAD(Buffer.from(use))
      .setAuthTag(bytes.subarray(nonceBytes, start));
    const text = Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()]);
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}

/** The only value that a request has for a cookie. */
export function readCookie({ cookie = '' }: FastifyRequest['headers'], name: string) {
  const values = cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

type Use = 'session' | 'renewal';

/** What renews a session goes to the hub with no other request. */
const pathOf: Readonly<Record<Use, string>> = { session: '/', renewal: '/sign-in' };
const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/;

/**
 * Browsers store a secure cookie over TLS alone. A hub on this machine may have none. Its cookies
 * have its port in their names, because ports share cookies.
 */
function describeCookie({ host, protocol }: Incoming, use: Use) {
  const [isLocal, port = ''] = (protocol === 'http' && localHost.exec(host)) || [];
  const rules = `HttpOnly; SameSite=Strict; Path=${pathOf[use]}`;
  if (isLocal) return { name: `hub-${use}-${port}`, rules };
  const prefix = use === 'session' ? '__Host-' : '__Secure-';
  return { name: `${prefix}${use}`, rules: `${rules}; Secure` };
}

const readExpiry = (token: string): number => {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return expirySchema.parse(JSON.parse(payload)).exp * 1_000;
};

type Named = Pick<SessionFacts, 'organisation' | 'subject' | 'person'>;

const isSamePerson = (one: Named, { organisation, subject, person }: Named): boolean =>
  one.organisation === organisation && one.subject === subject && one.person === person;

export function createSessions(options: SessionsOptions): Sessions {
  const { ownKeys, authenticate, revocations, clock = () => new Date() } = options;

  const readKey = async (): Promise<Buffer> => {
    const key = await readSessionKey(ownKeys);
    if (!key) throw new Error('The hub has no signing key, so nobody can sign in.');
    return key;
  };
  const find = async (request: Incoming, use: Use): Promise<unknown> => {
    const sealed = readCookie(request.headers, describeCookie(request, use).name);
    return sealed === undefined ? undefined : unseal(await readKey(), use, sealed);
  };
  const set = async (request: Incoming, reply: FastifyReply, use: Use, content?: object) => {
    const { name, rules } = describeCookie(request, use);
    const value = content ? seal(await readKey(), use, content) : '';
    if (value.length > longestCookie) {
      const message = 'The token is too long for a session of the pages.';
      throw new Refusal('BAD_USER_INPUT', 400, { message });
    }
    // Without a date, so that it goes with the browser.
    reply.header('set-cookie', `${name}=${value}; ${rules}${content ? '' : '; Max-Age=0'}`);
  };
  const isOver = ({ id, until }: Kept): boolean =>
    clock().getTime() >= until || revocations.isEnded(id);
  const describe = ({ token, until: _until, ...facts }: Kept): SessionFacts => ({
    ...facts,
    secondsLeft: Math.max(0, Math.floor((readExpiry(token) - clock().getTime()) / 1_000)),
  });
  const keep = async (
    request: Incoming,
    reply: FastifyReply,
    token: string,
    { renewal, before }: { readonly renewal?: Renewal | undefined; readonly before?: Kept },
  ): Promise<SessionFacts> => {
    const reader = await authenticate(`Bearer ${token}`);
    if (reader.kind === 'anonymous') throw new HubError('UNAUTHENTICATED');
    const { organisation, subject } = reader;
    const role = roleOf(reader);
    const person = reader.kind === 'participant' ? reader.person : undefined;
    const isRenewable = renewal !== undefined;
    const own = { isRenewable, organisation, role, subject, person };
    const same = before && isSamePerson(before, own) ? before : undefined;
    const longest = same?.isRenewable ? same.until : clock().getTime() + longestMs;
    const kept: Kept = {
      ...own,
      id: same?.id ?? secrets.createId(),
      token,
      until: isRenewable ? longest : readExpiry(token),
    };
    await set(request, reply, 'session', kept);
    await set(request, reply, 'renewal', renewal && { ...renewal, id: kept.id });
    return describe(kept);
  };
  const readKept = async (request: Incoming): Promise<Kept | undefined> =>
    keptSchema.safeParse(await find(request, 'session')).data;

  return {
    open: (request, reply, token, renewal) => keep(request, reply, token, { renewal }),
    async renew(request, reply, token, renewal) {
      const kept = await readKept(request);
      const before = kept && !isOver(kept) ? { before: kept } : {};
      return keep(request, reply, token, { renewal, ...before });
    },
    async read(request) {
      const sealed = readCookie(request.headers, describeCookie(request, 'session').name);
      if (!sealed) return { ended: 'NONE' };
      const kept = await readKept(request);
      if (!kept) return { ended: 'EXPIRED' };
      if (revocations.isEnded(kept.id)) return { ended: 'SIGNED_OUT' };
      if (isOver(kept)) return { ended: 'EXPIRED' };
      const session = describe(kept);
      const isValid = await Promise.resolve(authenticate(`Bearer ${kept.token}`)).then(
        () => true,
        () => session.secondsLeft === 0,
      );
      return isValid ? { session } : { ended: 'REVOKED' };
    },
    async readRenewal(request) {
      const kept = await readKept(request);
      const renewal = renewalSchema.safeParse(await find(request, 'renewal')).data;
      if (!kept || isOver(kept) || renewal?.id !== kept.id) return undefined;
      const { organisation, refreshToken } = renewal;
      return { organisation, refreshToken };
    },
    async end(request, reply) {
      await set(request, reply, 'session');
      await set(request, reply, 'renewal');
      const kept = await readKept(request);
      if (kept && !isOver(kept)) await revocations.endSession(kept.id);
    },
    isEnded: (id) => revocations.isEnded(id),
    async authorize(request) {
      const { [sessionHeader]: id, authorization } = request.headers;
      if (id === undefined || authorization !== undefined) return undefined;
      const kept = isOwnPage(request) ? await readKept(request) : undefined;
      // A caller whose session is over must not read as nobody, and so learn that there is nothing.
      return kept && kept.id === id && !isOver(kept) ? `Bearer ${kept.token}` : 'Session over';
    },
  };
}
