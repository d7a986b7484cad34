import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nominateNewcomer } from '../network/nominate-newcomer.js';
import { createToken } from '../network/open-hub.js';
import { ask, createOwnNetwork, findFreePorts, type OwnNetwork } from '../network/own-network.js';
import { patience } from '../network/patience.js';
import { runCommand, type RunningCommand } from '../network/running-command.js';
import { codes, isListening, ready, start, tokenOf } from './start-command.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

interface ReleaseFile {
  readonly release: {
    readonly publications: Readonly<Record<string, { readonly lacks: readonly string[] }>>;
  };
}

/** Adds a ninth police to the network file. What takes longer is in join.long.test.ts. */
async function addNinthPolice({ folder }: OwnNetwork): Promise<void> {
  const file = join(folder, 'network.json');
  const before = JSON.parse(await readFile(file, 'utf8')) as { partners: object[] };
  const [port] = await findFreePorts(1);
  const police = {
    code: 'pl',
    name: 'National police of Poland',
    subgraph: 'national-police',
    url: `http://127.0.0.1:${port}/graphql`,
    contact: 'hub@pl.example.org',
    publicKeys: 'keys/pl.public.json',
  };
  await writeFile(file, JSON.stringify({ ...before, partners: [...before.partners, police] }));
}

describe('npm start of a whole network, which a ninth police has joined', () => {
  let network: OwnNetwork;
  let command: RunningCommand;
  let text: string;
  beforeAll(async () => {
    const own = await createOwnNetwork();
    network = { ...own, environment: { ...own.environment, HUB_REGISTRY: 'on' } };
    await addNinthPolice(network);
    command = start(network);
    [text] = await command.until(ready);
  });
  afterAll(async () => {
    await command[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });
  const all = [...codes, 'pl'].toSorted();

  const askAs = async (
    organisation: string,
    query: string,
    role: 'coordinator' | 'liaison' = 'coordinator',
  ) =>
    ask(
      network.hubPort,
      query,
      await createToken(join(network.folder, 'data', 'keys'), { organisation, role }),
    );

  it('starts all partners, and answers the query that it shows', async () => {
    expect(text).toContain(`http://localhost:${network.hubPort}/graphql`);
    expect(text).not.toContain('Not available');
    const query = text.slice(text.indexOf('\n  {'), text.indexOf('Press Ctrl-C'));
    const token = await tokenOf(network);
    const { data, errors, completeness } = await ask(network.hubPort, query, token);
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
      token,
    );
    const { partners, officers } = status.data as {
      partners: { code: string; status: string }[];
      officers: unknown;
    };
    expect(Object.fromEntries(partners.map((partner) => [partner.code, partner.status]))).toEqual(
      Object.fromEntries(all.map((code) => [code, 'ANSWERING'])),
    );
    expect(officers).toEqual({ totalCount: 48 });
  });

  it('has what all partners publish in its first release, and says nothing of it', async () => {
    const readRelease = async () => {
      const file = join(network.folder, 'data', 'registry', 'releases', '000001.json');
      const written = await readFile(file, 'utf8').catch(() => '');
      return written === '' ? undefined : (JSON.parse(written) as ReleaseFile).release;
    };
    await expect.poll(readRelease, patience).toBeDefined();
    const { publications = {} } = (await readRelease()) ?? {};
    expect(Object.keys(publications).toSorted()).toEqual(all);
    expect(Object.values(publications).flatMap(({ lacks }) => lacks)).toEqual([]);
    const { stdout, stderr } = command.output();
    expect(stdout + stderr).not.toMatch(/manifest|publication|quarantine|a release/);
  });

  it('accepts what npm run token prints, and writes it nowhere', async () => {
    const flags = ['--organisation', 'nbnp', '--role', 'coordinator'];
    await using printing = runCommand('gateway/cli/token.mjs', flags, network.environment);
    expect(await printing.ended).toBe(0);
    const token = printing.output().stdout.trim();
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const query = '{ partner(code: "nbnp") { name } }';
    expect(await ask(network.hubPort, query, token)).toMatchObject({
      status: 200,
      data: { partner: { name: 'Nordic-Baltic Network of Policewomen' } },
    });
    const refused = await ask(network.hubPort, query, `${token.slice(0, -8)}AAAAAAAA`);
    expect(refused).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(refused.data ?? null).toBeNull();
    const { stdout, stderr } = command.output();
    expect(stdout + stderr).not.toContain(token);
  });

  it('ends npm run token with 2, and says how, when its flags do not fit', async () => {
    const flags = ['--role', 'boss'];
    await using token = runCommand('gateway/cli/token.mjs', flags, network.environment);
    expect(await token.ended).toBe(2);
    expect(token.output()).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(
        /--role must be one of[^]*Usage: npm run --silent token/,
      ) as unknown,
    });
  });

  it('has the ninth police in the graph, which needs no more than its entry in the network file', async () => {
    const { folder, environment } = network;
    for (const [name, text] of [
      [
        'units.csv',
        'id,name,acronym,variants,city,validFrom,validTo,parent,kind,note,source\nwarsaw,Headquarters,,,Warsaw,,,,,,\n',
      ],
      [
        'officers.csv',
        'id,name,email,rank,unit,targetGroup,languages,isRehearsal\nofficer-1,Anna Example,,,pl:warsaw,POLICE,pl,\n',
      ],
    ] as const) {
      await writeFile(join(folder, name), text);
      const importing = runCommand(
        'subgraphs/national-police/dist/commands.js',
        ['import', join(folder, name), '--partner', 'pl'],
        environment,
      );
      expect(await importing.ended, JSON.stringify(importing.output())).toBe(0);
    }

    const units = await askAs('dk', '{ policeUnits { id country } }');
    expect(units.completeness).toMatchObject({
      complete: true,
      partners: { pl: { status: 'ANSWERED' } },
    });
    // Its own row alone: the demonstration tells of the eight.
    expect(JSON.stringify(units.data)).toContain('{"id":"pl:warsaw","country":"PL"}');
    const officers = await askAs('pl', '{ officers(filter: { country: "PL" }) { nodes { id } } }');
    expect(officers.data).toEqual({ officers: { nodes: [{ id: 'pl:officer-1' }] } });

    const { group, answer } = await nominateNewcomer(askAs, 'pl', 'pl:officer-1');
    expect(answer.errors).toEqual([]);
    expect(answer.data).toMatchObject({
      nominateOfficer: { group: { id: group }, officer: { name: 'Anna Example' } },
    });
    const seen = '{ officer(id: "pl:officer-1") { name nominations { group { id } } } }';
    const { data, errors } = await askAs('nbnp', seen, 'liaison');
    expect(data).toEqual({ officer: { name: null, nominations: [{ group: { id: group } }] } });
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
    expect((await askAs('dk', seen)).data).toEqual({ officer: null });
  });

  it('ends with 0, and all its servers end', async () => {
    command.kill('SIGTERM');
    expect(await command.ended).toBe(0);
    expect(await isListening(network.hubPort)).toBe(false);
    expect(await isListening(network.portOf('ncm'))).toBe(false);
  });
});
