import { isService, type Reader } from '../../identity/reader.js';
import { type Caller, callerOfPerson } from '../limits/caller.js';
import { FairSlots, type Leave } from '../limits/fair-slots.js';
import type { LoadLimits } from '../limits/limits.js';
import {
  Bag,
  type ClientSignal,
  type HeldSlot,
  type OperationHooks,
  type ServedContext,
} from './served-context.js';

/** The slots that an operation uses, and for whom. */
export interface Admission {
  readonly slots: FairSlots;
  readonly caller: Caller;
  /** Fires when the client disconnects, which ends the wait. */
  readonly signal?: ClientSignal;
}

/** Lets an operation wait for a slot. */
export interface OperationGate<Context extends ServedContext> {
  readonly hooks: OperationHooks<Context>;
  /** Releases the slots of operations that only wait for a silent partner. */
  releaseIdle(isIdle: (context: Context) => boolean): void;
}

/**
 * Limits the operations that are executed at a time. A valid operation takes a slot before its
 * execution, and releases it when its response is ready. An operation without a slot in time is
 * `OVERLOADED`, and nothing of it is executed.
 * @param admissionOf undefined for an operation that needs no slot
 */
export function createOperationGate<Context extends ServedContext>(
  admissionOf: (context: Context) => Admission | undefined,
): OperationGate<Context> {
  const held = new Bag<HeldSlot<Context>>();
  const hold = (context: Context, give: Leave): void => {
    const slot: HeldSlot<Context> = { context, give, place: 0 };
    context.slot = slot;
    held.add(slot);
  };
  const leave = (context: Context): void => {
    const { slot } = context;
    if (!slot) return;
    context.slot = undefined;
    held.delete(slot as HeldSlot<Context>);
    slot.give();
  };
  return {
    hooks: {
      didResolveOperation({ contextValue }) {
        const admission = admissionOf(contextValue);
        if (!admission) return undefined;
        const { slots, caller, signal } = admission;
        const entered = slots.enter(caller, signal);
        if (entered instanceof Promise) return entered.then((give) => hold(contextValue, give));
        hold(contextValue, entered);
        return undefined;
      },
      willSendResponse: ({ contextValue }) => leave(contextValue),
      didFail: ({ contextValue }) => leave(contextValue),
    },
    releaseIdle(isIdle) {
      for (const { context } of held.list()) if (isIdle(context)) leave(context);
    },
  };
}

/** The slots that the limits allow. */
export const openSlots = ({
  operations,
  operationsPerClient,
  operationsPerOrganisation,
  waitMs,
}: LoadLimits): FairSlots =>
  new FairSlots({
    total: operations,
    perGroup: operationsPerOrganisation,
    perMember: operationsPerClient,
    longestWaitMs: waitMs,
  });

const anyone: Caller = { group: '', member: '' };

/**
 * The slots of a partner’s server. Requests of other partners’ servers have their own slots,
 * because an operation that already has a slot may wait for them.
 */
export function admitReaders(
  limits: LoadLimits,
): (context: { readonly reader: Reader }) => Admission {
  const people = openSlots(limits);
  const services = openSlots(limits);
  return ({ reader }) => {
    if (reader.kind === 'anonymous') return { slots: people, caller: anyone };
    return { slots: isService(reader) ? services : people, caller: callerOfPerson(reader) };
  };
}
