import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(new URL('../../../gateway/cli/', import.meta.url));
/** What only the tests of the clone need. */
const devDependencies = { tool: 'file:tool' };

/** A lock file with folders only: npm links them and needs no registry. */
export const describeWorkspaces = (workspaces: string[]) => ({
  'package.json': { name: 'a-clone', version: '1.0.0', private: true, workspaces, devDependencies },
  'package-lock.json': {
    name: 'a-clone',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: Object.fromEntries([
      ['', { name: 'a-clone', version: '1.0.0', workspaces, devDependencies }],
      ['node_modules/tool', { resolved: 'tool', link: true }],
      ['tool', { version: '1.0.0', dev: true }],
      ...workspaces.map(
        (name) => [`node_modules/${name}`, { resolved: name, link: true }] as const,
      ),
      ...workspaces.map((name) => [name, { version: '1.0.0' }] as const),
    ]),
  },
});

/** A clone with the set-up command and one workspace. It has what `template` has installed. */
export async function createClone(template?: Clone): Promise<Clone> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-clone-'));
  if (template) await cp(template.folder, folder, { recursive: true, verbatimSymlinks: true });
  const write = async (path: string, content: object) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(content));
  };
  const setWorkspaces = async (workspaces: string[]) => {
    for (const name of workspaces) await write(`${name}/package.json`, { name, version: '1.0.0' });
    for (const [path, content] of Object.entries(describeWorkspaces(workspaces))) {
      await write(path, content);
    }
  };
  for (const file of ['set-up.mjs', 'hold-lock.mjs']) {
    await cp(join(cli, file), join(folder, 'gateway', 'cli', file));
  }
  await write('tool/package.json', { name: 'tool', version: '1.0.0' });
  await setWorkspaces(['kit']);
  return {
    folder,
    write,
    setWorkspaces,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

export interface Clone extends AsyncDisposable {
  readonly folder: string;
  write(path: string, content: object): Promise<void>;
  setWorkspaces(workspaces: string[]): Promise<void>;
}

/** Runs Node in a folder. Returns its exit code and output. */
export function runNode(folder: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    // npm must not use a registry: the packages of these clones do not exist there.
    const offline = { npm_config_offline: 'true' };
    const options = { cwd: folder, env: { ...process.env, ...offline, ...env }, timeout: 60_000 };
    execFile(process.execPath, args, options, (error, out, err) =>
      resolve({ code: error?.code ?? 0, output: out + err }),
    );
  });
}

export const setUp = (folder: string, env?: NodeJS.ProcessEnv) =>
  runNode(folder, ['gateway/cli/set-up.mjs', '--no-build'], env);
export const setUpForTests = (folder: string) =>
  runNode(folder, ['gateway/cli/set-up.mjs', '--no-build', '--for-tests']);
