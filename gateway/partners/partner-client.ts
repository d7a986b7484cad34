import { KeyFileError, timeForCallee, type Reader } from '@hub/shared/identity';
import type { Leave } from '@hub/shared/limits';
import { errors, Pool } from 'undici';
import { plainClock, startCallTimer, type CallClock } from './call-timer.js';
import { Exchange } from './exchange.js';
import { lightestCall } from './lightest-call.js';
import {
  clientGone,
  hubOverloaded,
  hung,
  judgeDeadline,
  late,
  passedDeadline,
  type PartnerAnswer,
  type PartnerCall,
  type PartnerPort,
} from './partner-port.js';
import { partnerSlotCount, PartnerSlots } from './partner-slots.js';
import { SilenceWatch } from './silence-watch.js';

/** How a partner is called. */
export interface PartnerSettings {
  readonly code: string;
  readonly url: string;
  /** For one call, from its start to the last byte of its answer. */
  readonly deadlineMs: number;
  readonly maxResponseBytes: number;
}

/** The headers by which a partner knows that a request is the hub’s, and for whom. */
export type SignRequest = (
  request: {
    readonly method: string;
    readonly path: string;
    readonly body: Buffer;
    /** How long the partner may take: it has less than the hub waits, by what the way back takes. */
    readonly timeLeftMs: number;
  },
  reader: Reader,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** One more than callers have slots: the lightest question finds a connection of its own. */
const connections = partnerSlotCount + 1;

const connectTimeoutMs = 2_000;

/** A partner over HTTP. */
export interface PartnerClient extends PartnerPort {
  /** True while calls are under way and nothing comes of any. */
  isSilent(): boolean;
}

/** Calls one partner over a pool of kept connections, and bounds what it may cost: time, bytes, redirects. */
export function createPartnerClient(
  { code, url, deadlineMs, maxResponseBytes }: PartnerSettings,
  /** @default nothing is signed */
  sign: SignRequest = () => ({}),
  /** Told that a connection ended which the hub itself did not give up. */
  onDisconnect: () => void = () => undefined,
  /** Stands still while the hub is late: that time is not the partner’s. */
  clock: CallClock = plainClock,
): PartnerClient {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  pool.on('disconnect', (_origin, _targets, error) => {
    const isOwn =
      error instanceof errors.RequestAbortedError || error instanceof errors.InformationalError;
    if (!isOwn) onDisconnect();
  });

  const path = pathname + search;
  const send: Send = (body, { requestId, reader }, until, exchange) => {
    const dispatch = (signature: Readonly<Record<string, string>>) => {
      if (exchange.isOver) return;
      const headers = [...ownHeaders, 'x-request-id', requestId];
      for (const name in signature) headers.push(name, signature[name] ?? '');
      pool.dispatch({ method: 'POST', path, headers, body }, exchange);
    };
    // Anew for each try: a partner takes a signature once.
    const timeLeftMs = timeForCallee(until - Date.now());
    const signature = sign({ method: 'POST', path: pathname, body, timeLeftMs }, reader);
    return signature instanceof Promise ? signature.then(dispatch) : dispatch(signature);
  };
  const askNow = (call: PartnerCall, resolve: (answer: PartnerAnswer) => void): void => {
    if (call.signal.aborted) resolve(clientGone);
    else if (call.deadline <= Date.now()) resolve(passedDeadline(call, deadlineMs));
    else new Asking(call, asking, resolve).start();
  };
  const watch = new SilenceWatch(clock, async () => {
    const call = lightestCall('silence-check');
    const answer = await new Promise<PartnerAnswer>((resolve) => askNow(call, resolve));
    return !('fault' in answer && answer.fault === 'TIMED_OUT');
  });
  const asking: AskingOptions = {
    deadlineMs,
    maxResponseBytes,
    clock,
    send,
    heard: () => watch.heard(),
  };
  const askInSlot = (call: PartnerCall, leave?: Leave): Promise<PartnerAnswer> =>
    new Promise((resolve) => {
      watch.begin();
      askNow(call, (answer) => {
        watch.end();
        leave?.();
        resolve(answer);
      });
    });
  const slots = new PartnerSlots();
  /** Its turn did not come in time: the partner’s doing where it answers nobody, and else the hub’s. */
  const refuse = (call: PartnerCall): PartnerAnswer => {
    if (call.signal.aborted) return clientGone;
    return watch.isSilent ? hung : hubOverloaded;
  };
  return {
    code,
    isSilent: () => watch.isSilent,
    // Not an async function: most calls get their slot at once, and need no turn of their own for that.
    ask(call) {
      if (watch.isHung) return Promise.resolve(hung);
      if (!call.caller) return askInSlot(call);
      let leave: Leave | Promise<Leave>;
      try {
        leave = slots.enter(call.caller, call);
      } catch {
        return Promise.resolve(refuse(call));
      }
      if (!(leave instanceof Promise)) return askInSlot(call, leave);
      return leave.then(
        (granted) => askInSlot(call, granted),
        () => refuse(call),
      );
    },
    close() {
      watch.close();
      return pool.destroy();
    },
  };
}

type Send = (
  body: Buffer,
  call: PartnerCall,
  until: number,
  exchange: Exchange,
) => void | Promise<void>;

interface AskingOptions extends Pick<PartnerSettings, 'deadlineMs' | 'maxResponseBytes'> {
  readonly clock: CallClock;
  readonly send: Send;
  /** Told when something came of the partner, or its connection went. */
  readonly heard: () => void;
}

/** One call, with a second try where it may have one. */
class Asking {
  readonly #body: Buffer;
  #exchange: Exchange | undefined;
  #stopTimer: () => void = () => undefined;
  #until = 0;

  constructor(
    private readonly call: PartnerCall,
    private readonly options: AskingOptions,
    private readonly resolve: (answer: PartnerAnswer) => void,
  ) {
    this.#body = Buffer.from(call.body);
  }

  start(): void {
    const { clock, deadlineMs } = this.options;
    const { deadline } = this.call;
    const startedAt = clock.now();
    this.#until = Math.min(Date.now() + deadlineMs, deadline);
    this.#stopTimer = startCallTimer(clock, { ms: deadlineMs, deadline }, (whose) => {
      const hadMs = clock.now() - startedAt;
      this.#stop(whose === 'PARTNER' ? late : judgeDeadline(this.call, { deadlineMs, hadMs }));
    });
    this.call.signal.addEventListener('abort', this.#abort, { once: true });
    this.#try(this.call.isRepeatable);
  }

  #try(isRepeatable: boolean): void {
    const { maxResponseBytes, send, heard } = this.options;
    const settle = (answer: PartnerAnswer, isConnectionLost: boolean) => {
      // Only of one that hangs, the connection is never made, or nothing comes of it.
      if (!('fault' in answer && answer.fault === 'TIMED_OUT')) heard();
      if (isConnectionLost && isRepeatable) this.#try(false);
      else this.#end(answer);
    };
    const { parse, readsClock } = this.call;
    const exchange = new Exchange(maxResponseBytes, parse, settle, readsClock);
    this.#exchange = exchange;
    const fail = (error: unknown) => this.#stop(describeUnsigned(error));
    try {
      send(this.#body, this.call, this.#until, exchange)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  readonly #abort = () => this.#stop(clientGone);

  #stop(answer: PartnerAnswer): void {
    this.#exchange?.cancel();
    this.#end(answer);
  }

  #end(answer: PartnerAnswer): void {
    this.#stopTimer();
    this.call.signal.removeEventListener('abort', this.#abort);
    this.resolve(answer);
  }
}

const ownHeaders = [
  ['content-type', 'application/json'],
  ['accept', 'application/graphql-response+json, application/json;q=0.9'],
  ['accept-encoding', 'identity'],
].flat();

/** The result of a call that could not be signed: nothing was sent. */
const describeUnsigned = (error: unknown): PartnerAnswer => ({
  fault: 'UNAVAILABLE',
  reason: error instanceof KeyFileError ? error.message : 'the request was not signed',
});
