import { textSearch } from '@hub/shared/database';
import { checkNotInvented, findForChange, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { checkMayWrite, findOrganisers } from '../access/event.policy.js';
import { Claim } from '../entities/claim.entity.js';
import { Event } from '../entities/event.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import type { KnownParties } from '../network/ask-parties.js';
import {
  askOtherParties,
  checkOtherParties,
  checkOwnParties,
  findUse,
  keepOf,
  nameEach,
} from '../network/check-parties.js';
import type {
  ChangeOutcomeInput,
  RecordOutcomeInput,
  RemoveOutcomeInput,
} from './outcome.input.js';

const keeper = new network.RecordKeeper<Outcome>({
  entity: Outcome,
  argument: 'outcome',
  same: {
    properties: ['title', 'eventId'],
    foundBy: 'eventId',
    keyOf: ({ title, eventId }) => `${textSearch.toSameText(title as string)}\n${eventId}`,
  },
  stated: ['kind', 'title', 'leadsToId'],
  lists: { mandated: { entity: OutcomeMandate, owner: 'outcomeId', value: 'partyId' } },
  claims: { entity: Claim, owner: 'subjectId' },
  references: [],
  derive: () => ({}),
});

/** Whoever may correct the event writes its outcomes. The parties may be of any partner. */
function withOthers(context: PartnerContext, { mandated }: Pick<RecordOutcomeInput, 'mandated'>) {
  const placeOf = (index: number) => `input.mandated.${index}`;
  const named = nameEach(mandated ?? [], placeOf);
  return {
    async ask(): Promise<KnownParties> {
      await checkOwnParties(context.source.manager, named);
      return askOtherParties(context, named);
    },
    async check(manager: EntityManager, next: Outcome, known: KnownParties): Promise<void> {
      const event = await findForChange(manager, Event, next.eventId, 'input.event');
      checkMayWrite(context.reader, await findOrganisers(manager, event.id));
      const use = await findUse(manager, event.programmeId);
      await checkOwnParties(manager, named);
      const before = await manager.findBy(OutcomeMandate, { outcomeId: next.id });
      const isKept = keepOf(mandated, placeOf, (id) =>
        before.some(({ partyId }) => partyId === id),
      );
      checkOtherParties(named, known, use, isKept);
      if (next.leadsToId === null) return;
      const { programmeId } = await findForChange(manager, Event, next.leadsToId, 'input.leadsTo');
      checkNotInvented(await findUse(manager, programmeId), use, 'input.leadsTo');
    },
  };
}

/** @throws HubError as {@link network.RecordKeeper.register}; `FORBIDDEN` `NOT_FOUND` `PARTNER_…` REHEARSAL, MERGED */
export function recordOutcome(
  context: PartnerContext,
  input: RecordOutcomeInput,
): Promise<Outcome> {
  const { event: eventId, kind, title, leadsTo: leadsToId = null, mandated } = input;
  const lists = { mandated: mandated ?? [] };
  return keeper.register(
    context,
    { name: 'recordOutcome', input, lists, ...withOthers(context, input) },
    { kind, title, leadsToId },
    async (manager) => ({
      eventId: (await findForChange(manager, Event, eventId, 'input.event')).id,
    }),
  );
}

/** @throws HubError as {@link network.RecordKeeper.change}; `FORBIDDEN` `NOT_FOUND` `PARTNER_…` REHEARSAL, MERGED */
export function changeOutcome(
  context: PartnerContext,
  input: ChangeOutcomeInput,
): Promise<Outcome> {
  const { leadsTo, mandated } = input;
  const lists = { mandated: mandated ?? undefined };
  return keeper.change(
    context,
    { name: 'changeOutcome', input, lists, ...withOthers(context, input) },
    {
      ...(pickGiven(input, ['kind', 'title']) as Partial<Outcome>),
      ...(leadsTo !== undefined && { leadsToId: leadsTo }),
    },
  );
}

/** @throws HubError as {@link network.RecordKeeper.remove}; `FORBIDDEN` */
export const removeOutcome = (
  context: PartnerContext,
  input: RemoveOutcomeInput,
): Promise<boolean> =>
  keeper.remove(context, 'removeOutcome', input, async (manager, { eventId }) =>
    checkMayWrite(context.reader, await findOrganisers(manager, eventId)),
  );
