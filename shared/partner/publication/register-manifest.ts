import type { FastifyInstance } from 'fastify';
import { manifestPath } from '../../records/manifest/manifest.js';
import type { Publication } from './publication.js';

/**
 * Adds the path at which everybody may read the manifest. It holds nothing secret, and its
 * signature says whose it is.
 */
export function registerManifest(http: FastifyInstance, { read }: Pick<Publication, 'read'>): void {
  http.get(manifestPath, { logLevel: 'silent' }, async (_request, reply) => {
    const file = await read();
    void reply.type('application/json; charset=utf-8');
    return file === undefined ? reply.code(503).send('{"manifest":null}') : reply.send(file);
  });
}
