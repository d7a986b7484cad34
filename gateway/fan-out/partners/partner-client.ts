import { FairSlots, type Caller, type Leave } from '@hub/shared/graphql';
import { isService, timeForCallee, type Reader } from '@hub/shared/identity';
import { signedResponses } from '@hub/shared/records';
import type { OpenConnect } from '@hub/shared/server';
import { errors, Pool } from 'undici';
import { boundConnections } from './bound-connection.js';
import {
  RepeatBudget,
  startCall,
  type AttemptOptions,
  type CallBounds,
  type Send,
} from './call-attempt.js';
import { HangDetector, plainClock, type CallClock } from './call-timer.js';
import { lightestCall } from './lightest-call.js';
import {
  clientGone,
  hubOverloaded,
  hung,
  type PartnerCall,
  type PartnerPort,
  type PartnerResponse,
} from './partner-port.js';
import { TurnBudget } from './turn-budget.js';

/** Simultaneous calls to one partner. One caller leaves some of them to others. */
const ofPeople = { total: 32, perGroup: 28, perMember: 24, longestWaitMs: 2_000 } as const;
/**
 * For requests of partners’ own servers. A partner sends them while it executes a call that has a
 * slot. People wait for such a request, so it must not wait for the slots of people.
 */
const ofServices = { total: 32, perGroup: 32, perMember: 32, longestWaitMs: 2_000 } as const;

/** The most calls that may be in flight, besides the hub’s own. */
const partnerSlotCount = ofPeople.total + ofServices.total;

