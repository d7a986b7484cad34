import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNetwork } from '../../../gateway/registry/network.js';
import { cloneFolder } from './running-command.js';

/** Lets commands work beside an open network: with its keys, and the data of its hub in a folder. */
export async function placeNetwork(dataDir: string, keys: string): Promise<Record<string, string>> {
  const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
  const placed = partners.map((partner) => ({
    ...partner,
    publicKeys: join(keys, `${partner.code}.public.json`),
  }));
  const file = join(dataDir, 'network.json');
  await writeFile(file, JSON.stringify({ port: 4000, partners: placed }));
  return {
    HUB_NETWORK: file,
    HUB_DATA_DIR: dataDir,
    HUB_PRIVATE_KEYS: join(keys, 'hub.private.json'),
  };
}
