import { HubError } from '../../errors/hub-error.js';
import type { Caller } from './caller.js';

export interface FairSlotsOptions {
  /** Slots of all callers together. */
  readonly total: number;
  readonly perGroup: number;
  readonly perMember: number;
  /** The most callers that may wait. @default 8 times `total` */
  readonly waiting?: number;
  /** The same for one member. @default 8 times `perMember` */
  readonly waitingPerMember?: number;
  /** How long a caller may wait, in milliseconds. A quarter of that if its queue is never empty. */
  readonly longestWaitMs: number;
}

/** Releases the slot. A second call does nothing. */
export type Leave = () => void;

/** The part of an `AbortSignal` that waiting needs. */
interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface Waiter {
  /** On the clock of `performance.now()`. */
  readonly until: number;
  grant(): void;
  refuse(): void;
}

interface Member {
  readonly key: string;
  active: number;
  readonly waiters: Set<Waiter>;
  /** Since when one of its callers has been waiting, on the clock of `performance.now()`. */
  waitsSince: number;
}

interface Group {
  readonly key: string;
  active: number;
  waiting: number;
  readonly members: Map<string, Member>;
  /** Waiting members, the next one first. */
  readonly turns: Set<Member>;
}

const waitingPerSlot = 8;
/** In a queue that is never empty, a caller waits one of this many parts of the longest wait. */
const standingPart = 4;
const retryAfter = 1;
/** The most members in memory that have no slot and do not wait. */
const remembered = 1_000;

/** The refusal if there is no room. The client may try again after a second. */
export const overloaded = (): HubError => new HubError('OVERLOADED', { retryAfter });

/**
 * A fixed number of slots, and a short queue for each caller. A free slot goes to the groups in
 * turn, and within a group to its members in turn. If all queues together are full, the group that
 * waits most gives up a place. So a caller with many requests delays itself and not others.
 */
export class FairSlots {
  readonly #options: Required<FairSlotsOptions>;
  readonly #groups = new Map<string, Group>();
  /** Waiting groups, the next one first. */
  readonly #turns = new Set<Group>();
  #active = 0;
  #waiting = 0;
  #members = 0;
  #total: number;

