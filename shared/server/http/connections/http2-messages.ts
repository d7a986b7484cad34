import type { OutgoingHttpHeaders } from 'node:http';
import {
  constants,
  Http2ServerRequest,
  Http2ServerResponse,
  type Http2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** Node shows a session’s socket through a proxy, which knows no address after the end. */
const sockets = new WeakMap<Http2Session, Socket>();

export const noteSocket = (session: Http2Session, socket: Socket): void =>
  void sockets.set(session, socket);

/** A request by HTTP/2, as code for HTTP/1.1 expects it. */
export class Http2Request extends Http2ServerRequest {
  constructor(
    stream: ServerHttp2Stream,
    headers: Record<string, string>,
    options: ConstructorParameters<typeof Readable>[0],
    rawHeaders: readonly string[],
  ) {
    const authority = headers[':authority'];
    if (authority !== undefined) headers['host'] ??= authority;
    super(stream, headers, options ?? {}, rawHeaders);
    const { session } = stream;
    const socket = session && sockets.get(session);
    Object.defineProperty(this, 'socket', { value: socket });
  }

  /** Cuts the request off. */
  override destroy(error?: Error): this {
    this.stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    return super.destroy(error);
  }
}

/** What is about the connection is an error in a response by HTTP/2 (RFC 9113, 8.2.2). */
const ofConnections = ['connection', 'keep-alive'];

/** A response by HTTP/2, as code for HTTP/1.1 expects it. */
export class Http2Response extends Http2ServerResponse {
  constructor(stream: ServerHttp2Stream) {
    super(stream);
    this.destroyed = false;
    stream.once('close', () => (this.destroyed = true));
  }

  override setHeader(name: string, value: number | string | readonly string[]): this {
    if (!ofConnections.includes(name.toLowerCase())) super.setHeader(name, value);
    return this;
  }

  /** There is no text for a status. */
  override writeHead(
    status: number,
    text?: string | OutgoingHttpHeaders,
    headers = typeof text === 'object' ? text : {},
  ): this {
    const sent = { ...headers };
    for (const name of ofConnections) delete sent[name];
    return super.writeHead(status, sent);
  }

  /** Cuts the response off. A client must not take it for a complete one. */
  override destroy(error?: Error): this {
    this.destroyed = true;
    this.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    super.destroy(error);
    return this;
  }
}
