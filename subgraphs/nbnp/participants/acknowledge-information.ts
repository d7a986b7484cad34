import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { todayOf } from '../access/visible-visits.js';
import { InformationRead, type Visit } from '../entities/visit.entity.js';
import { askDelegates } from '../groups/ask-delegates.js';
import {
  checkNotReturned,
  findVisitForChange,
  type VisitForChange,
} from '../visits/visit-for-change.js';
import type { AcknowledgeInformationInput } from './acknowledge-information.input.js';

const isDelegate = (id: string): boolean => codes.ownerOf(id) === codes.officesCode;

/** Finds the visit, and checks the network’s own rules. */
async function findRead(
  manager: EntityManager,
  { visit: id, participant, informationVersion }: AcknowledgeInformationInput,
): Promise<VisitForChange> {
  const change = await findVisitForChange(manager, id, 'input.visit');
  checkNotReturned(change, 'input.visit');
  const isOfficer = change.accepted.some(({ officerId }) => officerId === participant);
  if (!isOfficer && !isDelegate(participant)) violateRule('NOT_MEMBER', 'input.participant');
  const { practicalInformation, informationVersion: current } = change.visit;
  // Nobody can have read what is not written.
  const version = practicalInformation === null ? 0 : current;
  checkVersion({ version }, informationVersion, 'input.informationVersion');
  return change;
}

/**
 * Notes that a member has read the practical information of a visit, as it is now.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`, `CONFLICT` if it has changed; `RULE_VIOLATED`
 * NOT_MEMBER, CANCELLED, RETURNED
 */
export function acknowledgeInformation(
  context: PartnerContext,
  input: AcknowledgeInformationInput,
): Promise<Visit> {
  const { participant: participantId, informationVersion } = input;
  return perform(context, {
    name: 'acknowledgeInformation',
    input,
    async ask() {
      const { group } = await findRead(context.source.manager, input);
      if (!isDelegate(participantId)) return;
      if (!(await askDelegates(context, group.id)).includes(participantId))
        violateRule('NOT_MEMBER', 'input.participant');
    },
    async write(manager) {
      const { visit } = await findRead(manager, input);
      const read = { visitId: visit.id, participantId, informationVersion, on: todayOf(context) };
      await manager.upsert(InformationRead, read, ['visitId', 'participantId']);
      return visit;
    },
  });
}
