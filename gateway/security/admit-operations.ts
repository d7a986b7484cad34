import { openSlots, type Admission, type ClientSignal } from '@hub/shared/graphql';
import { isService, type Reader } from '@hub/shared/identity';
import {
  callerOfPerson,
  FairSlots,
  networkOf,
  type Caller,
  type LoadLimits,
} from '@hub/shared/limits';

/** What is known of an operation that is to be executed. */
interface AdmittedOperation {
  readonly reader: Reader;
  /** Undefined for this very process, which needs no slot. */
  readonly caller?: Caller;
  readonly signal: ClientSignal;
}

export interface OperationAdmission extends Disposable {
  /** The slots for an operation. Undefined where it needs none. */
  admissionOf(operation: AdmittedOperation): Admission | undefined;
  /** False where an operation would be refused at once, so that nothing of it needs to be read. */
  hasRoom(operation: AdmittedOperation): boolean;
}

/** Whom an operation is for: a person of an organisation, or a network of addresses. */
export function callerOf(reader: Reader, address: string | undefined): Caller | undefined {
  if (address === undefined) return undefined;
  if (reader.kind === 'person') return callerOfPerson(reader);
  const network = networkOf(address);
  return { group: network, member: network };
}

/**
 * For operations that partners send in their own name while they respond to an operation that has a slot already. They
 * must not wait for that slot. A partner waits 4 s for the hub.
 */
const ofServices = { total: 256, perGroup: 64, perMember: 64, longestWaitMs: 3_000 } as const;

/** Later than this, and the hub has more to do than it can. */
const lateMs = 100;
const adjustMs = 100;
/** However late the hub is, so many operations are executed. */
const fewest = 16;

/**
 * Holds operations to the limits of what is executed at a time. While the hub's own event loop is late, fewer are.
 * @param readLag how late the loop was at most since the last call, in milliseconds
 * @param onCrowded called every 0.1 s while an operation waits for a slot, to give back slots that are held to no purpose
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
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
