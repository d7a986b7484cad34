import { join } from 'node:path';
import { z } from 'zod';
import {
  NetworkError,
  parseNetwork,
  partnerSchema,
  type Network,
  type Partner,
} from '../network.js';
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
});

/** What commands have changed of the network file’s partners. */
export type Members = z.infer<typeof membersSchema>;

const noMembers: Members = { added: [], suspended: {}, removed: {} };

export const membersFile = (dataDir: string): string => join(dataDir, 'registry', 'members.json');

/** The text of the file, to notice changes. Empty without a file. */
export function readMembersText(dataDir: string): string {
  return readSealed(membersFile(dataDir)) ?? '';
}

/** @throws {@link NetworkError} if the file cannot be used */
export function readMembers(dataDir: string): Members {
  const file = membersFile(dataDir);
  const text = readSealed(file);
  if (text === undefined) return noMembers;
  try {
    return membersSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new NetworkError(`${file} cannot be used: ${reason}`);
  }
}

/** Replaces the file atomically, with a sealed copy. */
export const writeMembers = (dataDir: string, members: Members): Promise<void> =>
  writeSealed(membersFile(dataDir), `${JSON.stringify(members, null, 2)}\n`);

/**
 * The network with its changes.
 * @throws {@link NetworkError} if an added partner has the code, the address or the provider of another one
 */
export function applyMembers(network: Network, { added, suspended, removed }: Members): Network {
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
