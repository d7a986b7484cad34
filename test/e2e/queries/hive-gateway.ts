import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneFolder } from '../network/running-command.js';

/** Tested with, and never a dependency. */
const packages = {
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-hive/router-runtime': '1.4.23',
  graphql: '16.15.0',
} as const;

const folder = join(cloneFolder, '.data', 'bench', 'hive');

function readVersion(id: string): string | undefined {
  const file = join(folder, 'node_modules', id, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version;
}

/** npm passes its settings for this clone, such as workspaces, to child processes. */
function withoutNpmSettings(): NodeJS.ProcessEnv {
  const own = /^npm_config_(workspaces?|include_workspace_root|local_prefix|prefix)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** The script of Hive Gateway. npm installs it the first time, without install scripts. */
export function ensureHiveGateway(): string {
  const wanted = Object.entries(packages);
  if (wanted.some(([id, version]) => readVersion(id) !== version)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status, stderr } = spawnSync(
      'npm',
      ['install', '--save-exact', ...quiet, ...wanted.map((one) => one.join('@'))],
      { cwd: folder, encoding: 'utf8', env: withoutNpmSettings() },
    );
    if (status !== 0) throw new Error(`npm cannot install Hive Gateway: ${stderr}`);
  }
  return join(folder, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
}
