import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { explain } from '../../../gateway/cli/explain/explain.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { createToken } from '../network/open-hub.js';
import { openNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

it('times each call of an operation, and says who responded', async () => {
  await using network = await openNetwork('demonstration', { isGuarded: true });
  const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
  const folder = await mkdtemp(join(tmpdir(), 'hub-explain-'));
  const file = join(folder, 'network.json');
  const placed = partners.map((partner) => ({ ...partner, url: network.urlOf(partner.code) }));
  await writeFile(file, JSON.stringify({ port: 4000, partners: placed }));
  const environment = { HUB_NETWORK: file, HUB_DATA_DIR: dirname(network.keys) };
  const token = await createToken(network.keys, { organisation: 'nbnp', role: 'coordinator' });
  const query = '{ programme(id: "nbnp:demo-programme") { groups { acceptedOfficers { name } } } }';
  const run = async () => {
    const said: string[] = [];
    const argv = [query, '--run', '--token', token];
    const code = await explain(argv, (text) => said.push(text), environment);
    return { code, text: said.join('\n') };
  };

  const whole = await run();
  expect(whole.text).toMatch(/^Calls$/m);
  // Fetch, partner, start, duration, bytes, result.
  expect(whole.text).toMatch(/^ {2}1 +nbnp +\d+\.\d +\d+\.\d +\d+ +HTTP 200$/m);
  expect(whole.text).toMatch(/^ {2}2 +dk +\d+\.\d +\d+\.\d +\d+ +HTTP 200$/m);
  expect(whole.text).toContain('"complete":true');
  expect(whole.code).toBe(0);

  await network.stop('dk');
  const partial = await run();
  expect(partial.text).toMatch(/^ {2}2 +dk .*UNAVAILABLE/m);
  expect(partial.text).toContain('"complete":false');
  expect(partial.text).toContain('PARTNER_UNAVAILABLE at programme.groups');
  expect(partial.code).toBe(1);
  await rm(folder, { recursive: true });
});
