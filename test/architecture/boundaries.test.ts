import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const { forbidden, options } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
) as IConfiguration;

/** Reads what imports what below a folder, and holds it to the rules of `.dependency-cruiser.cjs`. */
async function cruiseTree(
  baseDir = root,
  folders = ['gateway', 'shared', 'subgraphs', 'test'],
): Promise<ICruiseResult> {
  const { output } = await cruise(folders, {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden },
  });
  if (typeof output === 'string') throw new Error('The cruise has no result.');
  return output;
}

/** The broken rules, a line each. */
const describeViolations = ({ summary }: ICruiseResult): string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);

/** A tree of files that goes when it is disposed of. */
async function createTree(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-boundaries-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

let whole: ReturnType<typeof cruiseTree> | undefined;

/** All folders, read once: that takes longer than everything else here. */
const cruiseWhole = () => (whole ??= cruiseTree());

/** A rule, a file that breaks it, and what that file imports. */
const breaches: readonly (readonly [rule: string, importer: string, imported: string])[] = [
  ['a-partner-imports-itself-and-the-kit', 'subgraphs/a/partner.ts', 'subgraphs/b/partner.ts'],
  ['a-partner-does-not-know-the-gateway', 'subgraphs/a/partner.ts', 'gateway/hub.ts'],
  ['the-gateway-does-not-know-partners', 'gateway/hub.ts', 'subgraphs/a/partner.ts'],
  ['the-kit-stands-alone', 'shared/errors/index.ts', 'gateway/hub.ts'],
  ['the-kit-is-entered-by-its-doors', 'gateway/hub.ts', 'shared/errors/catalogue.ts'],
  ['nothing-imports-tests', 'gateway/hub.ts', 'test/ask.ts'],
  ['only-tests-import-the-testing-kit', 'shared/partner/index.ts', 'shared/testing/index.ts'],
  ['shared-policy-knows-the-floors-below', 'shared/policy/x.ts', 'shared/partner/x.ts'],
  ['shared-identity-knows-the-floors-below', 'shared/identity/x.ts', 'shared/partner/config/x.ts'],
  [
    'gateway-folders-meet-in-the-hub',
    'gateway/server/security/x.ts',
    'gateway/registry/compose.ts',
  ],
  ['gateway-folders-do-not-import-the-hub', 'gateway/server/security/x.ts', 'gateway/hub.ts'],
  ['only-the-list-knows-a-plugin', 'gateway/process/serve.ts', 'gateway/plugins/a/plugin.ts'],
  ['a-plugin-does-not-know-another', 'gateway/plugins/a/x.ts', 'gateway/plugins/b/x.ts'],
  [
    'nothing-of-the-hub-but-its-processes-knows-the-list',
    'gateway/server/x.ts',
    'gateway/plugins/list.ts',
  ],
  [
    'hub-engine-documents-knows-the-floors-below',
    'gateway/engine/documents/x.ts',
    'gateway/engine/planning/x.ts',
  ],
  [
    'hub-engine-codegen-knows-the-floors-below',
    'gateway/engine/codegen/x.ts',
    'gateway/engine/documents/x.ts',
  ],
  [
    'hub-registry-usage-knows-the-floors-below',
    'gateway/registry/usage/x.ts',
    'gateway/process/x.ts',
  ],
  [
    'hub-process-workers-knows-the-floors-below',
    'gateway/process/workers/x.ts',
    'gateway/fan-out/partners/x.ts',
  ],
  [
    'hub-fan-out-partners-knows-the-floors-below',
    'gateway/fan-out/partners/x.ts',
    'gateway/fan-out/x.ts',
  ],
  [
    'the-partner-client-does-not-know-its-cache',
    'gateway/fan-out/partners/x.ts',
    'gateway/fan-out/partners/cache/x.ts',
  ],
  [
    'hub-fan-out-rules-knows-the-floors-below',
    'gateway/fan-out/rules/x.ts',
    'gateway/fan-out/plan/x.ts',
  ],
  [
    'hub-fan-out-response-knows-the-floors-below',
    'gateway/fan-out/response/x.ts',
    'gateway/fan-out/plan/x.ts',
  ],
  ['hub-fan-out-plan-knows-the-floors-below', 'gateway/fan-out/plan/x.ts', 'gateway/fan-out/x.ts'],
  ['hub-fan-out-knows-the-floors-below', 'gateway/fan-out/x.ts', 'gateway/engine/planning/x.ts'],
  [
    'hub-engine-planning-knows-the-floors-below',
    'gateway/engine/planning/x.ts',
    'gateway/fan-out/x.ts',
  ],
  [
    'hub-engine-execution-knows-the-floors-below',
    'gateway/engine/execution/x.ts',
    'gateway/fan-out/partners/x.ts',
  ],
  ['nothing-imports-main', 'subgraphs/embedded.ts', 'subgraphs/a/main.ts'],
  ['entities-know-nothing-above-them', 'subgraphs/a/entities/x.ts', 'subgraphs/a/groups/x.ts'],
  [
    'nbnp-groups-knows-the-floors-below',
    'subgraphs/nbnp/groups/x.ts',
    'subgraphs/nbnp/visits/x.ts',
  ],
  [
    'nbnp-groups-knows-the-floors-below',
    'subgraphs/nbnp/groups/x.ts',
    'subgraphs/nbnp/seed/demo.ts',
  ],
  [
    'ncm-offices-groups-knows-the-floors-below',
    'subgraphs/ncm-offices/groups/x.ts',
    'subgraphs/ncm-offices/nominations/x.ts',
  ],
  [
    'national-police-visits-knows-the-floors-below',
    'subgraphs/national-police/visits/x.ts',
    'subgraphs/national-police/itineraries/x.ts',
  ],
  ['seeds-know-entities-alone', 'subgraphs/a/seed/demo.ts', 'subgraphs/a/groups/x.ts'],
  ['migrations-import-only-typeorm', 'subgraphs/a/migrations/1-x.ts', 'subgraphs/a/entities/x.ts'],
];

/** A tree with all breaches, read once: each reading takes longer than what it finds. */
async function cruiseBreaches(): Promise<string[]> {
  const files: Record<string, string> = {};
  for (const [, , imported] of breaches) files[imported] = 'export const thing = 1;\n';
  for (const [index, [, importer, imported]] of breaches.entries()) {
    const path = `${'../'.repeat(importer.split('/').length - 1)}${imported.replace(/ts$/, 'js')}`;
    files[importer] ??= '';
    files[importer] += `export { thing as thing${index} } from '${path}';\n`;
  }
  await using tree = await createTree(files);
  const folders = [...new Set(Object.keys(files).map((file) => file.split('/')[0] ?? ''))];
  return describeViolations(await cruiseTree(tree.folder, folders));
}

let broken: ReturnType<typeof cruiseBreaches> | undefined;

describe('the boundaries between folders', () => {
  it('hold everywhere', async () => {
    const result = await cruiseWhole();
    const seen = new Set(result.modules.map(({ source }) => source.split('/')[0]));
    expect([...seen]).toEqual(expect.arrayContaining(['gateway', 'shared', 'subgraphs', 'test']));
    expect(result.summary.totalCruised).toBeGreaterThan(100);
    expect(describeViolations(result)).toEqual([]);
  });

  it(
    'let the files of the gateway’s root, and rooms with a floor, alone import several of its rooms',
    { timeout: 120_000 },
    async () => {
      const { modules } = await cruiseWhole();
      const importers = modules
        .filter(({ source }) =>
          /^gateway\/(?!(cli|bench|plugins|reference|fan-out|engine|registry)\/)(?!.*(\.test\.ts|\/test-[^/]+\.ts)$)/.test(
            source,
          ),
        )
        .filter(({ source, dependencies }) => {
          const own = /^gateway\/([^/]+)\//.exec(source)?.[1];
          const siblings = dependencies
            .filter(({ dependencyTypes }) => !dependencyTypes.includes('type-only'))
            .map(({ resolved }) => /^gateway\/([^/]+)\//.exec(resolved)?.[1])
            .filter((folder) => folder && folder !== own);
          return new Set(siblings).size > 1;
        })
        .map(({ source }) => source);
      const joiners = [
        'gateway/hub.ts',
        'gateway/process/run-hub.ts',
        'gateway/hub-options.ts',
        'gateway/own-engine.ts',
        'gateway/routes.ts',
        'gateway/admission.ts',
        'gateway/process/serve.ts',
        'gateway/open-ports.ts',
        'gateway/config.ts',
        'gateway/process/open-registry.ts',
        'gateway/process/run-registry.ts',
        'gateway/process/try-out.ts',
      ];
      expect(importers.filter((source) => !joiners.includes(source))).toEqual([]);
    },
  );

  it('let the process that watches over workers load no engine', { timeout: 120_000 }, async () => {
    const { modules } = await cruiseWhole();
    const of = new Map(modules.map((module) => [module.source, module.dependencies]));
    const seen = new Set(['gateway/process/run-hub.ts']);
    for (const source of seen) {
      for (const { resolved, dynamic, dependencyTypes } of of.get(source) ?? []) {
        if (!dynamic && !dependencyTypes.includes('type-only')) seen.add(resolved);
      }
    }
    expect(seen).toContain('gateway/process/workers/run-workers.ts');
    expect([...seen].filter((path) => /\/(@apollo|fastify|undici)\//.test(path))).toEqual([]);
  });

  it.each(breaches)('catch what breaks %s', async (rule, importer, imported) => {
    const violations = await (broken ??= cruiseBreaches());
    expect(violations).toContain(`${rule}: ${importer} -> ${imported}`);
  });

  it('catch cycles, what does not exist, and what no package.json names', async () => {
    await using tree = await createTree({
      'package.json': '{ "name": "a-tree", "dependencies": {} }',
      'gateway/one.ts': `import { two } from './two.js';\nimport './nowhere.js';\nexport const one = two;\n`,
      'gateway/two.ts': `import { one } from './one.js';\nimport 'undeclared';\nexport const two = one;\n`,
      'node_modules/undeclared/package.json': '{ "name": "undeclared", "main": "index.js" }',
      'node_modules/undeclared/index.js': '',
    });
    expect(describeViolations(await cruiseTree(tree.folder, ['gateway'])).sort()).toEqual([
      'a-folder-declares-what-it-imports: gateway/two.ts -> node_modules/undeclared/index.js',
      'everything-imported-exists: gateway/one.ts -> ./nowhere.js',
      'no-cycles: gateway/one.ts -> gateway/two.ts',
    ]);
  });
});
