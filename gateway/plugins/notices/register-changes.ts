import type { SignedRequest } from '@hub/shared/identity';
import { mostNoticeBytes, type NoticeReply, noticesPath } from '@hub/shared/partner';
import type { createHttpServer } from '@hub/shared/server';

/** The notices that partners may send to the hub. */
export interface ServedChanges {
  /** Counts a request of an address. @throws HubError `RATE_LIMITED` */
  readonly count: (address: string) => void;
  /** Returns the code of the partner that signed the request. @throws HubError `UNAUTHENTICATED` */
  readonly verify: (request: SignedRequest) => Promise<string>;
  /** Takes a partner’s changes. @throws HubError */
  readonly receive: (partner: string, body: unknown) => Promise<NoticeReply>;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

/** Lets a partner say what has changed: `POST /registry/changes`, signed over its body. */
export function registerChanges(http: HttpServer, { count, verify, receive }: ServedChanges): void {
  const options = { logLevel: 'silent', bodyLimit: mostNoticeBytes } as const;
  http.post(noticesPath, options, async ({ method, headers, ip, body: sent }, reply) => {
    count(ip);
    const body = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
    const partner = await verify({ method, path: noticesPath, body, headers });
    return reply.send(await receive(partner, parse(body)));
  });
}
