import { HubError } from '@hub/shared/errors';

/** A value, and the errors that say whose part of it is missing. */
export interface WithMissing<Value> {
  readonly value: Value;
  readonly missing: readonly HubError[];
}

/** True for what says that somebody else’s fact is not to be had: it costs that fact, and not the whole response. */
const isMissing = (error: unknown): error is HubError =>
  error instanceof HubError && (error.code.startsWith('PARTNER_') || error.code === 'OVERLOADED');

/**
 * Waits for all facts. One that is missing is null, and its error is in the list.
 * @throws any other error
 */
export async function settleMissing<Fact>(
  facts: readonly (Fact | Promise<Fact>)[],
): Promise<WithMissing<(Fact | null)[]>> {
  const missing: HubError[] = [];
  const value = (await Promise.allSettled(facts)).map((settled) => {
    if (settled.status === 'fulfilled') return settled.value;
    const reason: unknown = settled.reason;
    if (!isMissing(reason)) throw reason;
    missing.push(reason);
    return null;
  });
  return { value, missing };
}
