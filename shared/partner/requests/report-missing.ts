import type { OperationHooks } from '../../graphql/operations/operation-hooks.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';

/** Adds an error for each partner whose part of a value is missing. The execution adds none, because the value is not null. */
export const reportMissing: OperationHooks<PartnerContext> = {
  willSendResponse({ response: { body }, contextValue: { missing } }) {
    if (body.kind !== 'single' || missing.errors.length === 0) return;
    const { singleResult } = body;
    singleResult.errors = [
      ...(singleResult.errors ?? []),
      ...missing.errors.map((error) => error.toJSON()),
    ];
  },
};
