import { HubError } from '@hub/shared/errors';
import type { createHttpServer } from '@hub/shared/http';
import type { SignedRequest } from '@hub/shared/identity';
import { refreshPath } from '@hub/shared/manifest';

/** What partners may ask of the registry. */
export interface ServedRefresh {
  /** Counts a request of an address. @throws HubError `RATE_LIMITED` */
  readonly count: (address: string) => void;
  /** Returns the code of the partner that signed the request. @throws HubError `UNAUTHENTICATED` */
  readonly verify: (request: SignedRequest) => Promise<string>;
  /** Fetches the partner’s manifest soon. @throws HubError `RATE_LIMITED` */
  readonly refresh: (partner: string) => void;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

/** Lets a partner say that it has published something: `POST /registry/refresh`, without a body. */
export function registerRefresh(http: HttpServer, { count, verify, refresh }: ServedRefresh): void {
  http.post(refreshPath, { bodyLimit: 1_000 }, async ({ method, headers, ip, body }, reply) => {
    count(ip);
    if (body !== undefined && body !== null) {
      throw new HubError('BAD_USER_INPUT', { argument: 'body' });
    }
    const partner = await verify({ method, path: refreshPath, body: '', headers });
    refresh(partner);
    return reply.code(202).send({ partner });
  });
}
