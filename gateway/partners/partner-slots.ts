import { isService } from '@hub/shared/identity';
import { FairSlots, type Caller, type Leave } from '@hub/shared/limits';
import type { PartnerCall } from './partner-port.js';

/** Calls to one partner at a time. One caller leaves some of them to others. */
const ofPeople = { total: 32, perGroup: 28, perMember: 24, longestWaitMs: 2_000 } as const;
/**
 * For what partners ask in their own name, while they answer a call that has a slot: it must not wait for the slots of
 * people, who wait for it.
 */
const ofServices = { total: 32, perGroup: 32, perMember: 32, longestWaitMs: 2_000 } as const;

/** As many calls may be under way, besides those of the hub itself. */
export const partnerSlotCount = ofPeople.total + ofServices.total;

/** The calls to one partner, in turn for those who ask. */
export class PartnerSlots {
  readonly #people = new FairSlots(ofPeople);
  readonly #services = new FairSlots(ofServices);

  /** @throws HubError `OVERLOADED`, at once or from the promise */
  enter(caller: Caller, { reader, signal, deadline }: PartnerCall): Leave | Promise<Leave> {
    const slots = isService(reader) ? this.#services : this.#people;
    return slots.enter(caller, signal, deadline - Date.now());
  }
}
