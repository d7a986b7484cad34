import type { CallOutcome } from './partner-status.js';

/** How a call fails. */
export type CallFault = Exclude<CallOutcome, 'ANSWERED' | 'OVERLOADED'>;

/** Which partners this hub itself missed of late, and how. */
export interface MissedPartners {
  /** Resolves when the hub’s other workers know it too. A code outside of the network is nobody’s. */
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

/** Within this part of the time for which a fault is remembered, the other workers are told of it once. */
const toldShare = 0.25;

/**
 * Remembers how each partner was missed. A partner that could not decide for want of another’s response names that other:
 * it is believed where the hub missed that one too. Another worker may have, since any of them takes what partners ask.
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
