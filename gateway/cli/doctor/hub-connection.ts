import { tokens } from '@hub/shared/identity';
import { UserError } from '@hub/shared/system';
import type { JWK } from 'jose';

/** An entry of `errors` in a response. */
export interface HubError {
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly partner?: string;
    /** The record that a dangling reference names, and who should have it. */
    readonly id?: string;
    readonly owner?: string | null;
  };
}

export interface HubResponse {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly HubError[];
}

/** Sends an operation to a hub as any client does. */
export type AskHub = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<HubResponse>;

export interface HubConnectionOptions {
  readonly url: string;
  /** The organisation in whose name to read. */
  readonly reader: string;
  /** The signing key of that organisation. */
  readonly key: JWK;
  /** @default Node’s own */
  readonly fetchBy?: typeof fetch;
}

const deadlineMs = 60_000;
const tokenLifeSeconds = 300;

/**
 * @returns a function that throws {@link UserError} if there is no hub at this URL, or it does
 * not accept the caller
 */
export function connectHub({ url, reader, key, fetchBy = fetch }: HubConnectionOptions): AskHub {
  return async (query, variables) => {
    // A new token for each operation, because a walk may take longer than a token is valid.
    const token = await tokens.signToken({
      key,
      organisation: reader,
      role: 'service',
      subject: `${reader}-doctor`,
      purpose: 'doctor',
      ttl: tokenLifeSeconds,
    });
    const response = await fetchBy(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        // What it finds is how things are now.
        'cache-control': 'no-cache',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ query, variables, operationName: 'Doctor' }),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    }).catch(() => {
      throw new UserError(`No hub responds at ${url}.`);
    });
    const body = await readResponse(response).catch(() => undefined);
    if (!body) throw new UserError(`The server at ${url} is not a hub (${response.status}).`);
    if (response.status === 401)
      throw new UserError(`The hub at ${url} does not accept the key of ${reader}.`);
    return body;
  };
}

async function readResponse(response: Response): Promise<HubResponse | undefined> {
  const body: unknown = await response.json();
  return isResponse(body) ? body : undefined;
}

const isResponse = (value: unknown): value is HubResponse =>
  typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
