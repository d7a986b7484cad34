import { execFileSync } from 'node:child_process';
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

/** The processes of the partners, by their folder. */
function findProcesses(pid: number): Readonly<Record<string, string>> {
  const lines = execFileSync('pgrep', ['-a', '-P', String(pid)], { encoding: 'utf8' });
  const found = lines.matchAll(/^(\d+) .*? --partner \w+=([\w-]+):/gm);
  return Object.fromEntries(
    Array.from(found, ([, process = '', folder = '']) => [folder, process]),
  );
}

it('restarts the part whose source changed, and ends with 0', { timeout: 600_000 }, async () => {
  await using copy = await copyClone();
  await using network = await createOwnNetwork();
  const without = ['--without', 'dk,ee,fi,is,lt,lv,no,se', '--facts-only'];
  await using dev = runCommand('gateway/cli/dev.mjs', without, network.environment, copy.folder);
  await dev.until(/The network is running/);
  await dev.until(/dev: watching for changes/);

  const restarted = () =>
    Array.from(dev.output().stdout.matchAll(/^dev: restarting (.+)$/gm), ([, part]) => part);
  const slice = join(copy.folder, 'gateway', 'registry', 'hub-subgraph.ts');
  const readName = async () =>
    (await ask(network.hubPort, '{ partner(code: "nbnp") { name } }')).data;
  expect(await readName()).toEqual({ partner: { name: 'Nordic-Baltic Network of Policewomen' } });
  await change(slice, '    name,\n', '    name: `${name}, changed`,\n');
  await dev.until(/dev: the hub is ready/);
  expect(await readName()).toEqual({
    partner: { name: 'Nordic-Baltic Network of Policewomen, changed' },
  });
  expect(restarted()).toEqual(['the hub']);

  const list = '{ organisations(first: 1) { nodes { id } } }';
  const { data } = await ask(network.hubPort, list);
  const [{ id }] = (data as { organisations: { nodes: [{ id: string }] } }).organisations.nodes;
  const one = `{ organisation(id: "${id}") { id } }`;
  expect((await ask(network.hubPort, one)).data).toEqual({ organisation: { id } });
  const before = findProcesses(dev.pid);
  expect(Object.keys(before).toSorted()).toEqual(['nbnp', 'ncm-offices']);
  const resolver = join(copy.folder, 'subgraphs/nbnp/organisations/organisation.resolver.ts');
  const line = 'return loaders.one(Organisation).load(id)';
  await change(resolver, `${line};`, `${line}.then(() => null);`);
  await dev.until(/dev: nbnp is ready/);
  expect((await ask(network.hubPort, one)).data).toEqual({ organisation: null });
  expect(restarted()).toEqual(['the hub', 'nbnp']);
  const after = findProcesses(dev.pid);
  expect(after['ncm-offices']).toBe(before['ncm-offices']);
  expect(after['nbnp']).not.toBe(before['nbnp']);

  // Of the kit, what all import, and what the partners alone import.
  const room = (name: string) => join(copy.folder, 'shared', ...name.split('/'));
  const hubReady = dev.until(/dev: the hub is ready/, 'now');
  const added = (name: string) => `export const added = 'here';\n\n${name}`;
  await change(room('errors/hub-error.ts'), 'export class', added('export class'));
  await hubReady;
  expect(restarted().slice(2)).toEqual(['ncm-offices', 'nbnp', 'the hub']);
  const partnersReady = dev.until(/dev: nbnp is ready/, 'now');
  await change(
    room('programme/rehearsals/removal.ts'),
    'export async function',
    added('export async function'),
  );
  await partnersReady;
  expect(restarted().slice(5)).toEqual(['ncm-offices', 'nbnp']);

  await change(resolver, `${line}.then(() => null);`, 'return 1;');
  await dev.until(/error TS2322.*\n.*dev: 1 error. Nothing is restarted./);
  expect((await ask(network.hubPort, one)).data).toEqual({ organisation: null });

  dev.kill('SIGINT');
  expect(await dev.ended).toBe(0);
});
