import { findForChange } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side } from '../entities/side.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { StatementKind } from '../entities/vocabulary.js';
import { planProgramme, type NewProgramme } from '../programmes/create-programme.js';
import type { PlannedJourneyInput } from '../programmes/programme.input.js';
import { findPlannedSides } from '../sides/load-sides.js';
import type { CopyProgrammeInput } from './copy.input.js';
import { followParties } from './follow-parties.js';
import { refuseCopyBy } from './refuse-copy.js';

/** All lists and sizes come from the programme that is copied. */
const standsFor = { roles: 'programme', sides: 'programme', areasToInvolve: 'programme' };

/**
 * Copies the plan of a programme, with the parties that stand today. Its sources, events, groups and
 * evaluation are not copied.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` REHEARSAL
 */
export const copyProgramme = (
  context: PartnerContext,
  input: CopyProgrammeInput,
): Promise<Programme> => {
  let plan: unknown;
  return refuseCopyBy(
    standsFor,
    () =>
      planProgramme(context, { name: 'copyProgramme', input }, async (manager) => {
        const next = await followParties(context, await findPlan(manager, input));
        plan = next;
        return next;
      }),
    (place) =>
      place.reduce<unknown>((part, key) => (part as Record<string, unknown> | null)?.[key], plan),
  );
};

/** The compiler asks for each field that a programme can plan. */
async function findPlan(
  manager: EntityManager,
  { programme: id, title, startsOn, endsOn, isRehearsal = false }: CopyProgrammeInput,
): Promise<Required<NewProgramme>> {
  const programme = await findForChange(manager, Programme, id, 'input.programme');
  const ofProgramme = { programmeId: id };
  const order = { position: 'ASC' } as const;
  const roles = await manager.find(PartyRole, { where: ofProgramme, order });
  const aims = await manager.find(Statement, {
    where: { ...ofProgramme, kind: StatementKind.AIM },
    order: { id: 'ASC' },
  });
  return {
    title,
    startsOn,
    endsOn,
    isRehearsal,
    plannedGroups: programme.plannedGroups,
    groupSizeMin: programme.groupSizeMin,
    groupSizeMax: programme.groupSizeMax,
    targetGroups: programme.targetGroups,
    sectorsToShow: programme.sectorsToShow,
    sectorsByDirection: programme.sectorsByDirection,
    workingLanguages: programme.workingLanguages,
    areasToInvolve: programme.areaCodes,
    deadlines: programme.deadlines,
    aims: aims.map(({ text }) => text),
    roles: roles.map(({ role, partyId: party }) => ({ role, party })),
    sides: await findPlannedSides(manager, id),
    plannedJourneys: await findJourneys(manager, id),
  };
}

async function findJourneys(
  manager: EntityManager,
  programmeId: string,
): Promise<Required<PlannedJourneyInput>[]> {
  const sides = await manager.findBy(Side, { programmeId });
  const nameOf = (id: string | null) => sides.find((side) => side.id === id)?.name ?? null;
  const journeys = await manager.find(PlannedJourney, {
    where: { programmeId },
    order: { position: 'ASC', id: 'ASC' },
  });
  return journeys.map(({ direction, fromSideId, toSideId, weeks, destination }) => ({
    direction,
    from: nameOf(fromSideId),
    to: nameOf(toSideId),
    weeks,
    destination,
  }));
}
