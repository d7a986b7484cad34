/** A clock that stands still while this process is late: see `../workers/loop-clock.ts`. */
export interface CallClock {
  /** In milliseconds. */
  now(): number;
}

/** A clock that never stands still. */
export const plainClock: CallClock = { now: () => performance.now() };

export interface CallTime {
  /** The partner’s time, in milliseconds on the clock. */
  readonly ms: number;
  /** The deadline of the whole operation, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** Whose time has run out: the partner’s or the operation’s. */
export type TimeUp = 'PARTNER' | 'OPERATION';

/**
 * Fires once, when the time of the partner or of the operation has run out. Data that has already
 * arrived is read first: in a process that was late, timers fire before sockets are read.
 * @returns a function that stops the timer
 */
export function startCallTimer(
  clock: CallClock,
  { ms, deadline }: CallTime,
  onTimeUp: (whose: TimeUp) => void,
): () => void {
  const startedAt = clock.now();
  let isStopped = false;
  const leftOf = () => Math.min(ms - (clock.now() - startedAt), deadline - Date.now());
  const look = (): void => {
    const left = leftOf();
    if (left >= 1) timer = setTimeout(look, left);
    else setImmediate(end);
  };
  const end = (): void => {
    if (isStopped) return;
    isStopped = true;
    onTimeUp(ms - (clock.now() - startedAt) < 1 ? 'PARTNER' : 'OPERATION');
  };
  let timer = setTimeout(look, Math.max(0, Math.min(ms, deadline - Date.now())));
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
