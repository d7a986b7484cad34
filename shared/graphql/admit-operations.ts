import { isService, type Reader } from '../identity/index.js';
import {
  callerOfPerson,
  FairSlots,
  type Caller,
  type Leave,
  type LoadLimits,
} from '../limits/index.js';
import { Bag } from './bag.js';
import type { ClientSignal } from './client-signal.js';
import type { OperationHooks } from './operation-hooks.js';
import type { HeldSlot, ServedContext } from './served-context.js';

/** Where an operation takes its slot, and for whom. */
export interface Admission {
  readonly slots: FairSlots;
  readonly caller: Caller;
  /** Fires when the client goes away: then it waits no longer. */
  readonly signal?: ClientSignal;
}

/** Holds an operation until there is a slot for it. */
export interface OperationGate<Context extends ServedContext> {
  readonly hooks: OperationHooks<Context>;
  /** Gives back the slots of operations that do nothing but wait for somebody who does not answer. */
  releaseIdle(isIdle: (context: Context) => boolean): void;
}

/**
 * Bounds the operations that are executed at a time. An operation takes its slot when it is known to be valid, and gives
 * it back when its response is ready. What gets no slot in time is `OVERLOADED`, and nothing of it was executed.
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
 * The slots of a partner’s server. What other partners ask in their own name has slots of its own: an operation that has
 * one already may be waiting for it.
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
