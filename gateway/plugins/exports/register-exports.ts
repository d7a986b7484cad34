import { Refusal } from '@hub/shared/errors';
import { createAbortSignal } from '@hub/shared/graphql';
import type { createHttpServer } from '@hub/shared/server';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { readHubRequest, type HubRequest } from '../../server/hub-request.js';

/** A request for a file. */
export interface ExportRequest extends HubRequest {
  readonly signal: AbortSignal;
  /** `things.csv` */
  readonly fileName: string;
  /** The complete URL, as it was sent. */
  readonly url: string;
}

/** A file that is ready to be sent. Disposing of it frees its memory and disk space. */
export interface ExportFile extends AsyncDisposable {
  readonly mediaType: string;
  readonly bytes: number;
  readonly headers: Readonly<Record<string, string>>;
  /** To be called once. */
  read(): Promise<Readable>;
}

/** Makes the files. */
export interface ServedExports {
  /** Throws to refuse the request. Nothing is sent before the file is ready. */
  open(request: ExportRequest): Promise<ExportFile>;
}

const path = '/export/:fileName';

/** Headers that pages of an allowed origin may read. */
const exposedHeaders =
  'x-request-id, retry-after, content-disposition, hub-completeness, hub-withheld';

type HttpServer = Awaited<ReturnType<typeof createHttpServer>>;

/** Sends a file and disposes of it, whether sending succeeds or not. */
export async function sendFile(
  reply: FastifyReply,
  fileName: string,
  file: ExportFile,
): Promise<FastifyReply> {
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
      'referrer-policy': 'no-referrer',
    })
    .type(file.mediaType)
    .send(await file.read());
}

/** Serves files for GET requests. */
export function registerExports(http: HttpServer, exports: ServedExports): void {
  http.get<{ Params: { fileName: string } }>(
    path,
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { fileName } = request.params;
      // CORS has already checked the origin.
      if (reply.hasHeader('access-control-allow-origin'))
        reply.header('access-control-expose-headers', exposedHeaders);
      const signal = createAbortSignal(reply.raw);
      const sent = { ...readHubRequest(request, signal), fileName, url: request.url };
      try {
        return await sendFile(reply, fileName, await exports.open(sent));
      } catch (error) {
        if (!signal.aborted) throw error;
        // The client has disconnected.
        return reply.hijack();
      }
    },
  );
  http.route({
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
    url: path,
    handler: async (_request, reply) => {
      reply.header('allow', 'GET');
      throw new Refusal('BAD_REQUEST', 405, { message: 'Exports must be requested by GET.' });
    },
  });
}
