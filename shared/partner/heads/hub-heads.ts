import { fetch, type Dispatcher } from 'undici';
import { z } from 'zod';
import { handInPath, headsPath } from '../../records/evidence/daily-head.js';
import { parseJson } from '../../records/evidence/signed-statement.js';
import { signRefresh, type SignRefreshOptions } from '../../records/manifest/refresh.js';
import type { HubHeads } from '../../records/witness/witness.js';
import { readBounded } from '../../system/read-bounded.js';

const deadlineMs = 10_000;
const mostBytes = 5_000_000;

const refusalSchema = z.object({
  refused: z.object({ code: z.string().max(64), message: z.string().max(1_000) }),
});

interface HubHeadsOptions extends Omit<SignRefreshOptions, 'body' | 'path'> {
  readonly hubUrl: string;
  /** The connections to the hub. @default those of Node */
  readonly dispatcher?: Dispatcher | undefined;
}

/** Reaches the heads at the hub, with the partner’s keys. */
export function connectHubHeads({ hubUrl, dispatcher, ...signing }: HubHeadsOptions): HubHeads {
  const send = async (path: string, init: RequestInit) => {
    const signal = AbortSignal.timeout(deadlineMs);
    const how = { ...init, redirect: 'manual', signal, ...(dispatcher && { dispatcher }) } as const;
    const response = (await fetch(new URL(path, hubUrl), how as object)) as Response;
    const text = (await readBounded(response, mostBytes)).toString('utf8');
    return { status: response.status, text };
  };
  return {
    async fetchLines(from) {
      const { status, text } = await send(`${headsPath}?from=${from}`, { method: 'GET' });
      if (status !== 200) throw new Error(`The hub responds with HTTP ${status}.`);
      return text;
    },
    async handIn(statement, opening) {
      const body = JSON.stringify({ head: statement, ...(opening && { opening }) });
      const headers = await signRefresh({ ...signing, path: handInPath, body });
      const { status, text } = await send(handInPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      if (status === 200) return undefined;
      if (status < 400 || status > 499) throw new Error(`The hub responds with HTTP ${status}.`);
      const { refused } = refusalSchema.safeParse(parseJson(text)).data ?? {};
      if (refused) return `${refused.code}: ${refused.message}`;
      const advice = status === 400 ? ' Upgrade it if it is older than this partner.' : '';
      return `The hub responds with HTTP ${status}.${advice}`;
    },
  };
}
