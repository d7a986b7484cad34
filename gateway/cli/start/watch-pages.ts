import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../registry/package-folder.js';

const explorer = join(packageFolder, 'explorer');

/** The sources of the pages. What the build itself writes is in other folders. */
const sources = ['frame', 'graph', 'pages', 'parts', 'styles', 'words'];

/** An editor writes several files at once. */
const pauseMs = 200;

/** Returns whether the pages could be built. */
type Build = () => Promise<boolean>;

const runBuild: Build = () =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(explorer, 'build.mjs')], { stdio: 'inherit' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });

interface WatchPagesOptions {
  readonly tell: (line: string) => void;
  readonly folder?: string;
  readonly build?: Build;
}

/** Builds the pages again when their sources change, one build after the other, until it is closed. */
export function watchPages({ tell, folder = explorer, build = runBuild }: WatchPagesOptions): {
  close(): void;
} {
  let timer: NodeJS.Timeout | undefined;
  let building: Promise<void> = Promise.resolve();
  const buildAgain = async () => {
    tell('dev: building the pages');
    const isBuilt = await build();
    tell(isBuilt ? 'dev: the pages are ready, reload them' : 'dev: the pages cannot be built');
  };
  const buildSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (building = building.then(buildAgain)), pauseMs);
  };
  const watchers = sources
    .map((source) => join(folder, source))
    .filter(existsSync)
    .map((path) => watch(path, { recursive: true }, buildSoon));
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
