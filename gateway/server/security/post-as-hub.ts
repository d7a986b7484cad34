import { anonymous } from '@hub/shared/identity';
import { type OpenConnect, plainConnect } from '@hub/shared/server';
import { Agent, request } from 'undici';
import type { SignPartnerRequest } from './sign-request.js';

export interface PostAsHubOptions {
  readonly sign: SignPartnerRequest;
  /** Opens the connections. @default as Node does */
  readonly connect?: OpenConnect;
  /** How long a partner may take, in milliseconds. @default 30000 */
  readonly deadlineMs?: number;
}

/** Requests of the hub itself, for no caller, at paths of partners beside GraphQL. */
export interface PostAsHub extends AsyncDisposable {
  /** @throws if the partner does not respond */
  post(
    partner: { readonly code: string; readonly url: string },
    path: string,
    content: object,
  ): Promise<{ readonly status: number; readonly text: string }>;
}

const mostBytes = 65_536;
const connectTimeoutMs = 2_000;

export function createPostAsHub({
  sign,
  connect = plainConnect,
  deadlineMs = 30_000,
}: PostAsHubOptions): PostAsHub {
  const agent = new Agent({ maxResponseSize: mostBytes, connect: connect(connectTimeoutMs) });
  return {
    async post({ code, url }, given, content) {
      const { origin, pathname: path } = new URL(given.slice(1), url);
      const asked = { method: 'POST', path, body: JSON.stringify(content) } as const;
      const signature = await sign(code, { ...asked, timeLeftMs: deadlineMs }, anonymous);
      const response = await request(`${origin}${path}`, {
        method: 'POST',
        dispatcher: agent,
        headers: { 'content-type': 'application/json', ...signature },
        body: asked.body,
        signal: AbortSignal.timeout(deadlineMs),
      });
      return { status: response.statusCode, text: await response.body.text() };
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}
