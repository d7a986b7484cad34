import { refuseInput } from '@hub/shared/errors';
import { checkNotInvented, findForChange, type Rehearsable } from '@hub/shared/partner';
import { In, type EntityManager } from 'typeorm';
import { Event } from '../entities/event.entity.js';
import { Outcome } from '../entities/outcome.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { findUse, nameEach, type NamedParties } from '../network/check-parties.js';
import type { PartyRoleInput } from '../network/party-role.input.js';
import type { EventDetails } from './record-event.input.js';

/** The fields that a new event and a change of an event share. */
export interface EventInput extends EventDetails {
  readonly roles?: PartyRoleInput[] | null;
}

/**
 * `country` alone is a shorter form. Together with `countries`, it must be the only one of them.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkCountries({ country, countries }: EventInput): void {
  if (countries == null || country == null) return;
  if (countries.length !== 1 || countries[0] !== country)
    refuseInput('input.country', '`country` must be the only one of `countries`, or left out.');
}

/** The parties that an input names, by argument. */
export const partiesOf = (input: EventInput): NamedParties =>
  Object.assign(
    {},
    ...(['roles', 'represented'] as const).map((list) =>
      nameEach(
        (input[list] ?? []).map(({ party }) => party),
        (index) => `input.${list}.${index}.party`,
      ),
    ),
  );

/** The other events that an event continues, and those that continue it. */
async function findOutcomesOf(manager: EntityManager, id: string) {
  const outcomes = await manager.findBy(Outcome, [{ eventId: id }, { leadsToId: id }]);
  const find = (ids: readonly (string | null)[]): Promise<Event[]> =>
    manager.findBy(Event, { id: In(ids.filter((one) => one !== null && one !== id)) });
  return {
    before: await find(outcomes.map(({ eventId }) => eventId)),
    after: await find(outcomes.map(({ leadsToId }) => leadsToId)),
  };
}

/**
 * Checks the network’s own records to which an event refers, except for parties.
 * @param event that is changed; a new one does not exist yet
 * @returns whether it will be one of a rehearsal
 * @throws HubError `NOT_FOUND`; `BAD_USER_INPUT` if it would be a part of itself; `RULE_VIOLATED`
 * REHEARSAL if it, or one of its parts, would be a real part of an invented one, or if what a source
 * states of it would be invented
 */
export async function checkReferences(
  manager: EntityManager,
  input: EventInput,
  event?: Pick<Event, 'id' | 'programmeId' | 'partOfId' | 'source'>,
): Promise<Rehearsable> {
  const { programme = event?.programmeId, partOf = event?.partOfId } = input;
  const use = await findUse(manager, programme);
  let whole = partOf ?? null;
  while (whole !== null) {
    if (whole === event?.id)
      refuseInput(
        'input.partOf',
        'An event must not be a part of itself, nor of one of its parts.',
      );
    const { programmeId, partOfId } = await findForChange(manager, Event, whole, 'input.partOf');
    checkNotInvented(await findUse(manager, programmeId), use, 'input.partOf');
    whole = partOfId;
  }
  if (!event || input.programme == null) return use;
  const others = await findOutcomesOf(manager, event.id);
  for (const { programmeId } of others.after)
    checkNotInvented(await findUse(manager, programmeId), use, 'input.programme');
  const staying = [...(await manager.findBy(Event, { partOfId: event.id })), ...others.before];
  const isStated =
    event.source !== null || (await manager.existsBy(Statement, { eventId: event.id }));
  for (const { programmeId } of isStated ? [event, ...staying] : staying)
    checkNotInvented(use, await findUse(manager, programmeId), 'input.programme');
  return use;
}
