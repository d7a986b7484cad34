import { join } from 'node:path';
import { z } from 'zod';
import { parseNetwork, partnerSchema, type Network, type Partner } from '../network.js';
import { readSealed, writeSealed } from './sealed-file.js';

const changeSchema = z.strictObject({
  /** An instant in UTC. */
  since: z.iso.datetime(),
  /** In the operator’s words. */
  reason: z.string().min(1).max(500),
});

const membersSchema = z.strictObject({
  /** Partners that the network file does not have. */
  added: z.array(partnerSchema),
  suspended: z.record(z.string(), changeSchema),
  /** They keep their code, so that references to their records are not broken. */
  removed: z.record(z.string(), changeSchema),
  /** The names of the contracts in the data folder. */
  contracts: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).default([]),
});

/** What commands have changed of the network file’s partners and of the contracts. */
export type Members = z.infer<typeof membersSchema>;

const noMembers: Members = { added: [], suspended: {}, removed: {}, contracts: [] };

export const membersFile = (dataDir: string): string => join(dataDir, 'registry', 'members.json');

/** The text of the file, to notice changes. Empty without a file. */
export function readMembersText(dataDir: string): string {
  return readSealed(membersFile(dataDir)) ?? '';
}

/** Undefined if the text, or the value of a release, is nothing that a command has written. */
export function parseMembers(value: unknown): Members | undefined {
  try {
    return membersSchema.parse(typeof value === 'string' ? JSON.parse(value) : value);
  } catch {
    return undefined;
  }
}

/** Nothing has changed if no file can be used: `repair-registry.ts` says so. */
export const readMembers = (dataDir: string): Members =>
  parseMembers(readSealed(membersFile(dataDir))) ?? noMembers;

/** Replaces the file atomically, with a sealed copy. */
export const writeMembers = (dataDir: string, members: Members): Promise<void> =>
  writeSealed(membersFile(dataDir), `${JSON.stringify(members, null, 2)}\n`);

/** Notes whether the data folder has a contract of this name. */
export async function noteContract(dataDir: string, name: string, isThere: boolean): Promise<void> {
  const { contracts, ...members } = readMembers(dataDir);
  if (contracts.includes(name) === isThere) return;
  const others = contracts.filter((one) => one !== name);
  await writeMembers(dataDir, { ...members, contracts: isThere ? [...others, name] : others });
}

/**
 * The network with its changes.
 * @throws {@link NetworkError} if an added partner has the code, the address or the provider of another one
 */
export function applyMembers(
  network: Network,
  { added, suspended, removed }: Omit<Members, 'contracts'>,
): Network {
  // The rules of the network file hold for both together.
  const all = { ...network, partners: [...network.partners, ...added] };
  const { partners } = parseNetwork(JSON.stringify(all), 'The network with its added partners');
  const membershipOf = (code: string): Partner['membership'] => {
    const [state, change] = removed[code]
      ? (['REMOVED', removed[code]] as const)
      : (['SUSPENDED', suspended[code]] as const);
    return change && { state, ...change };
  };
  return {
    ...network,
    partners: partners.map((partner, index): Partner => {
      const membership = membershipOf(partner.code);
      return {
        ...partner,
        ...(index >= network.partners.length && { isAdded: true }),
        ...(membership && { membership }),
      };
    }),
  };
}
