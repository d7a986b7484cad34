import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { In, Not } from 'typeorm';
import { isMember } from '../access/decide-people.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { askGroup } from '../groups/ask-group.js';
import { checkNotCancelled, checkNotDeparted } from '../groups/group-rules.js';
import { byNomination, findNomination } from './decide-nomination.js';
import type { ReopenDelegateNominationInput } from './delegate-nomination.input.js';

/**
 * Takes back the decision on a nominee who was declined, released or selected as a reserve: the
 * nomination is pending again.
 * @throws HubError `RULE_VIOLATED` with `WITHDRAWN`, `ACCEPTED`, `NOT_DECIDED`, `CANCELLED`,
 * `DEPARTED`, `ALREADY_NOMINATED` or `REFERRED_TO`; `NOT_FOUND`, `CONFLICT`, `PARTNER_…`
 */
export const reopenDelegateNomination = (
  context: PartnerContext,
  input: ReopenDelegateNominationInput,
): Promise<DelegateNomination> =>
  perform(context, {
    name: 'reopenDelegateNomination',
    input,
    async ask() {
      const { groupId } = await findNomination(context.source.manager, input.nomination);
      return askGroup(context, groupId, byNomination);
    },
    async write(manager, group) {
      const nomination = await findNomination(manager, input.nomination);
      checkVersion(nomination, input.version);
      const { id, groupId, delegateId, status } = nomination;
      if (status === NominationStatus.WITHDRAWN) violateRule('WITHDRAWN', byNomination);
      if (status === NominationStatus.PENDING) violateRule('NOT_DECIDED', byNomination);
      if (isMember(nomination)) violateRule('ACCEPTED', byNomination);
      checkNotCancelled(group, byNomination);
      checkNotDeparted(group, byNomination);
      const standing = In([NominationStatus.PENDING, NominationStatus.SELECTED]);
      const another = { groupId, delegateId, id: Not(id), status: standing };
      if (await manager.existsBy(DelegateNomination, another))
        violateRule('ALREADY_NOMINATED', byNomination);
      const isReplaced = await manager.existsBy(DelegateNomination, { replacesId: id });
      // Those of a reserve rest on her selection.
      const hasFormalities =
        status === NominationStatus.SELECTED &&
        (await manager.existsBy(DelegateFormality, { groupId, delegateId }));
      if (isReplaced || hasFormalities) violateRule('REFERRED_TO', byNomination);
      const undecided = {
        status: NominationStatus.PENDING,
        decidedOn: null,
        localAuthority: null,
        authorityId: null,
        reason: null,
        reserve: false,
        replacesId: null,
        version: nomination.version + 1,
      };
      await manager.update(DelegateNomination, { id }, undecided);
      return Object.assign(nomination, undecided);
    },
  });
