import { describe, expect, it } from 'vitest';
import { listFiles, readFile } from './read-tree.js';

interface Package {
  readonly name?: string;
  readonly workspaces?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
}

const documents = listFiles().filter((path) =>
  /(^|\/)(README|CONTRIBUTING)\.md$|\/docs\//.test(path),
);
const readPackage = (folder: string) => JSON.parse(readFile(`${folder}package.json`)) as Package;
const packages = listFiles().filter((path) => path.endsWith('package.json'));

/** `npm` commands that need no script. */
const ownCommands = ['ci', 'install', 'audit', 'ls', 'pack'];

interface Command {
  readonly readme: string;
  readonly script: string;
  readonly workspace: string | undefined;
}

/** The npm commands that stand in code in a README: `npm start -w subgraphs/nbnp`, `npm run --silent token -- …`. */
function readCommands(readme: string): Command[] {
  const code = readFile(readme).match(/```[\s\S]*?```|`[^`\n]+`/g) ?? [];
  return code
    .flatMap((text) => {
      // After a step out of the clone, a partner’s folder is meant. Each gets a script `test` when it is made.
      const isOutside = text.startsWith('```sh\ncd ../');
      const lines = text.match(/\bnpm (?!\S*@)[^\n`]+/g) ?? [];
      if (!isOutside) return lines;
      return lines
        .filter((line) => line !== 'npm test')
        .map((line) => line.replace('npm ', 'npm -w subgraphs/national-police '));
    })
    .flatMap((line) => {
      const words = (line.split(/ -- | && |[|;#]/)[0] ?? '').trim().split(/\s+/).slice(1);
      const at = words.findIndex((word) => word === '-w' || word === '--workspace');
      const workspace = at < 0 ? undefined : words[at + 1];
      const [verb, name] = words.filter(
        (word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1),
      );
      const script = verb === 'run' ? name : verb;
      return script && !ownCommands.includes(script) ? [{ readme, script, workspace }] : [];
    });
}

/** The folder whose scripts a command reads: the workspace it names, or a placeholder’s example, or the root. */
function findFolder(workspace: string | undefined): string | undefined {
  if (workspace === undefined) return '';
  const wanted = workspace.replace(/<[^>]+>|\$\w+/, 'nbnp');
  return packages
    .map((path) => path.slice(0, -'package.json'.length))
    .find((folder) => folder === `${wanted}/` || readPackage(folder).name === wanted);
}

const describeMissing = ({ readme, script, workspace }: Command): string[] => {
  const folder = findFolder(workspace);
  if (folder === undefined) return [`${readme}: there is no workspace ${workspace}`];
  const own = folder === '' ? readme.replace(/[^/]*$/, '') : folder;
  const scripts = { ...readPackage(folder).scripts };
  // A README of a folder that stands alone speaks of its own package.
  if (packages.includes(`${own}package.json`)) Object.assign(scripts, readPackage(own).scripts);
  return script in scripts
    ? []
    : [`${readme}: there is no script ${script} in ${folder || 'the root'}`];
};

describe('the READMEs and guides', () => {
  it('show only commands that exist', () => {
    expect(documents.length).toBeGreaterThan(20);
    expect(documents.flatMap(readCommands).flatMap(describeMissing)).toEqual([]);
  });
});
