import type { FastifyInstance } from 'fastify';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { ConnectionLimits } from '../../../graphql/limits/limits.js';
import type { Logger } from '../../../system/logger.js';
import type { ServedTls } from '../../tls/open-tls.js';
import type { Drain } from '../drain.js';
import { Connections } from './connection-limits.js';
import type { Http2Sessions } from './http2-sessions.js';
import type { NetworkBudget } from './limit-requests.js';
import { OverheadWatch } from './watch-overhead.js';

/** Ends TLS before an HTTP server, which gets the connections as if it had accepted them. */
export interface TlsFront {
  /** Listens, and returns the origin. Port 0 takes a free one. */
  listen(port: number, host: string): Promise<string>;
}

interface TlsFrontOptions {
  readonly served: ServedTls;
  readonly limits: Pick<ConnectionLimits, 'connections' | 'connectionsPerAddress'>;
  readonly logger: Logger;
  readonly drain: () => Drain;
  readonly budget: NetworkBudget;
  /** Speaks HTTP/2 with clients that prefer it. @default nobody does */
  readonly http2?: Http2Sessions | undefined;
}

/** How long a client may take for its handshake. */
const handshakeTimeoutMs = 10_000;
/** A failure of one kind is logged once in this time. */
const quietMs = 60_000;

/** What the handshake of a client counts, in bytes. It takes the server 0.6 ms. */
const handshakeCost = 4_000;
/** Bytes that a handshake may have. Those of most clients have fewer. */
const handshakeBytes = 4_000;
/** A client that sends records of 350 bytes or more needs a sixteenth of their content for them. */
const besideContent = 1 / 16;
/** What a byte of records without content counts. To change its keys (27 bytes) takes 10 to 20 µs. */
const besideCost = 5;

/** A connection whose content is known once its handshake has ended. */
interface Connection {
  readonly socket: Socket;
  content: Pick<Socket, 'bytesRead'>;
  endHandshake(): void;
}

/**
 * What a connection counts in its network’s budget beside its handshake: what it sends besides
 * content. OpenSSL answers as many changes of keys as a client sends, and reads records of one byte.
 */
function countBeside({ socket: { bytesRead }, content }: Connection): number {
  const beside = bytesRead - content.bytesRead * (1 + besideContent) - handshakeBytes;
  return Math.max(0, beside) * besideCost;
}

/** The two ends of a connection. Both its TCP and its TLS socket have them. */
const endsOf = ({ remoteAddress, remotePort, localAddress }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress}`;

/**
 * Serves HTTP over TLS. Certificates that change are used for new connections; open ones stay open.
 * The HTTP server itself does not listen, so that each of its limits sees the connection that its
 * requests come on. While clients are in their handshake, they have limits of their own.
 */
export function openTlsFront(http: FastifyInstance, options: TlsFrontOptions): TlsFront {
  const { limits, logger, drain, http2, budget } = options;
  const { certificates, demandsClients } = options.served;
  const { expiresAt: _, ...current } = certificates.current;
  const server = createServer({
    ...current,
    requestCert: demandsClients,
    rejectUnauthorized: demandsClients,
    handshakeTimeout: handshakeTimeoutMs,
    ALPNProtocols: [...(http2 ? ['h2'] : []), 'http/1.1'],
    noDelay: true,
  });
  certificates.listen(({ expiresAt: _expiresAt, ...next }) => server.setSecureContext(next));
  const handshakes = new Connections(limits);
  const overhead = new OverheadWatch(budget);
  const underWay = new Map<string, Connection>();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    const handshake = budget.isSpent(socket.remoteAddress) ? undefined : handshakes.add(socket);
    if (!handshake) {
      socket.destroy();
      return;
    }
    const ends = endsOf(socket);
    const endHandshake = () => {
      handshakes.release(handshake);
      sockets.delete(socket);
      if (underWay.get(ends) === connection) underWay.delete(ends);
    };
    const connection: Connection = { socket, content: { bytesRead: 0 }, endHandshake };
    sockets.add(socket);
    underWay.set(ends, connection);
    socket.once('close', endHandshake);
    // Its handshake alone closes no connection: requests may be under way on it.
    overhead.add(
      socket,
      () => undefined,
      () => (socket.bytesRead === 0 ? 0 : budget.weight * handshakeCost),
    );
    overhead.add(
      socket,
      () => socket.destroy(),
      () => budget.weight * countBeside(connection),
    );
  });
  server.on('secureConnection', (socket) => {
    const connection = underWay.get(endsOf(socket));
    if (connection) connection.content = socket;
    connection?.endHandshake();
    if (socket.alpnProtocol === 'h2') http2?.accept(socket);
    else http.server.emit('connection', socket);
  });
  server.on('tlsClientError', createFailureLog(logger));
  http.addHook('preClose', (done) => {
    overhead[Symbol.dispose]();
    http2?.close(drain().ms);
    const timer = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, drain().ms);
    server.close(() => {
      clearTimeout(timer);
      done();
    });
  });
  return {
    async listen(port, host) {
      await http.ready();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host }, () => {
          server.off('error', reject);
          resolve();
        });
      });
      // Node begins to enforce the times for headers and requests then.
      http.server.emit('listening');
      return originOf(server.address() as AddressInfo);
    },
  };
}

function originOf({ address, family, port }: AddressInfo): string {
  const reachable = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `https://${family === 'IPv6' ? `[${reachable}]` : reachable}:${port}`;
}

/** Logs why handshakes fail: each reason at first, and then how often, once a minute. */
function createFailureLog(logger: Logger): (error: Error, socket: TLSSocket) => void {
  const known = new Map<string, { at: number; more: number }>();
  return (error, { remoteAddress }) => {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const now = performance.now();
    const before = known.get(code);
    if (before && now - before.at < quietMs) {
      before.more += 1;
      return;
    }
    known.set(code, { at: now, more: 0 });
    const more = before?.more ?? 0;
    const note = { reason: code, address: remoteAddress, ...(more > 0 && { more }) };
    logger.warn(note, 'a TLS handshake failed');
  };
}
