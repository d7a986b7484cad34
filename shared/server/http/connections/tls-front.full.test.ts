import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { Agent, request } from 'undici';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ConnectionLimits, defaultLimits } from '../../../graphql/limits/limits.js';
import { silentLogger } from '../../../system/logger.js';
import type { TlsSettings } from '../../../system/settings/certificate-files.js';
import { createAuthority, openPemFolder } from '../../../testing/certificates.js';
import { openTls } from '../../tls/open-tls.js';
import { readJson } from '../bodies/read-json.js';
import { createHttpServer, listen } from '../http-server.js';
import { NetworkBudget } from './limit-requests.js';

interface Wanted {
  readonly days?: number;
  readonly names?: readonly string[];
  readonly demandsClients?: boolean;
  readonly limits?: Partial<ConnectionLimits>;
  readonly budget?: NetworkBudget;
}

/** A server with a certificate of its own authority, and clients of it. */
async function open({ days, names, demandsClients = false, limits, budget }: Wanted = {}) {
  const folder = await openPemFolder();
  const authority = await createAuthority();
  const ca = await folder.write('ca.pem', authority.cert);
  const served = await folder.writePair(
    'server',
    await authority.issue({ ...(days && { days }), ...(names && { names }) }),
  );
  const tls = openTls({ served, ...(demandsClients && { clientAuthorities: ca }) }, silentLogger);
  const http = await createHttpServer({
    logger: silentLogger,
    limits: { ...defaultLimits, ...limits },
    budget,
    tls: tls.served,
  });
  let answering: () => void = () => undefined;
  const isAnswering = new Promise<void>((resolve) => (answering = resolve));
  let goOn: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (goOn = resolve));
  http.get('/', ({ protocol, ip }) => ({ protocol, ip }));
  http.post('/', (request) => ({ length: JSON.stringify(readJson(request)).length }));
  http.get('/slow', async () => {
    answering();
    await released;
    return { slow: true };
  });
  const origin = await listen(http, 0);
  const { port } = new URL(origin);
  return {
    http,
    folder,
    authority,
    ca,
    origin,
    port: Number(port),
    served: tls.served,
    isAnswering,
    goOn: () => goOn(),
    /** Asks as a client with these files. */
    async ask(settings: TlsSettings = { authorities: ca }, path = '/', host = 'localhost') {
      using own = openTls(settings, silentLogger);
      const dispatcher = new Agent({ connect: own.connect(5_000) });
      try {
        const { statusCode, body } = await request(`https://${host}:${port}${path}`, {
          dispatcher,
        });
        return [statusCode, await body.json()];
      } catch (error) {
        return (error as NodeJS.ErrnoException).code;
      } finally {
        await dispatcher.destroy();
      }
    },
    async [Symbol.asyncDispose]() {
      goOn();
      await http.close();
      tls[Symbol.dispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Only Linux and Windows take every address of 127.0.0.0/8 for this machine. */
const isDarwin = process.platform === 'darwin';

function connectFromOther(port: number) {
  const socket = createConnection({ port, host: '127.0.0.1', localAddress: '127.0.0.9' });
  socket.on('error', () => undefined);
  return connectTls({ socket, rejectUnauthorized: false }).on('error', () => undefined);
}

const ok = [200, { protocol: 'https', ip: '127.0.0.1' }];

describe('a server with TLS', () => {
  it('answers clients that know its authority', async () => {
    await using server = await open();
    expect(server.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await server.ask()).toEqual(ok);
    expect(await server.ask(undefined, '/', '127.0.0.1')).toEqual(ok);
  });

  it('is refused by clients of another authority, and of the public ones', async () => {
    await using server = await open();
    const foreign = await createAuthority('CN=Another authority');
    const authorities = await server.folder.write('foreign.pem', foreign.cert);
    expect(await server.ask({ authorities })).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await server.ask({})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('is refused after its certificate has expired', async () => {
    await using server = await open({ days: -1 });
    expect(await server.ask()).toBe('CERT_HAS_EXPIRED');
  });

  it('is refused if its certificate is for another name', async () => {
    await using server = await open({ names: ['hub.example.org'] });
    expect(await server.ask()).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('does not answer plain HTTP', async () => {
    await using server = await open();
    await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow('fetch failed');
  });

  it('finishes requests when it is closed', async () => {
    await using server = await open();
    const asked = server.ask(undefined, '/slow');
    await server.isAnswering;
    const closed = server.http.close();
    server.goOn();
    expect(await asked).toEqual([200, { slow: true }]);
    await closed;
    expect(await server.ask()).toBe('ECONNREFUSED');
  });

  it('cuts off a request whose headers do not end', async () => {
    await using server = await open();
    const socket = connectTls({ port: server.port, ca: server.authority.cert });
    await once(socket, 'secureConnect');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nx-slow: ');
    const [reply] = (await once(socket, 'data')) as [Buffer];
    expect(reply.toString()).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
  });

  it('limits the connections of one client, also before their handshake', async () => {
    await using server = await open({ limits: { connectionsPerAddress: 3 } });
    const sockets: Socket[] = [];
    const closed: Promise<unknown>[] = [];
    for (let index = 0; index < 5; index += 1) {
      const socket = createConnection(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
      if (index < 2) closed.push(once(socket, 'close'));
    }
    // Those that have waited longest give way to new ones.
    await Promise.all(closed);
    expect(await server.ask()).toEqual(ok);
    for (const socket of sockets) socket.destroy();
  });

  it.skipIf(isDarwin)('shakes hands with one network only so often, and with others', async () => {
    // Five at once, and one every 0.4 s.
    await using server = await open({ budget: new NetworkBudget(100) });
    const shakeHands = async () => {
      const socket = connectFromOther(server.port);
      const end = await Promise.race(
        ['secureConnect', 'close'].map((event) =>
          once(socket, event).then(
            () => event,
            () => 'error',
          ),
        ),
      );
      socket.destroy();
      return end;
    };
    const count = async () => {
      const ends: string[] = [];
      for (let index = 0; index < 20; index += 1) ends.push(await shakeHands());
      return ends.filter((end) => end === 'secureConnect').length;
    };
    // On a slow machine it would rest between its attempts.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(await count()).toBeGreaterThanOrEqual(5);
    await expect.poll(count).toBeLessThan(20);
    expect(await server.ask()).toEqual(ok);
    vi.advanceTimersByTime(60_000);
    await expect.poll(shakeHands).toBe('secureConnect');
  });

  it.skipIf(isDarwin)(
    'disconnects a client that sends records of a byte, and no other',
    async () => {
      await using server = await open({ budget: new NetworkBudget(25) });
      const socket = connectFromOther(server.port);
      await once(socket, 'secureConnect');
      let isClosed = false;
      socket.once('close', () => (isClosed = true));
      socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n');
      for (let written = 0; !isClosed && written < 800_000; written += 1) {
        // The next byte is in a record of its own.
        await new Promise<void>((resolve) => socket.write(' ', () => resolve()));
        if (written % 50 === 0) await turn();
      }
      expect(isClosed).toBe(true);
      expect(await server.ask()).toEqual(ok);
    },
  );

  it('takes a long body at once', async () => {
    await using server = await open();
    const body = JSON.stringify(' '.repeat(900_000));
    for (let index = 0; index < 5; index += 1) {
      const dispatcher = new Agent({ connect: { ca: server.authority.cert } });
      const { statusCode } = await request(`https://localhost:${server.port}/`, {
        dispatcher,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(statusCode).toBe(200);
      await dispatcher.destroy();
    }
  });

  it('uses a new certificate for new connections, and keeps those that are open', async () => {
    await using server = await open();
    const dispatcher = new Agent({ connect: { ca: server.authority.cert } });
    const ask = async () => {
      const { statusCode, body } = await request(`https://localhost:${server.port}/`, {
        dispatcher,
      });
      await body.dump();
      return statusCode;
    };
    expect(await ask()).toBe(200);
    const next = await createAuthority('CN=Next authority');
    await server.folder.writePair('server', await next.issue());
    await server.served?.certificates.look();
    expect(await server.ask()).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const authorities = await server.folder.write('next.pem', next.cert);
    expect(await server.ask({ authorities })).toEqual(ok);
    expect(await ask()).toBe(200);
    await dispatcher.destroy();
  });
});

describe('a server that demands certificates of its clients', () => {
  it('answers who presents one of its authority', async () => {
    await using server = await open({ demandsClients: true });
    const { ca: authorities, authority, folder } = server;
    const presented = await folder.writePair('client', await authority.issue());
    expect(await server.ask({ authorities, presented })).toEqual(ok);
  });

  const refused = /^(ERR_SSL_\w+|ECONNRESET|UND_ERR_SOCKET|EPIPE)$/;

  it('refuses who presents none, one of another authority, or one that has expired', async () => {
    await using server = await open({ demandsClients: true });
    const { ca: authorities, authority, folder } = server;
    expect(await server.ask({ authorities })).toMatch(refused);
    const another = await createAuthority();
    const foreign = await folder.writePair('foreign', await another.issue());
    expect(await server.ask({ authorities, presented: foreign })).toMatch(refused);
    const old = await folder.writePair('old', await authority.issue({ days: -1 }));
    expect(await server.ask({ authorities, presented: old })).toMatch(refused);
    const ofServers = await authority.issue({ uses: ['serverAuth'] });
    const wrong = await folder.writePair('wrong', ofServers);
    expect(await server.ask({ authorities, presented: wrong })).toMatch(refused);
  });

  it('refuses clients of an authority that is taken away', async () => {
    await using server = await open({ demandsClients: true });
    const { authority, folder } = server;
    const authorities = await folder.write('servers.pem', authority.cert);
    const presented = await folder.writePair('client', await authority.issue());
    expect(await server.ask({ authorities, presented })).toEqual(ok);
    await folder.write('ca.pem', (await createAuthority('CN=Next authority')).cert);
    await server.served?.certificates.look();
    expect(await server.ask({ authorities, presented })).toMatch(refused);
  });
});
