import type { CallOutcome } from './partner-status.js';

/** How a call fails. */
type CallFault = Exclude<CallOutcome, 'ANSWERED' | 'OVERLOADED'>;

/** The partners that failed to respond to this hub of late, and how. */
export interface MissedPartners {
  /** Resolves when the hub’s other workers know it too. A code that is not in the network is ignored. */
  record(code: string, fault: CallFault): Promise<void>;
  /** Takes in what another worker recorded. */
  take(missed: Missed): void;
  faultOf(code: string): CallFault | undefined;
}

export interface Missed {
  readonly partner: string;
  readonly fault: CallFault;
}

export interface MissedPartnersOptions {
  readonly partners: readonly string[];
  /** Tells the hub’s other workers. */
  readonly tell: (missed: Missed) => Promise<void>;
  /** How long a fault is remembered. @default 30000 */
  readonly recentMs?: number;
  /** @default the system’s, which nobody sets back */
  readonly now?: () => number;
}

/** The other workers are notified of a fault once in this part of the time for which it is remembered. */
const toldShare = 0.25;

/**
 * Remembers how each partner failed. A partner that needs another partner’s response names the one that failed. The hub
 * believes it only if that one failed the hub too, in any worker: partners’ requests may come to any of them.
 */
export function createMissedPartners({
  partners,
  tell,
  recentMs = 30_000,
  now = () => performance.now(),
}: MissedPartnersOptions): MissedPartners {
  const known = new Set(partners);
  const missed = new Map<string, { readonly fault: CallFault; readonly at: number }>();
  const told = new Map<string, { readonly fault: CallFault; readonly at: number }>();
  const take = ({ partner: code, fault }: Missed) => {
    if (known.has(code)) missed.set(code, { fault, at: now() });
  };
  return {
    take,
    async record(partner, fault) {
      if (!known.has(partner)) return;
      take({ partner, fault });
      const last = told.get(partner);
      if (last?.fault === fault && now() - last.at < recentMs * toldShare) return;
      told.set(partner, { fault, at: now() });
      await tell({ partner, fault });
    },
    faultOf(code) {
      const last = missed.get(code);
      return last && now() - last.at < recentMs ? last.fault : undefined;
    },
  };
}
