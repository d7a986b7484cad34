import { OperationTypeNode } from 'graphql';
import { HubError } from '../../errors/hub-error.js';
import type { OperationHooks } from '../../graphql/operations/operation-hooks.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { takeNonce } from '../mutations/take-nonce.js';

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
