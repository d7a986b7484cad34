import { decodeJwt } from 'jose';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A response that left a partner: to whom, and for which request. */
export interface LeftResponse {
  readonly owner: string;
  readonly reader: { readonly organisation: string; readonly role: string };
  readonly client: string;
  /** As the hub asserts it. */
  readonly purpose: string | undefined;
  readonly body: string;
  readonly response: string;
}

/** What becomes of a request: the partner does not get it, or the hub does not get the response. */
export type Loss = 'before' | 'after' | undefined;

const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'];

const without = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      hopByHop.includes(name) ? [] : [[name, String(value)]],
    ),
  );

/** Stands before a partner and keeps what leaves it. Disposing of it closes its port. */
export async function recordResponses(
  owner: string,
  target: string,
  { keep, lose }: { keep(left: LeftResponse): void; lose(): Loss },
) {
  const server = createServer((request, answer) => {
    const forward = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const isOperation = request.method === 'POST' && request.url === new URL(target).pathname;
      const loss = isOperation ? lose() : undefined;
      if (loss === 'before') return request.socket.destroy();
      const headers = { ...without(request.headers), 'accept-encoding': 'identity' };
      const response = await fetch(new URL(request.url ?? '/', target), {
        method: request.method ?? 'GET',
        headers,
        ...(body.length > 0 && { body }),
        redirect: 'manual',
      });
      const text = await response.text();
      if (isOperation) {
        const claims = decodeJwt(String(request.headers['hub-assertion']));
        keep({
          owner,
          reader: { organisation: String(claims['org'] ?? ''), role: String(claims['role']) },
          purpose: claims['purpose'] as string | undefined,
          client: String(request.headers['hub-client-name'] ?? ''),
          body: body.toString(),
          response: text,
        });
      }
      if (loss === 'after') return request.socket.destroy();
      const {
        'content-length': _,
        'content-encoding': __,
        ...rest
      } = Object.fromEntries(response.headers);
      answer.writeHead(response.status, rest).end(text);
    };
    forward().catch(() => request.socket.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
