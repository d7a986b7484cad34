import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runContractCommand } from '../../../gateway/cli/contract/contract-commands.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import type { openPublishingNetwork } from '../network/publishing-network.js';

export type Network = Awaited<ReturnType<typeof openPublishingNetwork>>;

/** The contract of the police forces, and next versions of it with a field more and one less. */
export const police = readContract('national-police').sdl;
export const withMotto = police.replace(
  '  acronym: String\n',
  '  acronym: String\n  motto: String\n',
);
export const withoutAcronym = police.replace('  acronym: String\n', '');

/** Runs the command, and returns its exit code and what it printed. */
export async function runIn(
  network: { readonly folder: string; readonly environment: Readonly<Record<string, string>> },
  ...argv: string[]
): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const environment = { ...network.environment, INIT_CWD: network.folder };
  const code = await runContractCommand(argv, (line) => void said.push(line), environment);
  return { code, text: said.join('\n') };
}

export const writeIn = (network: Network, name: string, sdl: string): Promise<void> =>
  writeFile(join(network.folder, name), sdl);
