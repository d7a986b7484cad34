import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Plain JavaScript, which has no types. */
const { writeDockerfile } = (await import(`${root}gateway/cli/extracted-files.mjs`)) as {
  readonly writeDockerfile: (original: string) => string;
};
const folders = [
  'gateway',
  'subgraphs/nbnp',
  'subgraphs/ncm-offices',
  'subgraphs/national-police',
] as const;

interface Instruction {
  readonly name: string;
  readonly words: string;
}

/** The instructions of a Dockerfile: comments left out, continued lines put together. */
const parseDockerfile = (text: string): Instruction[] =>
  text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', words = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
      return { name, words };
    });

const files = [
  ...folders.map((folder) => ({
    file: `${folder}/Dockerfile`,
    text: readFileSync(`${root}${folder}/Dockerfile`, 'utf8'),
  })),
  {
    file: 'the Dockerfile of npm run extract',
    text: writeDockerfile(readFileSync(`${root}subgraphs/nbnp/Dockerfile`, 'utf8')),
  },
];

describe.each(files)('$file', ({ text }) => {
  const all = parseDockerfile(text);
  const last = all.findLastIndex(({ name }) => name === 'FROM');
  const [building, running] = [all.slice(0, last), all.slice(last)];
  const findIn = (stage: readonly Instruction[], name: string) =>
    stage.filter((one) => one.name === name).map(({ words }) => words);

  it('has instructions only that are known', () => {
    const known = /^(ARG|FROM|WORKDIR|ENV|COPY|RUN|LABEL|USER|EXPOSE|HEALTHCHECK|CMD)$/;
    expect(all.filter(({ name }) => !known.test(name))).toEqual([]);
  });

  it('is based on an exact version of Node, the same in all, which a digest can replace', () => {
    expect(findIn(building, 'ARG')).toEqual([
      'NODE=node:26.10.0-trixie',
      'NODE_SLIM=node:26.10.0-trixie-slim',
    ]);
    expect(findIn(all, 'FROM')).toEqual(['${NODE} AS build', '${NODE_SLIM}']);
  });

  it('installs the packages before it copies sources', () => {
    const steps = building.map(({ name, words }) => `${name} ${words}`);
    const install = steps.findIndex((step) => /^RUN npm (ci|install)/.test(step));
    const copied = steps.slice(0, install).filter((step) => step.startsWith('COPY'));
    expect(install).toBeGreaterThan(0);
    expect(copied.length).toBeGreaterThan(0);
    for (const step of copied)
      expect(step).toMatch(/^COPY ([\w/-]*(package(-lock)?\.json|\.npmrc|vendor) )+\S+$/);
    expect(steps.slice(install).some((step) => step.startsWith('COPY'))).toBe(true);
  });

  it('leaves types, sources and the packages that build behind', () => {
    const steps = findIn(building, 'RUN').join('\n');
    expect(steps).toMatch(/npm prune --omit=dev/);
    for (const name of ['*.ts', '*.tsx', '*.map', '*.tsbuildinfo', '*.test.js'])
      expect(steps).toContain(`-name '${name}'`);
  });

  it('runs as a user that cannot change the code', () => {
    expect(findIn(running, 'USER')).toEqual(['node']);
    expect(findIn(running, 'COPY')).toHaveLength(1);
    expect(findIn(running, 'COPY')[0]).toMatch(/^--from=build --chown=root:root /);
  });

  it('checks whether the server is ready, on the port that it listens on', () => {
    const [check = ''] = findIn(running, 'HEALTHCHECK');
    // It asks the port of HUB_PORT or PORT: shared/system.
    expect(check).toContain("import { probeHealth } from '@hub/shared/system'");
    expect(check).toContain('await probeHealth(process.env) ? 0 : 1');
    const port = /\b(?:HUB_)?PORT=(\d+)/.exec(findIn(running, 'ENV').join(' '))?.[1];
    expect(port).toMatch(/^\d+$/);
    expect(findIn(running, 'EXPOSE')).toEqual([port]);
    expect(check).toMatch(/--interval=\d+s --timeout=\d+s --start-period=\d+s/);
  });

  it('says what it is, in the labels of the Open Container Initiative', () => {
    const labels = findIn(running, 'LABEL').join(' ');
    for (const label of ['title', 'description', 'licenses', 'version', 'revision'])
      expect(labels).toMatch(new RegExp(`org\\.opencontainers\\.image\\.${label}="[^"]+"`));
  });

  it('starts the compiled server without npm, so that signals reach it', () => {
    // A partner's own flag is that of the hub's workers, which the hub gives them itself.
    expect(findIn(running, 'CMD').join('\n')).toMatch(
      /^\["node", ("--max-semi-space-size=64", )?"dist\/main\.js"\]$/,
    );
  });
});

describe('.dockerignore', () => {
  it('leaves tests, secrets and what was built here out of every image', () => {
    const lines = readFileSync(`${root}.dockerignore`, 'utf8').split('\n');
    const left = ['**/node_modules', '**/dist', '**/.env', '.data', '.git', 'test', '**/testing'];
    for (const path of [...left, '**/*.test.ts', '**/test-*.ts']) expect(lines).toContain(path);
  });
});
