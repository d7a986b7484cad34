import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
// @ts-expect-error
import { sortImports } from './check-imports.mjs';

const use = 'export const used = [one, two, b];\n';

describe('npm run check', () => {
  it.each<[what: string, text: string, isSorted: boolean]>([
    ['the formatter’s order', `import { one, two } from 'a';\nimport { b } from './b.js';\n`, true],
    [
      'line breaks and a last comma of the formatter',
      `import {\n  one,\n  two,\n} from 'a';\nimport { b } from './b.js';\n`,
      true,
    ],
    ['modules out of order', `import { b } from './b.js';\nimport { one, two } from 'a';\n`, false],
    ['names out of order', `import { two, one } from 'a';\nimport { b } from './b.js';\n`, false],
    [
      'a file that keeps its order',
      `// organize-imports-ignore\nimport { b } from './b.js';\nimport { one, two } from 'a';\n`,
      true,
    ],
    [
      'a module that is imported twice',
      `import { one } from 'a';\nimport { two } from 'a';\nimport { b } from './b.js';\n`,
      false,
    ],
  ])('finds imports in another order than npm run format: %s', async (_, text, isSorted) => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-imports-'));
    try {
      await writeFile(join(folder, 'a.ts'), text + use);
      await writeFile(join(folder, 'b.ts'), 'export const b = 1;\n');
      expect([...sortImports(folder, ['a.ts', 'b.ts']).keys()]).toEqual(isSorted ? [] : ['a.ts']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
