// cspell:ignore Mterminating SFATAL VFATAL
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../../testing/databases.js';
import type { QueryReport } from '../../testing/query-without-end.js';

/** The compiled file, because it runs in a process of its own. */
const script = fileURLToPath(new URL('../../dist/testing/query-without-end.js', import.meta.url));

/** A process that queries the database, and its last report. */
function startQuerying(url: string) {
  if (!existsSync(script)) throw new Error('Run `npm run check` first: it builds.');
  const child = fork(script, [url], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  let report: QueryReport = { succeeded: 0, lost: 0, unexpected: [] };
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  child.on('message', (told: QueryReport) => (report = told));
  const until = async (holds: (told: QueryReport) => boolean) => {
    while (!holds(report)) {
      const told = await Promise.race([once(child, 'message').then(() => true), ended]);
      if (told !== true) throw new Error(`The process ended with ${told}: ${stderr}`);
    }
    return report;
  };
  return {
    until,
    async stop() {
      if (child.connected) child.send('stop');
      const code = await ended;
      return { code, stderr, report };
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

/** PostgreSQL’s message that an administrator ended the connection. */
function createTermination(): Buffer {
  const fields = ['SFATAL', 'VFATAL', 'C57P01', 'Mterminating connection', ''].join('\0');
  const text = Buffer.from(`${fields}\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

const statementsBeforeCut = 40;

/** `ReadyForQuery` outside a transaction. */
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/**
 * A proxy in front of PostgreSQL. It cuts every other connection at the moment at which it becomes
 * usable, and the others after a few statements. The client reads both messages at once: that it is
 * ready, and that it was terminated.
 */
async function startCutter(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let connections = 0;
  let cuts = 0;
  const server = createServer((client) => {
    let left = (connections += 1) % 2 === 0 ? 1 : statementsBeforeCut;
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    }
    client.on('close', () => upstream.destroy()).pipe(upstream);
    upstream.on('close', () => client.destroy());
    upstream.on('data', (chunk: Buffer) => {
      const isReady = chunk.subarray(-ready.length).equals(ready);
      if (!isReady || (left -= 1) > 0) return client.write(chunk);
      cuts += 1;
      client.end(Buffer.concat([chunk, createTermination()]));
      return upstream.destroy();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    cuts: () => cuts,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

describe('a connection to PostgreSQL that is cut', () => {
  it('does not end the process when it is cut as soon as it is usable', async () => {
    await using database = await createPostgresDatabase();
    await using cutter = await startCutter(database.url);
    using querying = startQuerying(cutter.url);
    await querying.until(({ succeeded }) => succeeded > 20 && cutter.cuts() > 20);
    const { code, stderr, report } = await querying.stop();
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(report.unexpected).toEqual([]);
  });

  it('does not end the process when the server terminates it under load', async () => {
    await using database = await createPostgresDatabase();
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    try {
      using querying = startQuerying(database.url);
      await querying.until(({ succeeded }) => succeeded > 100);
      for (let cut = 0; cut < 300; cut += 1) {
        await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()
           ORDER BY random() LIMIT 3`,
        );
      }
      const { succeeded: before } = await querying.until(({ lost }) => lost > 0);
      await querying.until(({ succeeded }) => succeeded > before + 100);
      const { code, stderr, report } = await querying.stop();
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(report.unexpected).toEqual([]);
    } finally {
      await admin.end();
    }
  });
});
