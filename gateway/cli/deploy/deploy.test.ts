import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../config.js';
import { printed } from '../test-printed.js';
import { deploy } from './deploy.js';

function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), 'hub-deploy-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

describe('npm run hub -- deploy', () => {
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
    [['kubernetes'], /^Unknown command 'kubernetes'\.\n\nUsage: npm run hub -- deploy /],
    [['compose'], '--to is required.'],
    [['compose', '--to', '/tmp/x', '--tag', '1'], "Unknown option '--tag'."],
    [['compose', '--to', '/tmp/x', '--user', 'root'], '--user must be a user id above 0'],
    [['compose', '--to', '/tmp/x', '--user', '0:0'], '--user must be a user id above 0'],
  ])('refuses %j', async (argv, reason) => {
    const deploying = printed(deploy, argv);
    await expect(deploying).rejects.toThrow(UsageError);
    await expect(deploying).rejects.toThrow(reason);
  });
});
