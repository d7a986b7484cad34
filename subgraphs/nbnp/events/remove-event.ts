import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { In, type EntityManager } from 'typeorm';
import { checkMayRemove, findOrganisers } from '../access/event.policy.js';
import { Claim } from '../entities/claim.entity.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { Link } from '../entities/link.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { Statement, StatementCountry } from '../entities/statement.entity.js';
import type { RemoveEventInput } from './change-event.input.js';

/**
 * Removes a mistaken event with its roles, statements and outcomes. Only the record of changes
 * shows that it existed, and why it was removed.
 * @throws HubError `FORBIDDEN` `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `RULE_VIOLATED` REFERRED_TO
 */
export async function removeEvent(
  context: PartnerContext,
  input: RemoveEventInput,
): Promise<boolean> {
  await perform<Event>(context, {
    name: 'removeEvent',
    input,
    reason: input.reason,
    async write(manager) {
      checkMayRemove(context.reader, await findOrganisers(manager, input.event));
      const event = await findForChange(manager, Event, input.event, 'input.event');
      checkVersion(event, input.version);
      await checkNotReferredTo(manager, event.id);
      await deleteEvent(manager, event.id);
      return event;
    },
  });
  return true;
}

/** @throws HubError `RULE_VIOLATED` REFERRED_TO */
async function checkNotReferredTo(manager: EntityManager, id: string): Promise<void> {
  const hasParts = await manager.existsBy(Event, { partOfId: id });
  // Its own outcomes go with it, even if they lead to it.
  const led = await manager.findBy(Outcome, { leadsToId: id });
  if (hasParts || led.some(({ eventId }) => eventId !== id))
    violateRule('REFERRED_TO', 'input.event');
}

async function deleteEvent(manager: EntityManager, eventId: string): Promise<void> {
  const idsOf = async (entity: typeof Outcome | typeof Statement) =>
    (await manager.findBy(entity, { eventId })).map(({ id }) => id);
  const [outcomes, statements] = [await idsOf(Outcome), await idsOf(Statement)];
  await manager.delete(OutcomeMandate, { outcomeId: In(outcomes) });
  await manager.delete(StatementCountry, { statementId: In(statements) });
  for (const entity of [Outcome, Statement, EventCountry, PartyRole, Representation, Link])
    await manager.delete<Outcome | Statement | EventCountry | PartyRole | Representation | Link>(
      entity,
      { eventId },
    );
  await manager.delete(Claim, { subjectId: In([eventId, ...outcomes, ...statements]) });
  await manager.delete(Event, { id: eventId });
}
