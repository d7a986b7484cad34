import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A minimal Node server: it sends what `respond` makes of a body as JSON. It ends with its parent
 * process.
 */
export async function serveJson(
  respond: (body: string) => string | Buffer | Promise<string | Buffer>,
): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const send = (bytes: string | Buffer) => {
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(bytes),
        });
        response.end(bytes);
      };
      const fail = (error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      };
      const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      try {
        const made = respond(body?.toString() ?? '');
        if (made instanceof Promise) made.then(send, fail);
        else send(made);
      } catch (error) {
        fail(error);
      }
    });
  });
  server.keepAliveTimeout = 600_000;
  return listenOn(server);
}

function listenOn(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    });
  });
}

/** Reports the URLs to the bench, and ends when the bench does. */
export function tellReady(urls: Readonly<Record<string, string>>): void {
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
  process.send?.(urls);
}
