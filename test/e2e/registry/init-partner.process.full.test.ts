import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../network/running-command.js';

vi.setConfig({ testTimeout: 240_000 });

describe('partner init', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'hub-init-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }));

  it.each([
    ['the police of a country', 'pl', ['--kind', 'national-police']],
    ['an organisation of a new kind', 'shelters', ['--kind', 'new', '--entity', 'Shelter']],
  ])(
    'says soon that npm’s registry cannot be reached, and leaves nothing behind: %s',
    async (_, code, flags) => {
      const folder = join(parent, code);
      await using command = runCommand(
        'gateway/cli/hub.mjs',
        ['partner', 'init', code, ...flags, '--to', folder],
        {
          HUB_DATA_DIR: join(parent, 'data'),
          // Nobody listens there, and nothing was fetched before.
          npm_config_registry: 'http://127.0.0.1:9/',
          npm_config_cache: join(parent, 'cache'),
        },
      );
      const begun = performance.now();
      expect(await command.ended).toBe(1);
      const { stderr, stdout } = command.output();
      expect(stderr).toContain('npm cannot reach its registry, http://127.0.0.1:9/');
      expect(stderr).not.toMatch(/conflict/i);
      expect(stdout).toBe('');
      expect(existsSync(folder)).toBe(false);
      // It took 165 s. A busy machine copies and packs slowly.
      expect(performance.now() - begun).toBeLessThan(90_000);
    },
  );
});
