import { OperationTypeNode } from 'graphql';
import type { PartnerContext } from '../../context/index.js';
import { HubError } from '../../errors/index.js';
import type { OperationHooks } from '../../graphql/index.js';
import { takeNonce } from '../../mutations/index.js';

/**
 * Refuses a signed mutation that came before, whatever its result was, because somebody may have
 * captured it.
 */
export const writeOnce: OperationHooks<PartnerContext> = {
  async didResolveOperation({ operation, contextValue: { nonce, source, clock } }) {
    if (operation?.operation !== OperationTypeNode.MUTATION || nonce === undefined) return;
    if (!(await takeNonce(source, nonce, clock()))) throw new HubError('UNAUTHENTICATED');
  },
};
