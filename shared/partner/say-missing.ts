import type { PartnerContext } from '../context/index.js';
import type { OperationHooks } from '../graphql/index.js';

/** Puts into the response whose part its fields lack: they have a value, so the execution made no error of it. */
export const sayMissing: OperationHooks<PartnerContext> = {
  willSendResponse({ response: { body }, contextValue: { missing } }) {
    if (body.kind !== 'single' || missing.errors.length === 0) return;
    const { singleResult } = body;
    singleResult.errors = [
      ...(singleResult.errors ?? []),
      ...missing.errors.map((error) => error.toJSON()),
    ];
  },
};