  constructor(options: FairSlotsOptions) {
    this.#options = {
      waiting: waitingPerSlot * options.total,
      waitingPerMember: waitingPerSlot * options.perMember,
      ...options,
    };
    this.#total = options.total;
  }

  get active(): number {
    return this.#active;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * The present number of slots. More are granted at once; fewer apply when enough were released.
   */
  get total(): number {
    return this.#total;
  }

  set total(total: number) {
    this.#total = total;
    this.#giveOut();
  }

  /** False if a caller would be refused at once. */
  hasRoom({ group, member }: Caller): boolean {
    const known = this.#groups.get(group);
    const waiters = known?.members.get(member)?.waiters;
    if (waiters && waiters.size >= this.#options.waitingPerMember) return false;
    return !this.#isFull || this.#findLonger(known) !== undefined;
  }

  get #isFull(): boolean {
    return this.#waiting >= this.#options.waiting;
  }

  /** The group that waits most, if it would still wait as much as this one with one more. */
  #findLonger(group: Group | undefined): Group | undefined {
    let longest: Group | undefined;
    for (const other of this.#turns) if (other.waiting > (longest?.waiting ?? 0)) longest = other;
    return longest && longest.waiting > (group?.waiting ?? 0) + 1 ? longest : undefined;
  }

  /** Refuses who came last to the longest queue of a group. */
  #giveUpPlace({ turns }: Group): void {
    const [longest] = [...turns].toSorted((a, b) => b.waiters.size - a.waiters.size);
    [...(longest?.waiters ?? [])].at(-1)?.refuse();
  }

  /**
   * Takes a slot: at once if one is free, and otherwise when it is the caller’s turn.
   * @param mostMs how long this caller waits at most, if that is less than the general limit
   * @throws HubError `OVERLOADED` if the queue is full, or from the promise if the wait takes too
   * long or is aborted
   */
  enter(caller: Caller, signal?: Signal, mostMs = Infinity): Leave | Promise<Leave> {
    const group = this.#groupOf(caller.group);
    const member = this.#memberOf(group, caller.member);
    if (this.#isFree(group, member) && member.waiters.size === 0) return this.#take(group, member);
    if (!this.hasRoom(caller) || signal?.aborted) {
      this.#forget(group, member);
      throw overloaded();
    }
    const longer = this.#isFull ? this.#findLonger(group) : undefined;
    if (longer) this.#giveUpPlace(longer);
    return this.#wait(group, member, signal, mostMs);
  }

  #groupOf(key: string): Group {
    let group = this.#groups.get(key);
    if (!group) {
      group = { key, active: 0, waiting: 0, members: new Map(), turns: new Set() };
      this.#groups.set(key, group);
    }
    return group;
  }

  #memberOf(group: Group, key: string): Member {
    let member = group.members.get(key);
    if (!member) {
      member = { key, active: 0, waiters: new Set(), waitsSince: 0 };
      group.members.set(key, member);
      this.#members += 1;
    }
    return member;
  }

  #isFree(group: Group, member: Member): boolean {
    const { perGroup, perMember } = this.#options;
    return this.#active < this.#total && group.active < perGroup && member.active < perMember;
  }

  #take(group: Group, member: Member): Leave {
    this.#active += 1;
    group.active += 1;
    member.active += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#active -= 1;
      group.active -= 1;
      member.active -= 1;
      if (this.#waiting > 0) this.#giveOut();
      this.#forget(group, member);
    };
  }

  #wait(group: Group, member: Member, signal: Signal | undefined, mostMs: number): Promise<Leave> {
    const now = performance.now();
    if (member.waiters.size === 0) member.waitsSince = now;
    const longestMs = Math.min(mostMs, this.#longestOf(member, now));
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', waiter.refuse);
        this.#waiting -= 1;
        group.waiting -= 1;
        member.waiters.delete(waiter);
        if (member.waiters.size === 0) group.turns.delete(member);
        if (group.turns.size === 0) this.#turns.delete(group);
      };
      const waiter: Waiter = {
        until: now + longestMs,
        grant: () => {
          end();
          resolve(this.#take(group, member));
        },
        refuse: () => {
          end();
          this.#forget(group, member);
          reject(overloaded());
        },
      };
      const timer = setTimeout(waiter.refuse, longestMs);
      signal?.addEventListener('abort', waiter.refuse, { once: true });
      this.#waiting += 1;
      group.waiting += 1;
      member.waiters.add(waiter);
      group.turns.add(member);
      this.#turns.add(group);
    });
  }

  /**
   * A burst may wait as long as allowed. A queue that has not been empty for that long will stay
   * full: then waiting delays responses, but does not increase their number.
   */
  #longestOf({ waitsSince }: Member, now: number): number {
    const { longestWaitMs } = this.#options;
    return now - waitsSince > longestWaitMs ? longestWaitMs / standingPart : longestWaitMs;
  }

  #giveOut(): void {
    while (this.#active < this.#total && this.#giveNext());
  }

  /** Moves the served group and member to the end. Members over their own limit are skipped. */
  #giveNext(): boolean {
    for (const group of this.#turns) {
      for (const member of group.turns) {
        if (!this.#isFree(group, member)) continue;
        const [waiter] = member.waiters;
        if (!waiter) continue;
        group.turns.delete(member);
        this.#turns.delete(group);
        group.turns.add(member);
        this.#turns.add(group);
        // If this process is late, the timer is late. Work that has waited too long is not worth
        // starting.
        if (performance.now() > waiter.until) waiter.refuse();
        else waiter.grant();
        return true;
      }
    }
    return false;
  }

  #forget(group: Group, member: Member): void {
    // Callers come again, and creating these sets for each request costs more than keeping them.
    if (this.#members <= remembered) return;
    if (member.active > 0 || member.waiters.size > 0) return;
    if (group.members.delete(member.key)) this.#members -= 1;
    if (group.members.size === 0 && group.active === 0) this.#groups.delete(group.key);
  }
}
