import type { JWK } from 'jose';

import { type Manifest, manifestPath, verifyManifest } from '@hub/shared/records';
import { inner } from '@hub/shared/testing';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Certifier } from '../../../gateway/cli/partner-check/certifier.js';

export type Row = Record<string, unknown>;

/** A request that has come, in which a breach may change what the real partner gets. */
interface Asked {
  readonly text: string;
  query: string;
  variables: Row;
}

/** A response of the real partner, which a breach may change. */
export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** A request as it came, before anybody has verified it. */
export interface SignedCall {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How many came before it with the same signature. */
  readonly earlier: number;
  /** How many are under way with it. */
  readonly atOnce: number;
}

/** True believes a request, false refuses it, and undefined verifies it. */
type Trust = (
  call: SignedCall,
  real: Certifier,
) => boolean | undefined | Promise<boolean | undefined>;

/** How a partner breaks a rule. Each part is in the place of what a good partner does. */
export interface Breach {
  /** Believes everybody, or nobody, or decides for each request. @default verifies */
  readonly trust?: 'everybody' | 'nobody' | Trust;
  readonly ask?: (asked: Asked) => void;
  readonly answer?: (answered: Answered, asked: Asked) => void | Promise<void>;
  readonly manifest?: (manifest: Manifest) => Manifest;
  /** Changes the signed file. */
  readonly file?: (text: string) => string;
  readonly fileHeaders?: Readonly<Record<string, string>>;
  readonly fileStatus?: number;
}

export interface BrokenPartner extends AsyncDisposable {
  readonly url: string;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Opens a server in front of a real partner that breaks one rule.
 * @param real signs as the hub, so that a changed request still reaches the partner
 */
export async function openBrokenPartner(
  real: Certifier,
  partnerKey: JWK,
  breach: Breach,
): Promise<BrokenPartner> {
  const place = { url: '' };
  const came = new Map<string, number>();
  let atOnce = 0;
  const { trust: trusts } = breach;
  const decide: Trust =
    typeof trusts === 'function'
      ? trusts
      : () => (trusts === undefined ? undefined : trusts === 'everybody');
  const publish = async () => {
    const { text } = await real.get(manifestPath);
    const own = await verifyManifest(text, { partner: real.code, keys: real.partnerKeys });
    const { manifest = (one) => one, file = (one) => one } = breach;
    const headers = { 'content-type': 'application/json', ...breach.fileHeaders };
    const body = file(
      await inner.signManifest(manifest({ ...own, endpoint: place.url }), partnerKey),
    );
    return { status: breach.fileStatus ?? 200, headers, body };
  };
  const forward = async (request: IncomingMessage) => {
    const text = await readBody(request);
    const json = parseJson(text) as Partial<Asked> | undefined;
    const asked: Asked = { text, query: json?.query ?? '', variables: json?.variables ?? {} };
    const before = JSON.stringify(asked);
    breach.ask?.(asked);
    const isChanged = JSON.stringify(asked) !== before;
    const body = isChanged ? JSON.stringify(asked) : text;
    const sent = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => /^(hub-|signature|content-)/.test(name)),
    ) as Record<string, string>;
    delete sent['content-length'];
    const { signature = '' } = sent;
    const earlier = came.get(signature) ?? 0;
    came.set(signature, earlier + 1);
    const trust = await decide({ text, headers: sent, earlier, atOnce }, real);
    const isTrusted = isChanged || trust === true;
    const reply = await real.post(body, isTrusted ? await real.sign(body) : sent);
    const answered: Answered = {
      status: reply.status,
      headers: { 'content-type': reply.headers.get('content-type') ?? 'application/json' },
      body: reply.json,
    };
    if (trust === false) {
      answered.status = 401;
      answered.body = { errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] };
    }
    await breach.answer?.(answered, asked);
    return { ...answered, body: JSON.stringify(answered.body) };
  };
  const server = createServer((request, response) => {
    atOnce += 1;
    const handle = request.url === manifestPath ? publish() : forward(request);
    // Before anybody has the response, and may ask again.
    const ended = handle.finally(() => (atOnce -= 1));
    ended.then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(502).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  place.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return {
    url: place.url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Rewrites every object in a response, innermost first. */
export function mapObjects(value: unknown, map: (object: Row) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, map));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, mapObjects(item, map)] as const);
  return map(Object.fromEntries(entries));
}
