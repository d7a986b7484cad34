import { HubError } from '@hub/shared/errors';
import {
  type Admission,
  type Caller,
  type ClientSignal,
  FairSlots,
  type LoadLimits,
  callerOfPerson,
  networkOf,
  openSlots,
} from '@hub/shared/graphql';
import { type Reader, isService } from '@hub/shared/identity';

interface ConcurrencyLimitOptions {
  /** For one person, or for one address without a token. */
  readonly perReader: number;
  /** For all callers together. The people of one organisation get half of them at most. */
  readonly total: number;
  /** Places of `total` that callers without a token cannot take. @default 0 */
  readonly forPeople?: number;
}

/**
 * Limits work that takes long: how much of it one caller, and all together, may have in progress.
 */
interface ConcurrencyLimit {
  /**
   * Takes a place, and returns a function that releases it.
   * @throws HubError `RATE_LIMITED` with `retryAfter`, in whole seconds
   */
  enter(reader: Reader, address: string | undefined): () => void;
}

/** How many of all places the people of one organisation may take. */
const partOfOrganisation = 0.5;

/** Nobody knows when a place becomes free. This is when to try again. */
const retryAfter = 5;

export function createConcurrencyLimit({
  perReader,
  total,
  forPeople = 0,
}: ConcurrencyLimitOptions): ConcurrencyLimit {
  const taken = new Map<string, number>();
  let all = 0;
  const most = {
    reader: perReader,
    organisation: Math.ceil(total * partOfOrganisation),
    anonymous: total - forPeople,
  } as const;
  /**
   * What a caller’s work counts against: a key, and the most places of that kind. An address has a
   * dot or a colon, and an organisation’s code neither.
   */
  const keysOf = (
    reader: Reader,
    address = 'this.process',
  ): readonly (readonly [string, number])[] => {
    if (reader.kind === 'anonymous')
      return [
        [networkOf(address), most.reader],
        ['', most.anonymous],
      ];
    const { group, member } = callerOfPerson(reader);
    return [
      [member, most.reader],
      [group, most.organisation],
    ];
  };
  const add = (key: string, change: 1 | -1) => {
    const count = (taken.get(key) ?? 0) + change;
    if (count > 0) taken.set(key, count);
    else taken.delete(key);
  };
  return {
    enter(reader, address) {
      const keys = keysOf(reader, address);
      const isFull = keys.some(([key, limit]) => (taken.get(key) ?? 0) >= limit);
      if (all >= total || isFull) throw new HubError('RATE_LIMITED', { retryAfter });
      all += 1;
      for (const [key] of keys) add(key, 1);
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        all -= 1;
        for (const [key] of keys) add(key, -1);
      };
    },
  };
}

/** An operation that needs a slot. */
interface AdmittedOperation {
  readonly reader: Reader;
  /** Undefined for this process itself, which needs no slot. */
  readonly caller?: Caller;
  readonly signal: ClientSignal;
}

interface OperationAdmission extends Disposable {
  /** The admission of an operation. Undefined if it needs no slot. */
  admissionOf(operation: AdmittedOperation): Admission | undefined;
  /** False if an operation would be refused at once, so that its body need not be read. */
  hasRoom(operation: AdmittedOperation): boolean;
  /** The slots in use and the queues. */
  readLoad(): Readonly<Record<'people' | 'services', Pick<FairSlots, 'active' | 'waiting'>>>;
}

/** Who an operation counts for: a person of an organisation, or a network of addresses. */
export function callerOf(reader: Reader, address: string | undefined): Caller | undefined {
  if (address === undefined) return undefined;
  if (reader.kind !== 'anonymous') return callerOfPerson(reader);
  const network = networkOf(address);
  return { group: network, member: network };
}

/**
 * For operations of partners’ own servers. A partner sends them while it responds to an operation
 * that already has a slot, so they must not wait for that slot. A partner waits 4 s for the hub.
 */
const ofServices = { total: 256, perGroup: 64, perMember: 64, longestWaitMs: 3_000 } as const;

/** If the event loop is later than this, the hub is overloaded. */
const lateMs = 100;
const adjustMs = 100;
/** This many operations are executed, however late the hub is. */
const fewest = 16;

/**
 * Limits how many operations are executed at a time. The limit is lower while the hub’s event loop
 * is late.
 * @param readLag how late the loop was at most since the last call, in milliseconds
 * @param onCrowded called every 0.1 s while an operation waits for a slot, to release slots that
 * are held for nothing
 */
export function admitOperations(
  limits: LoadLimits,
  readLag: () => number,
  onCrowded: () => void = () => undefined,
): OperationAdmission {
  const clients = openSlots(limits);
  const services = new FairSlots(ofServices);
  const timer = setInterval(() => {
    const wanted = readLag() > lateMs ? Math.floor(clients.total * 0.8) : clients.total + 8;
    clients.total = Math.min(limits.operations, Math.max(fewest, wanted));
    if (clients.waiting > 0) onCrowded();
  }, adjustMs);
  timer.unref();
  const slotsOf = (reader: Reader): FairSlots => (isService(reader) ? services : clients);
  return {
    admissionOf: ({ reader, caller, signal }) =>
      caller && { slots: slotsOf(reader), caller, signal },
    hasRoom: ({ reader, caller }) => !caller || slotsOf(reader).hasRoom(caller),
    readLoad: () => ({ people: clients, services }),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
