import { findPerson, nextVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import type { SetDelegateTravelNeedsInput } from './formality.input.js';

/**
 * Sets all travel needs of a delegate anew. What is left out is removed, and the
 * version goes on.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` ERASED
 */
export function setDelegateTravelNeeds(
  context: PartnerContext,
  input: SetDelegateTravelNeedsInput,
): Promise<Delegate> {
  const { delegate: delegateId, diet = null, access = null, emergencyContact = null } = input;
  return perform(context, {
    name: 'setDelegateTravelNeeds',
    input,
    async write(manager) {
      const delegate = await findPerson(manager, Delegate, delegateId, 'input.delegate');
      const known = await manager.findOneBy(DelegateTravelNeeds, { delegateId });
      const version = nextVersion(known, input.version);
      const setOn = context.clock().toISOString().slice(0, 10);
      const needs = { delegateId, diet, access, emergencyContact, setOn, version };
      await manager.upsert(DelegateTravelNeeds, needs, ['delegateId']);
      return delegate;
    },
  });
}
