import { createKeyStore, keyFilesOf } from '@hub/shared/identity';
import { manifestPath, verifyManifest } from '@hub/shared/records';
import { parse, print } from 'graphql';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetwork } from '../../../gateway/registry/network.js';
import { openNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));

/** The definitions of a schema. Their order is that in which the modules of a process were loaded. */
const sorted = (sdl: string): string[] => parse(sdl).definitions.map(print).toSorted();

describe(manifestPath, () => {
  it('of each partner is signed by it, and has the schema that it serves', async () => {
    await using network = await openNetwork('nothing', { isGuarded: true });
    for (const { code, subgraph } of partners) {
      const keys = createKeyStore({
        files: new Map([[code, keyFilesOf(network.keys, code).public]]),
      });
      const endpoint = network.urlOf(code);
      const response = await fetch(new URL(manifestPath, endpoint));
      const manifest = await verifyManifest(await response.text(), { partner: code, keys });
      expect(manifest).toMatchObject({ subgraph, endpoint, lastGoodFor: 0, consents: [] });
      const file = join(cloneFolder, 'subgraphs', subgraph, 'schema.graphql');
      expect(sorted(manifest.schema)).toEqual(sorted(await readFile(file, 'utf8')));
    }
  });
});
