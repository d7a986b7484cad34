import { Refusal } from '@hub/shared/errors';
import { type createHttpServer, readJson } from '@hub/shared/server';
import { checkSite } from '../../../server/security/check-site.js';

/** The ways to sign in to the hub’s own pages. */
export interface ServedSignIn {
  /** Counts a try to sign in. Throws to refuse it. */
  readonly countSignIn: (address: string) => void;
  /** Signs people in with the provider of their organisation. All methods throw to refuse. */
  readonly providers: {
    describe(organisation: string): Promise<object>;
    exchange(sent: unknown): Promise<string>;
  };
  /** Signs a token for a trial. @default nobody may try */
  readonly signTrialToken?: ((wanted: unknown) => Promise<string>) | undefined;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const mostBodyBytes = 16_000;

/** A token is in no address, and no other site’s page can ask for one. */
export function registerSignIn(
  http: HttpServer,
  { countSignIn, providers, signTrialToken }: ServedSignIn,
): void {
  http.get<{ Params: { organisation: string } }>(
    '/sign-in/providers/:organisation',
    ({ ip, params }) => {
      countSignIn(ip);
      return providers.describe(params.organisation);
    },
  );
  http.post('/sign-in/code', { bodyLimit: mostBodyBytes }, async (request) => {
    countSignIn(request.ip);
    checkSite(request.headers);
    return { token: await providers.exchange(readJson(request)) };
  });
  if (!signTrialToken) return;
  http.post('/sign-in/trial', { bodyLimit: mostBodyBytes }, async (request) => {
    countSignIn(request.ip);
    checkSite(request.headers);
    checkLocal(request.ip, request.headers.host);
    return { token: await signTrialToken(readJson(request)) };
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
