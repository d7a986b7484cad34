import { token } from '../session/session.ts';
import { t } from '../words/language.ts';
import { statePurpose } from './send-operation.ts';

/** The response of a route of the hub that is not GraphQL, or why there is none. */
export type RouteResult =
  | { readonly response: Response; readonly error?: undefined }
  | { readonly response?: undefined; readonly error: string };

interface RouteErrors {
  readonly errors?: readonly { readonly message: string }[];
}

/** Sends a request to a route of the hub, with the reader’s token. Never throws. */
export async function callRoute(path: string, init: RequestInit = {}): Promise<RouteResult> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(statePurpose())) headers.set(name, value);
  if (token.value !== undefined) headers.set('authorization', `Bearer ${token.value}`);
  const response = await fetch(path, { ...init, headers }).catch(() => undefined);
  if (!response) return { error: t('response.failed') };
  if (response.ok) return { response };
  if (response.status === 401 || response.status === 403) return { error: t('response.forbidden') };
  const body = (await response.json().catch(() => ({}))) as RouteErrors;
  return { error: body.errors?.[0]?.message ?? t('response.error') };
}
