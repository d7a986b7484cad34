import { HubError, Refusal } from '@hub/shared/errors';
import { secrets } from '@hub/shared/identity';
import { readJson, type createHttpServer } from '@hub/shared/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { checkSite } from '../../server/security/check-site.js';
import { readCookie, type Sessions } from '../../server/security/sessions.js';

/** What the hub passes on to a partner. */
interface PassedOn {
  readonly partner: string;
  readonly act: 'redeem' | 'renew' | 'end';
  readonly id: string;
  readonly secret: string;
}

interface OpenedSession {
  readonly id: string;
  /** Undefined if the one that was sent stays. */
  readonly secret?: string | undefined;
  readonly person: string;
  readonly accessEndsOn: string;
  readonly token: string;
}

/** `AWAY`: the partner does not respond. */
export type PartnerAnswer =
  | { readonly outcome: 'UNKNOWN' | 'LINK_USED' | 'ENDED' | 'AWAY' }
  | { readonly outcome: 'OPENED'; readonly session: OpenedSession };

export type PassOn = (sent: PassedOn) => Promise<PartnerAnswer>;

interface ServedParticipants {
  readonly passOn: PassOn;
  /** Counts a try before it is checked. Throws to refuse it. */
  readonly countTry: (address: string) => void;
  /** The session of the hub has the token that the partner signs. The partner’s own renews it. */
  readonly sessions: Pick<Sessions, 'open' | 'renew' | 'end'>;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;
type Cookie = Omit<PassedOn, 'act'>;

const mostBodyBytes = 1_000;

const codeForm = z.string().regex(/^[a-z][\w-]{0,99}$/);
const sentSchema = z.strictObject({
  partner: codeForm,
  id: z.string().regex(secrets.idForm),
  secret: z.string().regex(secrets.keyForm),
});

/**
 * Browsers send it to this host alone, over TLS, and with requests of this site alone. No script
 * reads it.
 */
const cookieName = '__Host-journey';
const cookieRules = 'HttpOnly; Secure; SameSite=Strict; Path=/';

const readOwn = ({ headers }: FastifyRequest): Cookie | undefined => {
  const [partner, id, secret] = readCookie(headers, cookieName)?.split('.') ?? [];
  return sentSchema.safeParse({ partner, id, secret }).data;
};

const dropCookie = (reply: FastifyReply) =>
  reply.header('set-cookie', `${cookieName}=; ${cookieRules}; Max-Age=0`);

function setCookie(
  reply: FastifyReply,
  { partner, id, secret }: Cookie,
  { accessEndsOn }: OpenedSession,
): void {
  const seconds = Math.floor((Date.parse(accessEndsOn) - Date.now()) / 1_000) + 86_400;
  const rules = `${cookieRules}; Max-Age=${Math.max(0, seconds)}`;
  reply.header('set-cookie', `${cookieName}=${partner}.${id}.${secret}; ${rules}`);
}

const away = (partner: string) => new HubError('PARTNER_UNAVAILABLE', { partner });

/**
 * Opens, renews and ends sessions of participants. A secret is in no address: a link has its own
 * after the `#`, and the page sends it when somebody presses a button. So programs that follow the
 * links of mails change nothing.
 */
export function registerParticipants(
  http: HttpServer,
  { passOn, countTry, sessions }: ServedParticipants,
): void {
  const route = { bodyLimit: mostBodyBytes };
  const begin = (request: FastifyRequest, reply: FastifyReply): unknown => {
    countTry(request.ip);
    checkSite(request);
    reply.header('cache-control', 'no-store');
    return readJson(request);
  };
  http.post('/sign-in/invitation', route, async (request, reply) => {
    const { data: sent } = sentSchema.safeParse(begin(request, reply));
    if (!sent) throw new HubError('BAD_USER_INPUT');
    const answer = await passOn({ ...sent, act: 'redeem' });
    if (answer.outcome === 'LINK_USED') throw new Refusal('LINK_USED');
    if (answer.outcome === 'AWAY') throw away(sent.partner);
    if (answer.outcome !== 'OPENED' || answer.session.secret === undefined)
      throw new HubError('NOT_FOUND');
    const { id, secret, token } = answer.session;
    setCookie(reply, { partner: sent.partner, id, secret }, answer.session);
    return { session: await sessions.open(request, reply, token) };
  });
  http.post('/sign-in/renew', route, async (request, reply) => {
    begin(request, reply);
    const cookie = readOwn(request);
    if (!cookie) throw new HubError('UNAUTHENTICATED');
    const answer = await passOn({ ...cookie, act: 'renew' });
    if (answer.outcome === 'AWAY') throw away(cookie.partner);
    if (answer.outcome !== 'OPENED') {
      dropCookie(reply);
      throw new HubError('UNAUTHENTICATED');
    }
    const { session } = answer;
    setCookie(reply, { ...cookie, secret: session.secret ?? cookie.secret }, session);
    return { session: await sessions.renew(request, reply, session.token) };
  });
  http.post('/sign-in/end', route, async (request, reply) => {
    begin(request, reply);
    const cookie = readOwn(request);
    dropCookie(reply);
    await sessions.end(request, reply);
    const answer = cookie && (await passOn({ ...cookie, act: 'end' }));
    // Without the cookie, nobody renews a session of which its partner has not heard the end.
    return { isEnded: answer?.outcome !== 'AWAY' };
  });
}
