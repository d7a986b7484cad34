import type { HubError } from '@hub/shared/errors';
import { isMissing } from '@hub/shared/policy';

/** A value, and the errors that name the partners whose part is missing. */
export interface WithMissing<Value> {
  readonly value: Value;
  readonly missing: readonly HubError[];
}

/** Names the partner whose part is missing. */
export type NoteMissing = (error: HubError) => void;

/**
 * Waits for all values. A missing one is null, and its error is in the list.
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
