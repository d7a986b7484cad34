import { skipLoudly } from '@hub/shared/testing';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../network/own-network.js';

/** A real server, as Debian packages it. */
export interface Valkey extends AsyncDisposable {
  /** With the user that the guide shows, without its password. */
  readonly url: string;
  readonly passwordFile: string;
  start(): Promise<void>;
  /** Kills it, as a machine that goes off does. */
  kill(): Promise<void>;
}

const password = 'a-password-of-the-test';
/** As in gateway/docs/several-hubs.md. */
const users = `user default off
user hub on >${password} resetchannels &cooperation-hub:* -@all +hello +auth +ping +subscribe +publish
`;

const hasServer = () => spawnSync('valkey-server', ['--version']).status === 0;

/** Installs the server if this process may do so. */
function install(): boolean {
  if (process.getuid?.() !== 0) return false;
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'valkey-server']])
    spawnSync('apt-get', ['-qq', ...args], { stdio: 'ignore' });
  return hasServer();
}

/** Resolves when somebody listens on the port. */
async function untilListening(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
        .once('connect', () => resolve(true))
        .once('error', () => resolve(false));
      socket.unref();
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The files with which it demands a certificate of every client. */
interface ValkeyTls {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

const speakTls = (port: number, { certificate, key, authority }: ValkeyTls): string[] =>
  Object.entries({
    port: '0',
    'tls-port': String(port),
    'tls-auth-clients': 'yes',
    'tls-cert-file': certificate,
    'tls-key-file': key,
    'tls-ca-cert-file': authority,
  }).flatMap(([name, value]) => [`--${name}`, value]);

/**
 * Starts the server. Installs it first if it is missing. Skips the test if it cannot.
 * @param tls what it presents. @default it speaks no TLS
 */
export async function openValkey(tls?: ValkeyTls): Promise<Valkey> {
  if (!hasServer() && !install()) return skipLoudly('valkey-server is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'hub-valkey-'));
  const [port = 0] = await findFreePorts(1);
  const [userFile, passwordFile] = [join(folder, 'users.acl'), join(folder, 'password')];
  writeFileSync(userFile, users);
  writeFileSync(passwordFile, `${password}\n`);
  let kill: () => Promise<void> = () => Promise.resolve();
  const start = async () => {
    const speak = tls ? speakTls(port, tls) : ['--port', String(port)];
    const args = [...speak, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    const server = spawn('valkey-server', [...args, '--aclfile', userFile], { stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    kill = async () => {
      server.kill('SIGKILL');
      await ended;
    };
    await untilListening(port);
  };
  await start();
  return {
    url: tls ? `rediss://hub@localhost:${port}` : `redis://hub@127.0.0.1:${port}`,
    passwordFile,
    start,
    kill: () => kill(),
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}