/** The slots for calls to one partner. Callers take turns. */
class PartnerSlots {
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

/** How a partner is called. */
export interface PartnerSettings extends CallBounds {
  readonly code: string;
  readonly url: string;
}

/** Makes the headers that prove that a request is from the hub, and for which caller. */
export type SignRequest = (
  request: {
    readonly method: string;
    readonly path: string;
    readonly body: Buffer;
    /**
     * How long the partner may take: the time that the hub waits, less the time of the way back.
     */
    readonly timeLeftMs: number;
    /** What the client calls its program. */
    readonly clientName?: string | undefined;
    /** The trace context of the call. */
    readonly traceparent?: string | undefined;
  },
  reader: Reader,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** One more than the slots of callers, so that the lightest query finds a free connection. */
const connections = partnerSlotCount + 1;

const connectTimeoutMs = 2_000;

export interface PartnerClientOptions {
  /** Called when a connection ends that the hub did not close. */
  readonly onDisconnect?: () => void;
  /**
   * Called with each response that came in time, and how long the partner took: from sending to the
   * last byte, in milliseconds, a second attempt included.
   */
  readonly onResponseTime?: (tookMs: number) => void;
  /** Called when calls begin to fail at once, because the partner hangs, and when that ends. */
  readonly onHung?: (isHung: boolean) => void;
  /** Opens the connections. @default as Node does */
  readonly connect?: OpenConnect | undefined;
  /** Stands still while the hub is late, so that this time does not count against the partner. */
  readonly clock?: CallClock;
  /** Pays for its long responses. @default a new one */
  readonly budget?: TurnBudget;
}

/** A partner over HTTP. */
export interface PartnerClient extends PartnerPort {
  /** True while calls are in flight and none of them gets a response. */
  isSilent(): boolean;
  /** True while all calls fail at once. */
  isHung(): boolean;
  /** Another worker found out that the partner hangs. */
  believeHung(): void;
  /** The calls that have a slot, and those that wait for one. */
  readLoad(): PartnerSlots['load'];
}

/** Calls one partner over a pool of connections. It limits time, bytes and redirects. */
export function createPartnerClient(
  { code, url, deadlineMs, maxResponseBytes, isContracted = true }: PartnerSettings,
  /** @default nothing is signed */
  sign: SignRequest = () => ({}),
  {
    onDisconnect = () => undefined,
    onResponseTime = () => undefined,
    onHung = () => undefined,
    connect,
    clock = plainClock,
    budget = new TurnBudget(),
  }: PartnerClientOptions = {},
): PartnerClient {
  const pool = openPool(url, boundConnections(maxResponseBytes, connect), onDisconnect);
  const send = createSend(pool, url, sign);
  const probe = async () => {
    const call = lightestCall('silence-check');
    const response = await new Promise<PartnerResponse>((resolve) =>
      startCall(call, attemptOptions, resolve),
    );
    return !('failure' in response && response.failure === 'TIMED_OUT');
  };
  const watch = new HangDetector(clock, probe, onHung);
  const attemptOptions: AttemptOptions = {
    deadlineMs,
    maxResponseBytes,
    isContracted,
    clock,
    send,
    budget,
    repeats: new RepeatBudget(),
    onResponse: () => watch.responded(),
  };
  const callInSlot = (call: PartnerCall, leave?: Leave): Promise<PartnerResponse> =>
    new Promise((resolve) => {
      watch.begin();
      const startedAt = clock.now();
      startCall(call, attemptOptions, (response) => {
        watch.end();
        leave?.();
        if (!('failure' in response)) onResponseTime(clock.now() - startedAt);
        resolve(response);
      });
    });
  const slots = new PartnerSlots();
  return {
    code,
    isSilent: () => watch.isSilent,
    isHung: () => watch.isHung,
    believeHung: () => watch.believe(),
    readLoad: () => slots.load,
    // Not an async function: most calls get their slot at once, without an extra turn of the event
    // loop.
    ask(call) {
      if (watch.isHung) return Promise.resolve(hung);
      const leave = enterSlot(slots, call);
      if (leave === 'none') return Promise.resolve(refuse(call, watch));
      if (!(leave instanceof Promise)) return callInSlot(call, leave);
      return leave.then(
        (granted) => callInSlot(call, granted),
        () => refuse(call, watch),
      );
    },
    close() {
      watch.close();
      return pool.destroy();
    },
  };
}

function openPool(url: string, connect: OpenConnect, onDisconnect: () => void): Pool {
  const pool = new Pool(new URL(url).origin, {
    connections,
    connect: connect(connectTimeoutMs),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  pool.on('disconnect', (_origin, _targets, error) => {
    const isOwn =
      error instanceof errors.RequestAbortedError || error instanceof errors.InformationalError;
    if (!isOwn) onDisconnect();
  });
  return pool;
}

/**
 * A call that got no slot in time. If the partner responds to nobody, the partner is the cause, and
 * otherwise the hub.
 */
function refuse({ signal }: PartnerCall, { isSilent }: HangDetector): PartnerResponse {
  if (signal.aborted) return clientGone;
  return isSilent ? hung : hubOverloaded;
}

/** A slot for a call, or `none`. Calls of the hub itself need none. */
function enterSlot(
  slots: PartnerSlots,
  call: PartnerCall,
): Leave | Promise<Leave> | undefined | 'none' {
  try {
    return call.caller && slots.enter(call.caller, call);
  } catch {
    return 'none';
  }
}

/** Sends signed requests. A new signature for each attempt: a partner accepts each one once. */
function createSend(pool: Pool, url: string, sign: SignRequest): Send {
  const { pathname, search } = new URL(url);
  const path = pathname + search;
  return (body, call, until, exchange) => {
    const { requestId, reader, clientName, traceparent, keeper, forwarded } = call;
    const dispatch = (signature: Readonly<Record<string, string>>) => {
      if (exchange.isOver) return;
      const headers = [...ownHeaders, 'x-request-id', requestId];
      for (const name in signature) headers.push(name, signature[name] ?? '');
      for (const name in forwarded?.headers) headers.push(name, forwarded.headers[name] ?? '');
      if (keeper) {
        headers.push(signedResponses.acceptSignatureHeader, signedResponses.wantedSignature);
        exchange.keep = keeper.begin({ method: 'POST', path: pathname, body, headers: signature });
      }
      pool.dispatch({ method: 'POST', path, headers, body }, exchange);
    };
    const timeLeftMs = timeForCallee(until - Date.now());
    const request = { method: 'POST', path: pathname, body, timeLeftMs, clientName, traceparent };
    const signature = sign(request, reader);
    return signature instanceof Promise ? signature.then(dispatch) : dispatch(signature);
  };
}

const ownHeaders = [
  ['content-type', 'application/json'],
  ['accept', 'application/graphql-response+json, application/json;q=0.9'],
  ['accept-encoding', 'identity'],
].flat();
