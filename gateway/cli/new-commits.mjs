// Plain JavaScript: `npm run check` uses it to choose the commits for `commitlint`, `npm test` to find what changed.
import { execFileSync } from 'node:child_process';

/** Output of Git. Undefined if Git fails or is not installed. */
export function askGit(folder, ...args) {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

/**
 * The options with which commitlint checks the commits since the branch left main, or the last
 * commit on main itself. Also the last commit in a shallow clone, which may lack the start of the
 * branch.
 * @param {string} folder
 * @returns {string[] | undefined} undefined if there is no repository
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
