// Plain JavaScript: `npm run check` reads what `commitlint` has to check.
import { execFileSync } from 'node:child_process';

/** What git prints; undefined where it fails, or is not installed. */
function askGit(folder, ...args) {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

/**
 * The options by which commitlint checks the commits since the branch left main, or the last one on main itself.
 * A shallow clone may not have the commit where the branch began: then it is the last one too.
 * @param {string} folder
 * @returns {string[] | undefined} undefined where there is no repository
 */
export function selectNewCommits(folder) {
  const head = askGit(folder, 'rev-parse', '--verify', 'HEAD');
  if (!head) return undefined;
  for (const main of ['main', 'origin/main']) {
    const base = askGit(folder, 'merge-base', 'HEAD', main);
    if (base && base !== head) return ['--from', base];
  }
  return ['--last'];
}
