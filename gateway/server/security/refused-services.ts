import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { isService, type Reader } from '@hub/shared/identity';

/** The part of an operation’s context that identifies the caller. */
interface CallerContext extends ServedContext {
  readonly reader: Reader;
}

/** The partners whose own requests this hub refused, or served too late, because it was busy. */
export interface RefusedServices {
  /** Notes a refusal of a partner’s own server. Resolves when the hub’s other workers know. */
  note(reader: Reader): Promise<void>;
  /** Adds what another worker noted. */
  add(partner: string): void;
  /**
   * Whether a request of the partner’s own was refused or late during an operation that started
   * then. If so, the partner may rightly say that it lacks the hub’s response.
   */
  isRefusedSince(partner: string, startedAt: number): boolean;
  /** Notes each incomplete response to a partner’s own server. */
  readonly hooks: OperationHooks<CallerContext>;
}

export interface RefusedServicesOptions {
  /**
   * Notifies the hub’s other workers, because the partner’s request may reach one worker and its
   * response another.
   */
  readonly notify: (partner: string) => Promise<void>;
  /**
   * Whether this process was late at or after this time, on the clock of
   * `OperationRecord.startedAt`. @default never
   */
  readonly wasLateSince?: (at: number) => boolean;
  /** The clock of `OperationRecord.startedAt`. @default `performance.now` */
  readonly now?: () => number;
}

/** An operation may share a call that started this long before it. */
const sharedMs = 5_000;
/** The other workers are notified at most this often. */
const notifyMs = 1_000;

/**
 * Remembers when each partner’s own server was last refused, or served by a late worker. A partner
 * that could not decide because it lacked the hub’s response sends `OVERLOADED`, or names `hub` as
 * missing. The hub believes it only if it did refuse that partner meanwhile, or was late itself.
 */
export function createRefusedServices({
  notify,
  wasLateSince = () => false,
  now = () => performance.now(),
}: RefusedServicesOptions): RefusedServices {
  const refusedAt = new Map<string, number>();
  const notifiedAt = new Map<string, number>();
  const add = (partner: string) => void refusedAt.set(partner, now());
  const note = async (reader: Reader) => {
    if (reader.kind !== 'person' || !isService(reader)) return;
    const { organisation } = reader;
    add(organisation);
    if (now() - (notifiedAt.get(organisation) ?? -Infinity) < notifyMs) return;
    notifiedAt.set(organisation, now());
    await notify(organisation);
  };
  return {
    note,
    add,
    isRefusedSince: (partner, startedAt) =>
      (refusedAt.get(partner) ?? -Infinity) >= startedAt - sharedMs ||
      wasLateSince(startedAt - sharedMs),
    hooks: {
      willSendResponse({ response: { body }, contextValue: { reader } }) {
        if (!isService(reader) || body.kind !== 'single') return undefined;
        const { errors = [] } = body.singleResult;
        const isIncomplete = errors.some(({ extensions }) => extensions?.code === 'OVERLOADED');
        // The partner may have stopped waiting for this response, before or after the hub read the
        // request.
        return isIncomplete || wasLateSince(now() - sharedMs) ? note(reader) : undefined;
      },
    },
  };
}
