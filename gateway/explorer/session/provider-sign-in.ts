import { signInWithToken } from './session.ts';

/** What the page must remember while the person is at the provider. No secret of the person. */
interface Begun {
  readonly organisation: string;
  readonly verifier: string;
  readonly state: string;
  /** Where the person was. */
  readonly page: string;
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
export async function goToProvider(organisation: string): Promise<string | undefined> {
  const address = `/sign-in/providers/${encodeURIComponent(organisation)}`;
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) return readCode(response);
  const { authorizationEndpoint, clientId } = (await response.json()) as {
    authorizationEndpoint: string;
    clientId: string;
  };
  const begun: Begun = {
    organisation,
    verifier: createSecret(),
    state: createSecret(),
    page: `${location.pathname}${location.search}`,
  };
  sessionStorage.setItem(storageKey, JSON.stringify(begun));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(begun.verifier));
  const url = new URL(authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(organisation),
    scope: 'openid',
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
  { readonly page: string } | { readonly failure: string }
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
  const response = await fetch('/sign-in/code', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      organisation,
      verifier,
      code,
      state,
      redirectUri: redirectUri(organisation),
      ...(iss !== null && { iss }),
    }),
  }).catch(() => undefined);
  if (!response?.ok) return { failure: await readCode(response) };
  const { token } = (await response.json()) as { token: string };
  return signInWithToken(token) ? { page } : { failure: 'token' };
}

async function readCode(response: Response | undefined): Promise<string> {
  if (!response) return 'UNREACHABLE';
  const body = (await response.json().catch(() => ({}))) as {
    errors?: { extensions?: { code?: string } }[];
  };
  return body.errors?.[0]?.extensions?.code ?? String(response.status);
}
