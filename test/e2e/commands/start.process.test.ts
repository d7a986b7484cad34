import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, createOwnNetwork, findFreePorts } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';
import { allBut, codes, isListening, ready, start, tokenOf } from './start-command.js';

describe('npm start', () => {
  it('starts all partners, answers the query that it shows, and ends with 0', async () => {
    await using network = await createOwnNetwork();
    await using command = start(network);
    const [text] = await command.until(ready);
    expect(text).toContain(`http://localhost:${network.hubPort}/graphql`);
    expect(text).not.toContain('Away');
    const query = text.slice(text.indexOf('\n  {'), text.indexOf('Press Ctrl-C'));
    const { data, errors, completeness } = await ask(
      network.hubPort,
      query,
      await tokenOf(network),
    );
    expect(errors).toEqual([]);
    expect(completeness).toMatchObject({ complete: true });
    const parties = JSON.stringify(data);
    for (const party of ['"Office"', '"PoliceUnit"', '"Organisation"'])
      expect(parties).toContain(party);

    const sites = await fetch(`http://127.0.0.1:${network.hubPort}/export/sites.geojson`);
    expect(await sites.json()).toMatchObject({ type: 'FeatureCollection' });

    const status = await ask(
      network.hubPort,
      '{ partners { code status } officers(filter: { rehearsals: true }) { totalCount } }',
      await tokenOf(network),
    );
    expect(status.data).toMatchObject({
      partners: codes.map((code) => ({ code, status: 'ANSWERING' })),
      officers: { totalCount: 48 },
    });
    command.kill('SIGTERM');
    expect(await command.ended).toBe(0);
    expect(await isListening(network.hubPort)).toBe(false);
    expect(await isListening(network.portOf('ncm'))).toBe(false);
  });

  it('starts the others where one partner cannot start, and names it', async () => {
    await using network = await createOwnNetwork();
    const databases = join(network.folder, 'data', 'databases');
    await mkdir(databases, { recursive: true });
    await writeFile(join(databases, 'fi.sqlite'), 'no database at all'.repeat(1_000));
    await using command = start(network, ...allBut('dk', 'fi'));
    const [text] = await command.until(ready);
    expect(text).toMatch(/Not available: .*\bfi\b/);
    expect(command.output().stdout).toMatch(/^ {2}fi +cannot start: ./m);
    const { data, completeness } = await ask(network.hubPort, '{ policeUnits { id } }');
    expect(JSON.stringify(data)).toContain('dk:');
    expect(completeness).toMatchObject({
      partners: { dk: { status: 'ANSWERED' }, fi: { status: 'UNAVAILABLE' } },
    });
  });

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

  it('moves its ports, and other commands find them by the file that it names', async () => {
    await using network = await createOwnNetwork();
    const { hubPort, environment } = network;
    const [base = 0] = await findFreePorts(1);
    await using command = start(network, '--port-base', String(base), ...allBut('dk'));
    const [, file = ''] = await command.until(/ HUB_NETWORK=(\S+)/);
    const [text] = await command.until(ready);
    expect(text).toContain(`http://localhost:${base}/graphql`);
    expect(await isListening(hubPort)).toBe(false);
    expect(await isListening(network.portOf('dk'))).toBe(false);
    expect(await isListening(network.portOf('dk') - hubPort + base)).toBe(true);
    const query = '{ policeUnits(filter: { country: "DK" }) { id } }';
    const { completeness } = await ask(base, query);
    expect(completeness).toMatchObject({ partners: { dk: { status: 'ANSWERED' } } });

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
