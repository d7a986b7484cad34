import { HubError, Refusal } from '@hub/shared/errors';
import { createAbortSignal } from '@hub/shared/graphql';
import { readJson, type createHttpServer } from '@hub/shared/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readHubRequest, type HubRequest } from '../../../server/hub-request.js';
import { sendFile, type ExportFile } from '../register-exports.js';

/** A link as its owner sees it. Only its owner knows its key. */
export interface ListedLink {
  readonly id: string;
  readonly subject: string;
  readonly role: string;
  /** Its visit; `notices` for the feed of the organisation. */
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
  open(request: LinkRequest): Promise<ExportFile>;
}

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

const path = '/export/links';
/** What a link to the feed of the organisation’s notices has in the place of a visit. */
const noticesFeed = 'notices';

const mostBodyBytes = 2_000;
const longestId = 200;

const readRequest = (request: FastifyRequest, reply: FastifyReply) =>
  readHubRequest(request, createAbortSignal(reply.raw));

/** @throws HubError `BAD_USER_INPUT` */
function readTarget(body: unknown): string {
  const given = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const [[name, visit] = []] = given;
  if (given.length === 1 && name === 'feed' && visit === noticesFeed) return noticesFeed;
  if (given.length === 1 && name === 'visit' && typeof visit === 'string' && visit !== '')
    if (visit.length <= longestId && visit !== noticesFeed) return visit;
  const message = `The body must be {"visit": "…"}, with an id of at most ${longestId} characters, or {"feed": "${noticesFeed}"}.`;
  throw new HubError('BAD_USER_INPUT', { argument: 'visit', message });
}

/** Makes, lists and revokes links with a token, and serves a calendar to every client with its link. */
export function registerLinks(http: HttpServer, links: ServedLinks): void {
  http.post(path, { bodyLimit: mostBodyBytes }, async (request, reply) => {
    const { link, key } = await links.create(
      readRequest(request, reply),
      readTarget(readJson(request)),
    );
    const extension = link.visit === noticesFeed ? 'atom' : 'ics';
    return reply.code(201).send({ link, address: `${path}/${link.id}/${key}.${extension}` });
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
      const name = file.endsWith('.atom') ? 'notices.atom' : 'itinerary.ics';
      return sendFile(reply, name, await links.open({ ...own, link: id, key }));
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
