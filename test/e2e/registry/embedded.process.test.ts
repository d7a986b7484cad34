import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOwnNetwork } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';

const patience = { timeout: 240_000, interval: 500 };

interface ReleaseFile {
  readonly release: {
    readonly publications: Readonly<Record<string, { readonly lacks: readonly string[] }>>;
  };
}

describe('npm start', () => {
  it(
    'has what all ten partners publish in its first release, and says nothing of it',
    { timeout: 600_000 },
    async () => {
      await using network = await createOwnNetwork();
      await using command = runCommand('gateway/cli/start.mjs', ['--facts-only'], {
        ...network.environment,
        HUB_REGISTRY: 'on',
      });
      await command.until(/http:\/\/localhost:\d+\//);
      const readRelease = async () => {
        const file = join(network.folder, 'data', 'registry', 'releases', '000001.json');
        const text = await readFile(file, 'utf8').catch(() => '');
        return text === '' ? undefined : (JSON.parse(text) as ReleaseFile).release;
      };
      await expect.poll(readRelease, patience).toBeDefined();
      const { publications = {} } = (await readRelease()) ?? {};
      expect(Object.keys(publications).toSorted()).toEqual(
        ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'nbnp', 'ncm', 'no', 'se'].toSorted(),
      );
      expect(Object.values(publications).flatMap(({ lacks }) => lacks)).toEqual([]);
      const { stdout, stderr } = command.output();
      expect(stdout + stderr).not.toMatch(/manifest|publication|quarantine|a release/);
    },
  );
});
