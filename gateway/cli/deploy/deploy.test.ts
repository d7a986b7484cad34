import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { UsageError } from '../../config.js';
import { printed } from '../test-printed.js';
import { deploy } from './deploy.js';

function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), 'hub-deploy-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

describe('npm run hub -- deploy', () => {
  it('prints all manifests, or writes a file for each service', async () => {
    using folder = makeFolder();
    const manifests = parseAllDocuments(await printed(deploy, ['kubernetes']));
    expect(await printed(deploy, ['kubernetes', '--to', folder.path])).toBe(
      `wrote 12 files to ${folder.path}`,
    );
    const files = readdirSync(folder.path);
    expect(files).toContain('namespace.yaml');
    expect(files).toContain('partner-no.yaml');
    const written = files.flatMap((name) => [
      ...parseAllDocuments(readFileSync(join(folder.path, name), 'utf8')),
    ]);
    expect(written).toHaveLength(manifests.length);
  });

  it('keeps the code of Norway a text', async () => {
    // For YAML 1.1, `no` without quotes is false.
    expect(await printed(deploy, ['kubernetes'])).not.toMatch(/: no$/m);
  });

  it('prints how to start the containers of a site', async () => {
    using folder = makeFolder();
    const told = await printed(deploy, ['compose', '--to', folder.path, '--user', '1000:1000']);
    expect(told).toContain('wrote hub/network.json\n');
    expect(told).toMatch(
      new RegExp(`^Start: docker compose --env-file ${folder.path}/site.env up `, 'm'),
    );
  });

  it.each([
    [[], 'Usage: npm run hub -- deploy [options] [command]'],
    [['swarm'], /^Unknown command 'swarm'\.\n\nUsage: npm run hub -- deploy /],
    [['compose'], '--to is required.'],
    [['compose', '--to', '/tmp/x', '--tag', '1'], "Unknown option '--tag'."],
    [['compose', '--to', '/tmp/x', '--user', 'root'], '--user must be a user id above 0'],
    [['compose', '--to', '/tmp/x', '--user', '0:0'], '--user must be a user id above 0'],
    [['kubernetes', '--namespace', 'A B'], '--namespace must have lower-case letters'],
    [['kubernetes', '--images'], '--images'],
    [['kubernetes', '--shared-state', 'redis://:secret@store'], '--shared-state must be redis://'],
  ])('refuses %j', async (argv, reason) => {
    const deploying = printed(deploy, argv);
    await expect(deploying).rejects.toThrow(UsageError);
    await expect(deploying).rejects.toThrow(reason);
  });
});
