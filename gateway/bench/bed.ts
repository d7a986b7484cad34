import { ensureKeyFiles, hubIssuer, tokens } from '@hub/shared/identity';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { composeSupergraph } from '../registry/compose.js';
import { readSigningKey } from '../registry/network-keys.js';
import { packageFolder } from '../registry/package-folder.js';
import { readGraph, type BenchGraph } from './graph.js';

const cacheFolder = join(dirname(packageFolder), '.data', 'bench');

/** What the systems run over. */
export interface Bed {
  readonly graph: BenchGraph;
  /** The folder with the network, the keys and the supergraph of this run. */
  readonly folder: string;
  /** Kept between runs. */
  readonly cacheFolder: string;
  readonly supergraphFile: string;
  /** By name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** Of the caller. */
  readonly token: string;
}

/** Writes the network, its keys and the supergraph of a run. */
export async function layBed(subgraphUrls: Readonly<Record<string, string>>): Promise<Bed> {
  const graph = readGraph();
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const partners = graph.subgraphs.map(({ name }) => ({
    code: name,
    name,
    subgraph: name,
    url: subgraphUrls[name] ?? '',
    contact: 'bench@example.org',
    publicKeys: `keys/${name}.public.json`,
  }));
  const organisation = partners[0]?.code ?? '';
  writeFileSync(join(folder, 'network.json'), JSON.stringify({ port: 0, partners }));
  writeFileSync(join(folder, 'contracts.json'), JSON.stringify(graph.subgraphs));
  for (const code of [hubIssuer, ...partners.map((partner) => partner.code)])
    await ensureKeyFiles(join(folder, 'keys'), code);
  const { supergraphSdl, errors } = composeSupergraph(
    graph.subgraphs.map(({ name, sdl }) => ({ name, sdl, url: subgraphUrls[name] ?? '' })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, supergraphSdl);
  const token = await tokens.signToken({
    key: await readSigningKey(folder, organisation),
    organisation,
    role: 'analyst',
    subject: 'bench',
    purpose: 'measuring',
    ttl: 24 * 60 * 60,
  });
  return { graph, folder, cacheFolder, supergraphFile, subgraphUrls, token };
}
