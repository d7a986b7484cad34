import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { isService, type Reader } from '@hub/shared/identity';

/** The context of an operation, as far as it says who asks. */
interface AskedContext extends ServedContext {
  readonly reader: Reader;
}

/** The partners whose own questions this hub refused, or responded to too late, because the hub is busy. */
export interface RefusedServices {
  /** Notes a refusal of a partner’s own service. Resolves when the hub’s other workers know. */
  note(reader: Reader): Promise<void>;
  /** Takes in what another worker noted. */
  take(partner: string): void;
  /** Whether a partner that says so may lack a response of this hub’s, in an operation that began then. */
  isRefusedSince(partner: string, startedAt: number): boolean;
  /** Notes each response to a partner’s service that the hub left short. */
  readonly hooks: OperationHooks<AskedContext>;
}

export interface RefusedServicesOptions {
  /** Tells the hub’s other workers: the partner’s question may come to one, and its response to another. */
  readonly tell: (partner: string) => Promise<void>;
  /** Whether this process was late at that time or after it, on the clock of an operation’s start. @default never */
  readonly wasLateSince?: (at: number) => boolean;
  /** The clock of an operation’s start. @default `performance.now` */
  readonly now?: () => number;
}

/** An operation may share a call or a question that began so long before it: the longest time of either. */
const sharedMs = 5_000;
/** The other workers are told at most so often. */
const toldMs = 1_000;

/**
 * Remembers for each partner when its service was last refused, or asked a worker that was late. A partner that could not
 * decide for want of the hub’s response says `OVERLOADED`, or that `hub` is missing. The hub believes it only if it did
 * refuse that partner’s service meanwhile, or was late itself.
 */
export function createRefusedServices({
  tell,
  wasLateSince = () => false,
  now = () => performance.now(),
}: RefusedServicesOptions): RefusedServices {
  const refusedAt = new Map<string, number>();
  const toldAt = new Map<string, number>();
  const take = (partner: string) => void refusedAt.set(partner, now());
  const note = async (reader: Reader) => {
    if (reader.kind !== 'person' || !isService(reader)) return;
    const { organisation } = reader;
    take(organisation);
    if (now() - (toldAt.get(organisation) ?? -Infinity) < toldMs) return;
    toldAt.set(organisation, now());
    await tell(organisation);
  };
  return {
    note,
    take,
    isRefusedSince: (partner, startedAt) =>
      (refusedAt.get(partner) ?? -Infinity) >= startedAt - sharedMs ||
      wasLateSince(startedAt - sharedMs),
    hooks: {
      willSendResponse({ response: { body }, contextValue: { reader } }) {
        if (!isService(reader) || body.kind !== 'single') return undefined;
        const { errors = [] } = body.singleResult;
        const isShort = errors.some(({ extensions }) => extensions?.code === 'OVERLOADED');
        // The partner may have given up waiting for this response, before or after it was read.
        return isShort || wasLateSince(now() - sharedMs) ? note(reader) : undefined;
      },
    },
  };
}
