import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, createOwnNetwork, findFreePorts } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';
import { allBut, isListening, ready, start, tokenOf } from './start-command.js';

describe('npm start', () => {
  it('names partners that are left out, and the demonstration can be', async () => {
    await using network = await createOwnNetwork();
    await using command = start(network, '--facts-only', ...allBut('dk', 'fi'));
    await command.until(/Not available: ncm, nbnp, ee, is, lt, lv, no, se/);
    const { data, errors, completeness } = await ask(
      network.hubPort,
      '{ officers { nodes { id } totalCount countAtLeast } no: partner(code: "no") { status } }',
      await tokenOf(network),
    );
    expect(data).toMatchObject({
      officers: { nodes: [], totalCount: null, countAtLeast: 0 },
      no: { status: 'UNAVAILABLE' },
    });
    expect(completeness).toMatchObject({
      complete: false,
      partners: { dk: { status: 'ANSWERED' }, no: { status: 'UNAVAILABLE' } },
    });
    expect(errors.map(({ extensions }) => extensions.partner).sort()).toEqual([
      'ee',
      'is',
      'lt',
      'lv',
      'no',
      'se',
    ]);
    expect(await readdir(network.environment.HUB_DATA_DIR ?? '')).toContain('databases-facts-only');
  });

  it('starts nothing when a port is in use, and says whose it is', async () => {
    await using network = await createOwnNetwork();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(network.portOf('no'), '127.0.0.1', resolve));
    await using command = start(network);
    expect(await command.ended).toBe(1);
    server.close();
    expect(command.output().stderr).toContain(
      `Port ${network.portOf('no')} of no (National police of Norway) is in use.`,
    );
    expect(await isListening(network.portOf('dk'))).toBe(false);
  });

  it('moves its ports, which other commands find by the file that it names, and names a partner that cannot start', async () => {
    await using network = await createOwnNetwork();
    const { hubPort, environment } = network;
    const databases = join(network.folder, 'data', 'databases');
    await mkdir(databases, { recursive: true });
    await writeFile(join(databases, 'fi.sqlite'), 'no database at all'.repeat(1_000));
    const [base = 0] = await findFreePorts(1);
    await using command = start(network, '--port-base', String(base), ...allBut('dk', 'fi'));
    const [, file = ''] = await command.until(/ HUB_NETWORK=(\S+)/);
    const [text] = await command.until(ready);
    expect(text).toContain(`http://localhost:${base}/graphql`);
    expect(text).toMatch(/Not available: .*\bfi\b/);
    expect(command.output().stdout).toMatch(/^ {2}fi +cannot start: ./m);
    expect(await isListening(hubPort)).toBe(false);
    expect(await isListening(network.portOf('dk'))).toBe(false);
    expect(await isListening(network.portOf('dk') - hubPort + base)).toBe(true);
    const { data, completeness } = await ask(base, '{ policeUnits { id } }');
    expect(JSON.stringify(data)).toContain('dk:');
    expect(completeness).toMatchObject({
      partners: { dk: { status: 'ANSWERED' }, fi: { status: 'UNAVAILABLE' } },
    });

    const moved = { ...environment, HUB_NETWORK: file };
    await using status = runCommand('gateway/cli/hub.mjs', ['status', '--json'], moved);
    await status.ended;
    expect(status.output().stdout).toMatch(/"dk".*"ANSWERING"/);
  });

  it('refuses a partner that is nobody', async () => {
    await using network = await createOwnNetwork();
    await using command = start(network, '--without', 'xx');
    expect(await command.ended).toBe(2);
    expect(command.output().stderr).toContain('no partner has the code xx');
  });
});
