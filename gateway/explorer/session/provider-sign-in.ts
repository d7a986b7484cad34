import { askForSession, openSession } from './keep-session.ts';

/** What the page must remember while the person is at the provider. No secret of the person. */
interface Begun {
  readonly organisation: string;
  readonly verifier: string;
  readonly state: string;
  /** Where the person was. Undefined in a window of its own: she goes on in the other one. */
  readonly page?: string | undefined;
}

const storageKey = 'hub-sign-in';
const callbackPath = '/sign-in/callback';

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const createSecret = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));

/**
 * An address for each organisation: a provider cannot send a person back with a code of another
 * organisation’s provider.
 */
const redirectUri = (organisation: string): string =>
  new URL(`${callbackPath}/${organisation}`, location.origin).href;

/** Sends the browser to the provider of an organisation. Returns the error’s code, if there is one. */
export async function goToProvider(
  organisation: string,
  page?: string,
): Promise<string | undefined> {
  const provider = await askForSession(`providers/${encodeURIComponent(organisation)}`);
  const { authorizationEndpoint, clientId, scope, failure } = provider as Record<string, string>;
  if (failure !== undefined || !authorizationEndpoint || !clientId)
    return failure ?? 'INVALID_RESPONSE';
  const begun: Begun = {
    organisation,
    verifier: createSecret(),
    state: createSecret(),
    page,
  };
  sessionStorage.setItem(storageKey, JSON.stringify(begun));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier));
  const url = new URL(authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(organisation),
    scope: scope ?? 'openid',
    // Without it, a provider gives nothing that renews the token.
    ...(scope?.includes('offline_access') && { prompt: 'consent' }),
    state: begun.state,
    code_challenge: toBase64Url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
  return undefined;
}

function takeBegun(): Begun | undefined {
  const text = sessionStorage.getItem(storageKey);
  sessionStorage.removeItem(storageKey);
  return text === null ? undefined : (JSON.parse(text) as Begun);
}

/** The person comes back with a code. Returns the page to go to, or the error’s code. */
export async function finishAtCallback({
  pathname,
  search,
}: Pick<Location, 'pathname' | 'search'>): Promise<
  { readonly page: string | undefined } | { readonly failure: string }
> {
  const begun = takeBegun();
  const parameters = new URLSearchParams(search);
  const code = parameters.get('code');
  const state = parameters.get('state');
  // Whoever did not begin here must not end here: the code would be somebody else’s.
  if (
    !begun ||
    begun.state !== state ||
    redirectUri(begun.organisation) !== new URL(pathname, location.origin).href
  )
    return { failure: 'state' };
  if (code === null) return { failure: parameters.get('error') ?? 'code' };
  const iss = parameters.get('iss');
  const { organisation, verifier, page } = begun;
  const failure = await openSession('code', {
    organisation,
    verifier,
    code,
    state,
    redirectUri: redirectUri(organisation),
    ...(iss !== null && { iss }),
  });
  return failure === undefined ? { page } : { failure };
}
