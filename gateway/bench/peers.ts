import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is only measured, and never a dependency. */
interface Peer {
  readonly name: string;
  /** The package and its version, and what else it needs. */
  readonly packages: Readonly<Record<string, string>>;
  readonly license: string;
}

const grafbaseBinaries: Readonly<Record<string, string>> = {
  'linux x64': '@grafbase/cli-x86_64-unknown-linux-musl',
};
const grafbaseBinary = grafbaseBinaries[`${process.platform} ${process.arch}`];

const peers = {
  hive: {
    name: 'Hive Gateway',
    packages: {
      '@graphql-hive/gateway': '2.15.1',
      '@graphql-hive/router-runtime': '1.4.23',
      graphql: '16.15.0',
    },
    license: 'MIT',
  },
  grafbase: {
    name: 'Grafbase',
    packages: grafbaseBinary ? { [grafbaseBinary]: '0.103.0' } : {},
    license: 'MPL-2.0',
  },
} as const satisfies Record<string, Peer>;

export type PeerName = keyof typeof peers;

/** A peer that is unavailable here. The message says why. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
}

/**
 * The folder of a peer’s packages. npm installs them the first time, without install scripts.
 * @throws {@link PeerError}
 */
export function ensurePeer(
  cacheFolder: string,
  peerName: PeerName,
  tell: (line: string) => void,
): string {
  const { name, packages, license }: Peer = peers[peerName];
  const wanted = Object.entries(packages).map(([id, version]) => `${id}@${version}`);
  if (wanted.length === 0)
    throw new PeerError(`npm has no ${name} for ${process.platform} on ${process.arch}.`);
  const folder = join(cacheFolder, peerName);
  const isThere = Object.entries(packages).every(
    ([id, version]) => readVersion(join(folder, 'node_modules', id, 'package.json')) === version,
  );
  if (isThere) return folder;
  tell(`Installing ${wanted.join(', ')} (${license}) into ${folder}.`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--prefix', folder, '--save-exact', '--ignore-scripts'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const [program, first] =
    npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', [] as string[]];
  const { status, stderr } = spawnSync(program, [...first, ...args, ...quiet, ...wanted], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32' && program === 'npm',
    env: withoutNpmSettings(),
  });
  if (status === 0) return folder;
  throw new PeerError(
    `${name} is left out: npm cannot install it. Check the registry. ${stderr?.trim().split('\n')[0] ?? ''}`,
  );
}

/** npm passes its settings for this clone, such as workspaces, to child processes. */
function withoutNpmSettings(): NodeJS.ProcessEnv {
  const own = /^npm_config_(workspaces?|include_workspace_root|local_prefix|prefix)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

function readVersion(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version;
}
