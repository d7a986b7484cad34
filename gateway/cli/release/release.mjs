// `npm run release -- 1.0.0`: gives every package its next version, and CHANGELOG.md a dated section.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { isMain, root, runCommand, SetUpError } from '../set-up.mjs';

const usage = 'Usage: npm run release -- VERSION   (npm run release -- 1.0.0)';

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const read = (file) => fs.readFileSync(join(root, file), 'utf8');
const write = (file, text) => fs.writeFileSync(join(root, file), text);

/** Whether a version is newer: both are three numbers. */
function isNewer(version, than) {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number));
  const index = one.findIndex((number, place) => number !== other[place]);
  return index >= 0 && one[index] > other[index];
}

const heading = '## [Unreleased]\n';

/** The changes since the last release, and where they are in the text. */
function findUnreleased(changelog) {
  const start = changelog.indexOf(heading) + heading.length;
  if (start < heading.length) throw new SetUpError(`CHANGELOG.md has no section ${heading}`);
  const next = changelog.indexOf('\n## ', start);
  const text = changelog.slice(start, next < 0 ? undefined : next);
  if (!/^- /m.test(text)) throw new SetUpError('CHANGELOG.md has nothing under [Unreleased].');
  return { start, text };
}

/** The parts of a section that say what users, operators and partners have to do. */
const readDuties = (section) =>
  section.split(/^(?=### )/m).filter((part) => /^### (Changed|Deprecated|Removed)/.test(part));

const describeUpgrade = (from, hasDuties) =>
  `Upgrade from ${from}: back up, then the partners, then the hub
([how](gateway/docs/upgrade.md)). ${
    hasDuties
      ? 'What you have to do is under “Changed”, “Deprecated” and “Removed”.'
      : 'Nothing that was there has changed.'
  }\n`;

/** Gives a package.json, or a lock file’s part, the version; and its packages of this clone. */
function setVersion(description, version) {
  if (description.version) description.version = version;
  for (const dependencies of [description.dependencies, description.devDependencies])
    for (const name of Object.keys(dependencies ?? {}))
      if (name.startsWith('@hub/')) dependencies[name] = version;
}

function rewriteJson(file, change) {
  const content = JSON.parse(read(file));
  change(content);
  write(file, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Writes the files of a release. Commits nothing.
 * @returns {string} the notes for an upgrade
 * @throws SetUpError before anything is written
 */
function release(version, today) {
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version ?? '')) throw new SetUpError(usage, 2);
  const { version: current } = JSON.parse(read('gateway/package.json'));
  if (!isNewer(version, current))
    throw new SetUpError(`${version} must be newer than ${current}.`, 2);
  if (git('status', '--porcelain') !== '')
    throw new SetUpError('Commit or remove your changes first.');
  const changelog = read('CHANGELOG.md');
  const { start, text } = findUnreleased(changelog);
  const duties = readDuties(text);
  const note = describeUpgrade(current, duties.length > 0);
  const dated = `\n## [${version}] - ${today}\n\n${note}`;
  write('CHANGELOG.md', changelog.slice(0, start) + dated + changelog.slice(start));
  const descriptions = git('ls-files', 'package.json', '*/package.json').trim().split('\n');
  for (const file of descriptions) rewriteJson(file, (content) => setVersion(content, version));
  rewriteJson('package-lock.json', ({ packages }) => {
    for (const [path, content] of Object.entries(packages))
      if (!path.includes('node_modules/')) setVersion(content, version);
  });
  return [note, ...duties].join('\n');
}

if (isMain(import.meta.url)) {
  await runCommand(([version]) => {
    const notes = release(version, new Date().toISOString().slice(0, 10));
    process.stdout.write(notes);
    process.stderr.write(
      `\nThese are the notes for an upgrade. Next:\n  git commit -am "chore: release ${version}"\n  git tag v${version}\n`,
    );
  });
}
