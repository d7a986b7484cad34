import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ask, createOwnNetwork } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';
import { copyClone } from './clone-copy.js';

/** Replaces a text that stands once in a file. */
async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  await writeFile(file, text.replace(from, to));
}

it('restarts the part whose source changed, and ends with 0', { timeout: 240_000 }, async () => {
  await using copy = await copyClone();
  await using network = await createOwnNetwork();
  const without = ['--without', 'ncm,dk,ee,fi,is,lt,lv,no,se', '--facts-only'];
  await using dev = runCommand('gateway/cli/dev.mjs', without, network.environment, copy.folder);
  await dev.until(/The network is running/);
  await dev.until(/dev: watching for changes/);

  const slice = join(copy.folder, 'gateway', 'registry', 'hub-subgraph.ts');
  const readName = async () =>
    (await ask(network.hubPort, '{ partner(code: "nbnp") { name } }')).data;
  expect(await readName()).toEqual({ partner: { name: 'Nordic-Baltic Network of Policewomen' } });
  await change(slice, '    name,\n', '    name: `${name}, changed`,\n');
  await dev.until(/dev: the hub is ready/);
  expect(await readName()).toEqual({
    partner: { name: 'Nordic-Baltic Network of Policewomen, changed' },
  });
  expect(dev.output().stdout).not.toContain('restarting the partners');

  const list = '{ organisations(first: 1) { nodes { id } } }';
  const { data } = await ask(network.hubPort, list);
  const [{ id }] = (data as { organisations: { nodes: [{ id: string }] } }).organisations.nodes;
  const one = `{ organisation(id: "${id}") { id } }`;
  expect((await ask(network.hubPort, one)).data).toEqual({ organisation: { id } });
  const resolver = join(copy.folder, 'subgraphs/nbnp/organisations/organisation.resolver.ts');
  const line = 'return loaders.one(Organisation).load(id)';
  await change(resolver, `${line};`, `${line}.then(() => null);`);
  await dev.until(/dev: the partners are ready/);
  expect((await ask(network.hubPort, one)).data).toEqual({ organisation: null });

  await change(resolver, `${line}.then(() => null);`, 'return 1;');
  await dev.until(/error TS2322.*\n.*dev: 1 error. Nothing is restarted./);
  expect((await ask(network.hubPort, one)).data).toEqual({ organisation: null });

  dev.kill('SIGINT');
  expect(await dev.ended).toBe(0);
});
