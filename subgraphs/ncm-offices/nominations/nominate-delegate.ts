import { violateRule } from '@hub/shared/errors';
import { checkPersonFits, createId, findForChange, findPerson, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { In, type EntityManager } from 'typeorm';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { askGroup, type PlannedGroup } from '../groups/ask-group.js';
import {
  checkAdmits,
  checkNotCancelled,
  checkNotDeparted,
  checkSendsDelegates,
  checkWithin,
} from '../groups/group-rules.js';
import { isNamed } from '../network/find-office.js';
import { checkOfficeOpen } from '../network/office-rules.js';
import type { NominateDelegateInput } from './delegate-nomination.input.js';

/**
 * Proposes a delegate for a group.
 * @throws HubError `RULE_VIOLATED` with `ERASED`, `DIRECTION`, `SIDE`, `CLOSED`, `CANCELLED`, `DEPARTED`,
 * `OUTSIDE_PROGRAMME`, `TARGET_GROUP` or `ALREADY_NOMINATED`; `NOT_FOUND`, `PARTNER_…`
 */
export function nominateDelegate(
  context: PartnerContext,
  input: NominateDelegateInput,
): Promise<DelegateNomination> {
  return perform(context, {
    name: 'nominateDelegate',
    input,
    ask: () => askGroup(context, input.group, 'input.group'),
    async write(manager, group) {
      const delegate = await findPerson(manager, Delegate, input.delegate, 'input.delegate');
      checkSendsDelegates(group, 'input.group');
      checkPersonFits(delegate, group, 'input.delegate');
      checkAdmits(group, delegate, 'input.delegate');
      await checkOfficeSends(manager, group, delegate, input.on);
      checkNotCancelled(group, 'input.group');
      checkNotDeparted(group, 'input.group');
      checkWithin(input.on, group.programme);
      if (!group.programme.targetGroups.includes(delegate.targetGroup)) {
        violateRule('TARGET_GROUP', 'input.delegate');
      }
      const own = { groupId: input.group, delegateId: delegate.id };
      const open = In([NominationStatus.PENDING, NominationStatus.SELECTED]);
      if (await manager.existsBy(DelegateNomination, { ...own, status: open })) {
        violateRule('ALREADY_NOMINATED', 'input.delegate');
      }
      const nomination = {
        ...own,
        id: createId(context),
        nominatedOn: input.on,
        motivation: input.motivation ?? null,
        status: NominationStatus.PENDING,
        decidedOn: null,
        localAuthority: null,
        authorityId: null,
        reason: null,
        reserve: false,
        replacesId: null,
        version: 1,
      };
      await manager.insert(DelegateNomination, nomination);
      return nomination;
    },
    find: (manager, id) => manager.findOneBy(DelegateNomination, { id }),
  });
}

/**
 * Where sides decide, the office of the delegate must be one that selects or co-ordinates there, and
 * open on the day.
 * @throws HubError `RULE_VIOLATED` SIDE, CLOSED
 */
async function checkOfficeSends(
  manager: EntityManager,
  { sides: group }: PlannedGroup,
  { officeId }: Delegate,
  on: string,
): Promise<void> {
  if (group.direction !== null) return;
  if (!(await isNamed(manager, { id: officeId }, sides.sendingOffices(group))))
    violateRule('SIDE', 'input.delegate', 'SENDER_NOT_NAMED');
  const office = await findForChange(manager, Office, officeId, 'input.delegate');
  checkOfficeOpen(office, [on], 'input.delegate');
}
