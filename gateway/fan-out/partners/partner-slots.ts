import { type Caller, FairSlots, type Leave } from '@hub/shared/graphql';
import { isService } from '@hub/shared/identity';
import type { PartnerCall } from './partner-port.js';

/** Simultaneous calls to one partner. One caller leaves some of them to others. */
const ofPeople = { total: 32, perGroup: 28, perMember: 24, longestWaitMs: 2_000 } as const;
/**
 * For requests of partners’ own servers. A partner sends them while it executes a call that has a
 * slot. People wait for such a request, so it must not wait for the slots of people.
 */
const ofServices = { total: 32, perGroup: 32, perMember: 32, longestWaitMs: 2_000 } as const;

/** The most calls that may be in flight, besides the hub’s own. */
export const partnerSlotCount = ofPeople.total + ofServices.total;

/** The slots for calls to one partner. Callers take turns. */
export class PartnerSlots {
  readonly #people = new FairSlots(ofPeople);
  readonly #services = new FairSlots(ofServices);

  /** The calls that have a slot, and those that wait for one. */
  get load(): { readonly active: number; readonly waiting: number } {
    return {
      active: this.#people.active + this.#services.active,
      waiting: this.#people.waiting + this.#services.waiting,
    };
  }

  /** @throws HubError `OVERLOADED`, at once or from the promise */
  enter(caller: Caller, { reader, signal, deadline }: PartnerCall): Leave | Promise<Leave> {
    const slots = isService(reader) ? this.#services : this.#people;
    return slots.enter(caller, signal, deadline - Date.now());
  }
}
