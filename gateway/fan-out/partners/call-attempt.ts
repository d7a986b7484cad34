import { KeyFileError } from '@hub/shared/identity';
import { startCallTimer, type CallClock } from './call-timer.js';
import { Exchange, type ResponseBounds } from './exchange.js';
import {
  clientGone,
  judgeDeadline,
  late,
  passedDeadline,
  type PartnerCall,
  type PartnerResponse,
} from './partner-port.js';
import type { TurnBudget } from './turn-budget.js';

/** Sends one signed request. The exchange gets its response. */
export type Send = (
  body: Buffer,
  call: PartnerCall,
  until: number,
  exchange: Exchange,
) => void | Promise<void>;

/** How long one call may take, and how large its response may be. */
export interface CallBounds extends ResponseBounds {
  /** For one call, from its start to the last byte of the response. */
  readonly deadlineMs: number;
}

export interface AttemptOptions extends CallBounds {
  readonly clock: CallClock;
  readonly send: Send;
  readonly budget: TurnBudget;
  readonly repeats: RepeatBudget;
  /** Called when the partner sent something, or its connection ended. */
  readonly onResponse: () => void;
}

/**
 * How often a partner that refuses requests may be asked again: for one call in ten, so that the hub
 * adds little to the load of a partner that is overloaded.
 */
export class RepeatBudget {
  #left = mostRepeats;

  /** A call was started. */
  earn(): void {
    this.#left = Math.min(mostRepeats, this.#left + 0.1);
  }

  take(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

const mostRepeats = 20;

/** Starts a call, unless its client has gone or its time is over. `resolve` is called once. */
export function startCall(
  call: PartnerCall,
  options: AttemptOptions,
  resolve: (response: PartnerResponse) => void,
): void {
  if (call.signal.aborted) resolve(clientGone);
  else if (call.deadline <= Date.now()) resolve(passedDeadline(call, options.deadlineMs));
  else new CallAttempt(call, options, resolve).start();
}

/** One call, with a second attempt if it may be repeated. */
class CallAttempt {
  readonly #body: Buffer;
  #exchange: Exchange | undefined;
  #stopTimer: () => void = () => undefined;
  #until = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly call: PartnerCall,
    private readonly options: AttemptOptions,
    private readonly resolve: (response: PartnerResponse) => void,
  ) {
    this.#body = Buffer.from(call.body);
  }

  start(): void {
    const { clock, deadlineMs } = this.options;
    const { deadline } = this.call;
    this.options.repeats.earn();
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
    const { maxResponseBytes, isContracted, budget, send, onResponse } = this.options;
    const settle = (response: PartnerResponse, againInMs: number | undefined) => {
      // On a timeout, the connection was never made, or nothing arrived.
      if (!('failure' in response && response.failure === 'TIMED_OUT')) onResponse();
      const again = isRepeatable ? this.#mayAskAgain(againInMs) : undefined;
      if (again === undefined) this.#end(response);
      else if (again === 0) this.#try(false);
      else this.#pause = setTimeout(() => this.#try(false), again);
    };
    const { parse, readsClock, forwarded } = this.call;
    const wanted = forwarded?.wanted;
    const exchange = new Exchange(
      { maxResponseBytes, isContracted, budget, parse, readsClock, wanted },
      settle,
    );
    this.#exchange = exchange;
    const fail = (error: unknown) => this.#stop(describeUnsigned(error));
    try {
      send(this.#body, this.call, this.#until, exchange)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /**
   * The pause before the second attempt. Undefined if there is none: too little time would be left,
   * or too many of the partner’s calls needed one.
   */
  #mayAskAgain(inMs: number | undefined): number | undefined {
    if (inMs === undefined || inMs === 0) return inMs;
    const hasTime = inMs <= (this.#until - Date.now()) / 2;
    return hasTime && this.options.repeats.take() ? inMs : undefined;
  }

  readonly #abort = () => this.#stop(clientGone);

  #stop(response: PartnerResponse): void {
    this.#exchange?.cancel();
    this.#end(response);
  }

  #end(response: PartnerResponse): void {
    this.#stopTimer();
    clearTimeout(this.#pause);
    this.call.signal.removeEventListener('abort', this.#abort);
    this.resolve(response);
  }
}

/** The result of a call that could not be signed. Nothing was sent. */
const describeUnsigned = (error: unknown): PartnerResponse => ({
  failure: 'UNAVAILABLE',
  reason: error instanceof KeyFileError ? error.message : 'the request was not signed',
});
