import { UserError } from '@hub/shared/system';
import { holdMembers, isHeld } from '../../registry/files/adopt-proposals.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import type { Network } from '../../registry/network.js';
import { readMembers, writeMembers, type Members } from '../../registry/written/members.js';

/** What an operator decides about a partner. */
export type Decision = 'suspend' | 'resume' | 'remove';

export interface DecisionOptions {
  readonly network: Network;
  readonly dataDir: string;
  readonly code: string;
  /** Shown in the graph. Not needed to resume. */
  readonly reason: string;
  readonly now?: () => Date;
}

const events = {
  suspend: 'PARTNER_SUSPENDED',
  resume: 'PARTNER_RESUMED',
  remove: 'PARTNER_REMOVED',
} as const;

/**
 * Suspends, resumes or removes a partner, and records it.
 * @throws {@link UserError}
 */
export async function changeMembership(
  decision: Decision,
  options: DecisionOptions,
): Promise<void> {
  const { network, dataDir, code, reason, now = () => new Date() } = options;
  await using held = await holdMembers(dataDir);
  if (!held) throw new UserError(isHeld);
  const partner = network.partners.find((one) => one.code === code);
  if (!partner) throw new UserError(`${code} is no partner of the network.`);
  const state = partner.membership?.state;
  if (state === 'REMOVED')
    throw new UserError(`${code} has been removed. It comes back with partner add.`);
  if (decision === 'resume' && state !== 'SUSPENDED')
    throw new UserError(`${code} is not suspended.`);
  const change = { since: now().toISOString(), reason };
  const { administration } = openRegistryFiles(dataDir);
  await administration.append(events[decision], { partner: code });
  await writeMembers(dataDir, decide(readMembers(dataDir), decision, code, change));
}

function decide(
  members: Members,
  decision: Decision,
  code: string,
  change: Members['suspended'][string],
): Members {
  const { [code]: _, ...suspended } = members.suspended;
  switch (decision) {
    case 'suspend':
      return { ...members, suspended: { ...suspended, [code]: change } };
    case 'resume':
      return { ...members, suspended };
    case 'remove':
      return { ...members, suspended, removed: { ...members.removed, [code]: change } };
  }
}
