import { token } from '../session/session.ts';
import { t } from '../words/language.ts';

/** What a route of the hub that is not GraphQL answers: its response, or why there is none. */
export type RouteAnswer =
  | { readonly response: Response; readonly fault?: undefined }
  | { readonly response?: undefined; readonly fault: string };

interface RouteErrors {
  readonly errors?: readonly { readonly message: string }[];
}

/** Sends a request to a route of the hub, with the reader’s token. Never throws. */
export async function askRoute(path: string, init: RequestInit = {}): Promise<RouteAnswer> {
  const headers = new Headers(init.headers);
  if (token.value !== undefined) headers.set('authorization', `Bearer ${token.value}`);
  const response = await fetch(path, { ...init, headers }).catch(() => undefined);
  if (!response) return { fault: t('answer.failed') };
  if (response.ok) return { response };
  if (response.status === 401 || response.status === 403) return { fault: t('answer.forbidden') };
  const body = (await response.json().catch(() => ({}))) as RouteErrors;
  return { fault: body.errors?.[0]?.message ?? t('answer.error') };
}
