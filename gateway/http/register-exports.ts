import { Refusal } from '@hub/shared/errors';
import { createAbortSignal } from '@hub/shared/graphql';
import type { createHttpServer, HttpReply } from '@hub/shared/http';
import type { Readable } from 'node:stream';
import type { HubRequest } from './hub-request.js';

/** What somebody wants as a file. */
export interface ExportRequest extends HubRequest {
  readonly signal: AbortSignal;
  /** `things.csv` */
  readonly fileName: string;
  /** The whole address, as it was sent. */
  readonly url: string;
}

/** A file that is ready to be sent. Disposing of it frees what it holds. */
export interface ExportFile extends AsyncDisposable {
  readonly mediaType: string;
  readonly bytes: number;
  readonly headers: Readonly<Record<string, string>>;
  /** To be called once. */
  read(): Promise<Readable>;
}

/** Who makes the files. */
export interface ServedExports {
  /** What it throws refuses the request. Nothing is sent before it is known whether there is a file. */
  open(request: ExportRequest): Promise<ExportFile>;
}

const path = '/export/:fileName';

/** Headers that a page of another, allowed, origin may read. */
const exposedHeaders =
  'x-request-id, retry-after, content-disposition, hub-completeness, hub-withheld';

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

/** Sends a file, and frees what it holds when that is over, one way or the other. */
async function sendFile(reply: HttpReply, fileName: string, file: ExportFile): Promise<HttpReply> {
  const free = () => void file[Symbol.asyncDispose]();
  if (reply.raw.destroyed) {
    free();
    return reply.hijack();
  }
  reply.raw.once('close', free);
  return reply
    .headers({
      ...file.headers,
      'content-disposition': `attachment; filename="${fileName}"`,
      'content-length': file.bytes,
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .type(file.mediaType)
    .send(await file.read());
}

/** Serves files by plain GET. */
export function registerExports(http: HttpServer, exports: ServedExports): void {
  http.get<{ Params: { fileName: string } }>(
    path,
    { exposeHeadRoute: false },
    async ({ id: requestId, url, headers, ip, params: { fileName } }, reply) => {
      // CORS has decided by now whether this origin may read at all.
      if (reply.hasHeader('access-control-allow-origin'))
        reply.header('access-control-expose-headers', exposedHeaders);
      const signal = createAbortSignal(reply.raw);
      const { authorization } = headers;
      try {
        const request = { fileName, url, requestId, signal, authorization, address: ip };
        return await sendFile(reply, fileName, await exports.open(request));
      } catch (error) {
        if (!signal.aborted) throw error;
        // Nobody is there any more to be told.
        return reply.hijack();
      }
    },
  );
  http.route({
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
    url: path,
    handler: async (_request, reply) => {
      reply.header('allow', 'GET');
      throw new Refusal('BAD_REQUEST', 405, { message: 'Exports are asked for by GET.' });
    },
  });
}
