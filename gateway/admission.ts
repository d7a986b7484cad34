import {
  createOperationGate,
  overloaded,
  refusedWorkFactor,
  type OperationHooks,
} from '@hub/shared/graphql';
import { anonymous, isService, readClientName, type Reader } from '@hub/shared/identity';
import { OperationRecord } from './fan-out/operation-record.js';
import { OperationTrace } from './fan-out/operation-trace.js';
import type { HubSettings } from './hub-options.js';
import type { Hub, HubContext } from './hub-plugin.js';
import type { LoopClock } from './process/workers/loop-clock.js';
import type { OtherWorkers } from './process/workers/other-workers.js';
import type { RefusedServices } from './server/security/may-write.js';
import { admitOperations, callerOf } from './server/security/operation-slots.js';
import {
  countRequests,
  createRateLimit,
  type Admit,
  type RateLimit,
} from './server/security/rate-limit.js';

/** Counted requests, by caller. */
type Counts = Readonly<Record<string, number>>;

/** Something that counts, and can add the counts of other workers. */
interface SharedCounts {
  /** The counts since the last call. */
  takeCounts(): Counts;
  addCounts(counts: Counts): void;
}

const topic = 'rate';

/**
 * Lets the workers of a hub count together: every tenth of a second, each sends the others its
 * counts, and they subtract them from their own buckets. So the rate holds in the long run. For
 * every other worker, at most a tenth of a second’s requests and a burst pass beyond it.
 */
function synchroniseRate(counts: SharedCounts, others: OtherWorkers, everyMs = 100): Disposable {
  others.listen(topic, (body) => counts.addCounts(body as Counts));
  const timer = setInterval(() => {
    const taken = counts.takeCounts();
    if (others.exist() && Object.keys(taken).length > 0) void others.notify(topic, taken);
  }, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Decides which requests the hub executes: who sends them, how many, and how many at a time. */
export interface Admission
  extends
    Pick<Hub, 'createContext' | 'checkRate' | 'countRefused' | 'countProbe' | 'readOperations'>,
    Disposable {
  /** Lets each operation wait for its slot. */
  readonly hooks: OperationHooks<HubContext>;
}

export interface AdmissionOptions extends Pick<
  HubSettings,
  | 'authenticate'
  | 'introspection'
  | 'keepCalls'
  | 'operationDeadlineMs'
  | 'rate'
  | 'load'
  | 'others'
  | 'startSpan'
> {
  readonly clock: LoopClock;
  readonly refused: RefusedServices;
  /** Whether calls to the partner are in flight and none of them gets a response. */
  readonly isSilent: (partner: string) => boolean;
}

export function createAdmission(options: AdmissionOptions): Admission {
  const { operationDeadlineMs, clock, refused, introspection = true } = options;
  /** A trace shows a part of the schema. */
  const mayTrace = (reader: Reader) =>
    introspection || (reader.kind === 'person' && !isService(reader));
  const { admit, admitKnown, check, rateLimit, probes, sharing } = countByRate(options);
  const { slots, hooks } = openOperationSlots(options);
  return {
    hooks,
    readOperations: () => slots?.readLoad() ?? {},
    async createContext(request) {
      const {
        requestId,
        signal,
        authorization,
        address,
        clientName,
        purpose: ownPurpose,
        timeLeftMs,
        deadlineMs = Infinity,
        wantsFresh,
        wantsTrace,
        reader: known,
        readDetails,
        headers,
      } = request;
      const span = options.startSpan?.();
      const caller = await (known ? admitKnown(known, address) : admit(authorization, address));
      const { purpose = ownPurpose, clientName: ownName = clientName } = readDetails?.() ?? {};
      const reader = readFor(caller, purpose);
      const leftMs = (isService(reader) ? timeLeftMs : undefined) ?? operationDeadlineMs;
      const operation = new OperationRecord(
        requestId,
        signal,
        Date.now() + Math.min(leftMs, deadlineMs, operationDeadlineMs),
        reader,
        wantsFresh,
        callerOf(reader, address),
        clock,
        readClientName(ownName),
        wantsTrace && mayTrace(reader) ? new OperationTrace() : undefined,
        span,
        options.keepCalls?.(request, reader),
        headers,
      );
      if (slots?.hasRoom(operation) === false) {
        await refused.note(reader);
        throw overloaded();
      }
      const charge = rateLimit?.openAccount(reader, address);
      // With all properties from the start, because adding properties later is slow.
      return {
        requestId,
        reader,
        operation,
        charge,
        operationName: undefined,
        slot: undefined,
      };
    },
    async checkRate({ authorization, address }) {
      await check(authorization, address);
    },
    async countRefused({ authorization, address }, bytes) {
      let reader: Reader = anonymous;
      try {
        reader = await admit(authorization, address);
      } finally {
        rateLimit?.openAccount(reader, address)({ bytes: bytes * refusedWorkFactor });
      }
    },
    countProbe: (address) => probes?.count(anonymous, address),
    [Symbol.dispose]() {
      sharing?.[Symbol.dispose]();
      slots?.[Symbol.dispose]();
    },
  };
}

/** The caller who reads for this purpose. Nothing is recorded of an anonymous caller. */
const readFor = (caller: Reader, purpose: string | undefined): Reader =>
  purpose === undefined || caller.kind === 'anonymous' ? caller : { ...caller, purpose };

/** Who sends a request, and the requests of each caller. */
interface Counting {
  readonly admit: Admit;
  /** Counts nothing. */
  readonly check: Admit;
  /** Counts a request of a caller who was identified otherwise. */
  readonly admitKnown: (reader: Reader, address: string | undefined) => Reader | Promise<Reader>;
  readonly rateLimit?: RateLimit;
  readonly probes?: RateLimit;
  readonly sharing?: Disposable;
}

function countByRate({ authenticate, rate, others, refused }: AdmissionOptions): Counting {
  if (!rate) return { admit: authenticate, check: authenticate, admitKnown: (reader) => reader };
  const rateLimit = createRateLimit(rate);
  const { count, check } = rateLimit;
  return {
    admit: countRequests(authenticate, count, refused.note),
    check: countRequests(authenticate, check, refused.note),
    admitKnown: (reader, address) =>
      countRequests(() => reader, count, refused.note)(undefined, address),
    rateLimit,
    probes: createRateLimit(rate),
    sharing: synchroniseRate(rateLimit, others),
  };
}

/** The slots for operations. While some wait, those that wait only for a silent partner lose theirs. */
function openOperationSlots({ load, clock, isSilent }: AdmissionOptions) {
  const isIdle = ({ operation }: HubContext) => operation.waitsOnlyFor(isSilent);
  const slots =
    load &&
    admitOperations(
      load,
      () => clock.readLag(),
      () => gate.releaseIdle(isIdle),
    );
  const gate = createOperationGate<HubContext>(({ operation }) => slots?.admissionOf(operation));
  return { slots, hooks: gate.hooks };
}

/**
 * For the first operation, which the hub executes before it is ready. Over a large graph this takes
 * 0.2 s, which otherwise the first client after a restart would wait for.
 */
export function createFirstContext(): HubContext {
  const { signal } = new AbortController();
  const operation = new OperationRecord('first', signal, Infinity);
  return { requestId: 'first', reader: anonymous, operation };
}
