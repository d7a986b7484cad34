import { violateRule } from '@hub/shared/errors';
import { findPerson, nextVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { askGroup } from '../groups/ask-group.js';
import { checkNotCancelled, checkWithin } from '../groups/group-rules.js';
import type { RecordDelegateFormalityInput } from './formality.input.js';

/**
 * Records one formality of a selected delegate, and replaces its earlier record. A late one is
 * recorded after the departure too.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * NOT_MEMBER, OUTSIDE_PROGRAMME, CANCELLED, ERASED
 */
export function recordDelegateFormality(
  context: PartnerContext,
  input: RecordDelegateFormalityInput,
): Promise<Delegate> {
  const { delegate: delegateId, group: groupId, kind, status, on, note = null } = input;
  return perform(context, {
    name: 'recordDelegateFormality',
    input,
    ask: () => askGroup(context, groupId, 'input.group'),
    async write(manager, group) {
      const delegate = await findPerson(manager, Delegate, delegateId, 'input.delegate');
      checkNotCancelled(group, 'input.group');
      // A reserve prepares for the journey too.
      const member = { groupId, delegateId, status: NominationStatus.SELECTED };
      if (!(await manager.existsBy(DelegateNomination, member)))
        violateRule('NOT_MEMBER', 'input.delegate');
      checkWithin(on, group.programme);
      const known = await manager.findOneBy(DelegateFormality, { delegateId, groupId, kind });
      const version = nextVersion(known, input.version);
      const formality = { delegateId, groupId, kind, status, on, note, version };
      await manager.upsert(DelegateFormality, formality, ['delegateId', 'groupId', 'kind']);
      return delegate;
    },
  });
}
