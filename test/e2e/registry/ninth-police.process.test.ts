import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { nominateNewcomer } from '../network/nominate-newcomer.js';
import { createToken } from '../network/open-hub.js';
import { ask, createOwnNetwork, findFreePorts } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';

vi.setConfig({ testTimeout: 300_000 });

/** What takes longer, from its folder to the running network: join.long.test.ts. */
it('a ninth police needs no more than its entry in the network file', async () => {
  await using network = await createOwnNetwork();
  const { folder, environment, hubPort } = network;
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
  await using running = runCommand('gateway/cli/start.mjs', [], environment);
  await running.until(/The network is running\.[^]*Ctrl-C/);
  const askAs = async (organisation: string, query: string) =>
    ask(
      hubPort,
      query,
      await createToken(join(folder, 'data', 'keys'), { organisation, role: 'coordinator' }),
    );

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
  const { data, errors } = await askAs('dk', seen);
  expect(data).toEqual({ officer: { name: null, nominations: [{ group: { id: group } }] } });
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
});
