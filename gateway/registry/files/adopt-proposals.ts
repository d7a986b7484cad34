import { holdFolder } from '@hub/shared/storage';
import { makeFolder, replaceFile } from '@hub/shared/system';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { adoptedFile, isCommitted, readContract } from '../contracts.js';
import type { Proposal } from '../proposals/proposal.js';
import { noteContract } from '../written/members.js';
import { removeSealed, writeSealed } from '../written/sealed-file.js';
import { openRegistryFiles } from './served-graph.js';

const adoptingFile = (dataDir: string): string => join(dataDir, 'registry', 'adopting.json');

const numbersSchema = z.array(z.int().min(1)).min(1);

/** Makes it the contract. The committed text itself needs no file. */
async function write(
  dataDir: string,
  { contract: name, sdl, descriptions }: Proposal,
): Promise<void> {
  const file = adoptedFile(dataDir, name);
  const described = adoptedFile(dataDir, name, 'descriptions.json');
  if (isCommitted(name) && readContract(name).sdl === sdl) {
    await noteContract(dataDir, name, false);
    await removeSealed(described);
    await removeSealed(file);
    return;
  }
  if (descriptions) await writeSealed(described, `${JSON.stringify(descriptions, null, 2)}\n`);
  await writeSealed(file, sdl);
  await noteContract(dataDir, name, true);
}

/** The numbers of the proposals whose adoption has begun. None if no file says so. */
function readBegun(dataDir: string): readonly number[] {
  try {
    return numbersSchema.parse(JSON.parse(readFileSync(adoptingFile(dataDir), 'utf8')));
  } catch {
    return [];
  }
}

/**
 * Lets no other command change partners or contracts until it is disposed of, or the process ends.
 * Undefined if another one does. A running hub holds the folder around this one.
 */
export function holdMembers(dataDir: string): Promise<AsyncDisposable | undefined> {
  const folder = join(openRegistryFiles(dataDir).folder, 'commands');
  makeFolder(folder);
  return holdFolder(folder);
}

/** What a command says that finds another one at work. */
export const isHeld =
  'Another command changes partners or contracts. Run it again when that has ended.';

/** How long a repair waits for a command that writes, in milliseconds, and how often it looks. */
const longest = { waitMs: 2_000, pauseMs: 50 } as const;

/**
 * Ends an adoption that was cut off, so that no contract is served without the others that it needs.
 * One that goes on is left to its command.
 */
export async function finishAdoption(dataDir: string): Promise<void> {
  const startedAt = performance.now();
  while (existsSync(adoptingFile(dataDir))) {
    await using held = await holdMembers(dataDir);
    if (held) return await writeBegun(dataDir);
    if (performance.now() - startedAt > longest.waitMs) return;
    await wait(longest.pauseMs);
  }
}

/** Each of them, because what was adopted before may be adopted again. */
async function writeBegun(dataDir: string): Promise<void> {
  const { proposals } = openRegistryFiles(dataDir);
  for (const number of readBegun(dataDir)) {
    const proposal = proposals.read(number);
    if (!proposal) continue;
    await write(dataDir, proposal);
    await proposals.update({ ...proposal, adoptedAt: new Date().toISOString() });
  }
  await rm(adoptingFile(dataDir), { force: true });
}

/**
 * Makes proposals the contracts: all, or none if it is cut off before it has begun. Only while the
 * members are held.
 */
export async function adoptProposals(
  dataDir: string,
  proposals: readonly Proposal[],
): Promise<void> {
  const numbers = proposals.map(({ number }) => number);
  await replaceFile(adoptingFile(dataDir), `${JSON.stringify(numbers)}\n`);
  await writeBegun(dataDir);
}
