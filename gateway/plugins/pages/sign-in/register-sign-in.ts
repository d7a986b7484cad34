import { HubError, Refusal } from '@hub/shared/errors';
import { type createHttpServer, readJson } from '@hub/shared/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { checkSite } from '../../../server/security/check-site.js';
import type { Sessions } from '../../../server/security/sessions.js';
import type { ProviderSignIn } from './provider-sign-in.js';

/** The ways to sign in to the hub’s own pages. */
export interface ServedSignIn {
  /** Counts a try to sign in. Throws to refuse it. */
  readonly countSignIn: (address: string) => void;
  /** Signs people in with the provider of their organisation. */
  readonly providers: ProviderSignIn;
  /** @default nobody can sign in */
  readonly sessions: Sessions | undefined;
  /** Signs a token for a trial. @default nobody may try */
  readonly signTrialToken?: ((wanted: unknown) => Promise<string>) | undefined;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const mostBodyBytes = 16_000;
const tokenForm = z.strictObject({ token: z.string().min(1).max(8_192) });

/**
 * Opens, renews and ends sessions. A token is in no address and no response, and no other site’s
 * page can open a session.
 */
export function registerSignIn(
  http: HttpServer,
  { countSignIn, providers, sessions, signTrialToken }: ServedSignIn,
): void {
  if (!sessions) return;
  const route = { bodyLimit: mostBodyBytes };
  const begin = (request: FastifyRequest, reply: FastifyReply): void => {
    countSignIn(request.ip);
    checkSite(request);
    reply.header('cache-control', 'no-store');
  };
  http.get<{ Params: { organisation: string } }>(
    '/sign-in/providers/:organisation',
    ({ ip, params }) => {
      countSignIn(ip);
      return providers.describe(params.organisation);
    },
  );
  http.get('/sign-in/session', (request, reply) => {
    checkSite(request);
    reply.header('cache-control', 'no-store');
    return sessions.read(request);
  });
  http.post('/sign-in/code', route, async (request, reply) => {
    begin(request, reply);
    const { token, renewal } = await providers.exchange(readJson(request));
    return { session: await sessions.open(request, reply, token, renewal) };
  });
  http.post('/sign-in/token', route, async (request, reply) => {
    begin(request, reply);
    const { data } = tokenForm.safeParse(readJson(request));
    if (!data) throw new HubError('BAD_USER_INPUT');
    return { session: await sessions.open(request, reply, data.token) };
  });
  http.post('/sign-in/longer', route, async (request, reply) => {
    begin(request, reply);
    readJson(request);
    const before = await sessions.readRenewal(request);
    if (!before) throw new HubError('UNAUTHENTICATED');
    const { token, renewal } = await providers.renew(before);
    return { session: await sessions.renew(request, reply, token, renewal) };
  });
  http.post('/sign-in/out', route, async (request, reply) => {
    begin(request, reply);
    readJson(request);
    await sessions.end(request, reply);
    return {};
  });
  if (!signTrialToken) return;
  http.post('/sign-in/trial', route, async (request, reply) => {
    begin(request, reply);
    checkLocal(request.ip, request.headers.host);
    const token = await signTrialToken(readJson(request));
    return { session: await sessions.open(request, reply, token) };
  });
}

const localAddresses: readonly string[] = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const localNames = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * A trial is for who sits at this machine, also if the hub listens on other addresses. The name is
 * checked too: a page of another site can give its own name the address of this machine.
 */
function checkLocal(address: string, host = ''): void {
  if (localAddresses.includes(address) && localNames.test(host)) return;
  const message = 'The sign-in for a trial is for pages that this machine opens as localhost.';
  throw new Refusal('FORBIDDEN', 403, { message });
}
