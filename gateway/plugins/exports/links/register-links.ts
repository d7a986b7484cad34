import { Refusal } from '@hub/shared/errors';
import { createAbortSignal } from '@hub/shared/graphql';
import { readJson, type createHttpServer } from '@hub/shared/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { extname } from 'node:path';
import { readHubRequest, type HubRequest } from '../../../server/hub-request.js';
import { sendFile, type ExportFile } from '../register-exports.js';
import { fileNameOf, readTarget } from './link-targets.js';

/** A link as its owner sees it. Only its owner knows its key. */
export interface ListedLink {
  readonly id: string;
  readonly subject: string;
  readonly role: string;
  /** Its visit, or the name of another target. */
  readonly visit: string;
  readonly createdOn: string;
  readonly expiresOn: string;
}

/** The request of a calendar program, which proves itself by the key of a link. */
interface LinkRequest extends HubRequest {
  readonly signal: AbortSignal;
  readonly link: string;
  readonly key: string;
}

/** Links to the calendar of one visit or to a feed, each for one person. All methods throw to refuse. */
export interface ServedLinks {
  create(
    request: HubRequest & { readonly signal: AbortSignal },
    visit: string,
  ): Promise<{ readonly link: ListedLink; readonly key: string }>;
  list(request: HubRequest): Promise<readonly ListedLink[]>;
  revoke(request: HubRequest, id: string): Promise<void>;
  /** The calendar or the feed, as the person may read it now. */
  open(request: LinkRequest): Promise<{ readonly fileName: string; readonly file: ExportFile }>;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const path = '/export/links';

const mostBodyBytes = 2_000;

const readRequest = (request: FastifyRequest, reply: FastifyReply) =>
  readHubRequest(request, createAbortSignal(reply.raw));

/** Makes, lists and revokes links with a token, and serves a calendar to every client with its link. */
export function registerLinks(http: HttpServer, links: ServedLinks): void {
  http.post(path, { bodyLimit: mostBodyBytes }, async (request, reply) => {
    const { link, key } = await links.create(
      readRequest(request, reply),
      readTarget(readJson(request)),
    );
    const address = `${path}/${link.id}/${key}${extname(fileNameOf(link.visit))}`;
    return reply.code(201).send({ link, address });
  });
  http.get(path, { exposeHeadRoute: false }, async (request, reply) => ({
    links: await links.list(readRequest(request, reply)),
  }));
  http.delete<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    await links.revoke(readRequest(request, reply), request.params.id);
    return reply.code(204).send();
  });
  // The request log has the path of the route, so that it never has a key.
  http.get<{ Params: { id: string; file: string } }>(
    `${path}/:id/:file`,
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { id, file } = request.params;
      const { authorization: _, ...own } = readRequest(request, reply);
      const key = file.replace(/\.(?:ics|atom)$/, '');
      const { fileName, file: opened } = await links.open({ ...own, link: id, key });
      return sendFile(reply, fileName, opened);
    },
  );
  refuseOthers(http, path, 'GET, POST', ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT']);
  refuseOthers(http, `${path}/:id`, 'DELETE', ['GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
  const writing = ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
  refuseOthers(http, `${path}/:id/:file`, 'GET', writing);
}

function refuseOthers(http: HttpServer, url: string, allowed: string, method: string[]): void {
  http.route({
    method,
    url,
    handler: async (_request, reply) => {
      reply.header('allow', allowed);
      throw new Refusal('BAD_REQUEST', 405, { message: `This address allows ${allowed}.` });
    },
  });
}
