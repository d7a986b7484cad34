import { t } from '../words/language.ts';
import { fetchAsReader } from './send-operation.ts';

/** The response of a route of the hub that is not GraphQL, or why there is none. */
export type RouteResult =
  | { readonly response: Response; readonly error?: undefined }
  | { readonly response?: undefined; readonly error: string };

interface RouteErrors {
  readonly errors?: readonly { readonly message: string }[];
}

/** Sends a request to a route of the hub, as the reader. Never throws. */
export async function callRoute(path: string, init: RequestInit = {}): Promise<RouteResult> {
  const headers = new Headers(init.headers);
  const response = await fetchAsReader(path, { ...init, headers }).catch(() => undefined);
  if (!response) return { error: t('response.failed') };
  if (response.ok) return { response };
  if (response.status === 401 || response.status === 403) return { error: t('response.forbidden') };
  const body = (await response.json().catch(() => ({}))) as RouteErrors;
  return { error: body.errors?.[0]?.message ?? t('response.error') };
}
