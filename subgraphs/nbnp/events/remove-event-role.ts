import { checkVersion, findForChange, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { checkMayWrite, findOrganisers } from '../access/event.policy.js';
import { Event } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';
import type { RemoveEventRoleInput } from './change-event.input.js';
import { checkOrganisers } from './change-event.js';
import { checkNewEvent } from './check-duplicate.js';

/**
 * Removes a role of a party at an event that was a mistake.
 * @throws HubError `FORBIDDEN` `NOT_FOUND` `BAD_USER_INPUT` for the last organiser, `CONFLICT`
 * `RULE_VIOLATED` DUPLICATE
 */
export const removeEventRole = (
  { reader, ...context }: PartnerContext,
  input: RemoveEventRoleInput,
): Promise<Event> =>
  perform<Event>(
    { ...context, reader },
    {
      name: 'removeEventRole',
      input,
      async write(manager) {
        const organisers = await findOrganisers(manager, input.event);
        checkMayWrite(reader, organisers);
        const event = await findForChange(manager, Event, input.event, 'input.event');
        checkVersion(event, input.version);
        const role = { eventId: event.id, partyId: input.party, role: input.role };
        // PostgreSQL rejects a text with NUL, and no party has one.
        if (input.party.includes('\0') || !(await manager.existsBy(PartyRole, role)))
          notFound('input.party');
        if (input.role === PartyRoleKind.ORGANISER) {
          const left = organisers.filter((id) => id !== input.party);
          checkOrganisers(reader, organisers, left, 'input.party');
          await checkNewEvent(manager, {
            event,
            organisers: left,
            isAnother: input.isAnother,
            before: { event, organisers },
            argument: 'input.party',
          });
        }
        await manager.delete(PartyRole, role);
        const next = { version: event.version + 1 };
        await manager.update(Event, { id: event.id }, next);
        return Object.assign(event, next);
      },
    },
  );
