import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withEnvFile } from './env-file.js';

describe('withEnvFile', () => {
  it('adds the file of the folder, also for a built module, and lets the environment win', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-env-'));
    try {
      await mkdir(join(folder, 'dist'));
      await writeFile(join(folder, 'package.json'), '{}');
      const module = pathToFileURL(join(folder, 'dist', 'config.js')).href;
      const environment = { PORT: '4111' };
      expect(withEnvFile(module, environment)).toBe(environment);
      const lines = ['# A comment', 'PORT=1', 'HUB_URL="https://hub.example.org/graphql"', 'HOST='];
      await writeFile(join(folder, '.env'), lines.join('\n'));
      for (const own of [module, pathToFileURL(join(folder, 'config.ts')).href]) {
        expect(withEnvFile(own, environment)).toEqual({
          PORT: '4111',
          HUB_URL: 'https://hub.example.org/graphql',
          HOST: '',
        });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
