import { HubError, violateRule } from '@hub/shared/errors';
import { checkRange, dates } from '@hub/shared/graphql';
import { checkVersion, findForChange, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { vocabulary } from '@hub/shared/programme';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Event } from '../entities/event.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { Outcome } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Statement } from '../entities/statement.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { Direction } from '../entities/vocabulary.js';
import { checkNotSigned } from '../groups/group-for-change.js';
import { askMemberCountries } from '../network/ask-members.js';
import { checkOwnParties, findPartiesOfEvents, type IsKept } from '../network/check-parties.js';
import { findKeptRoles } from '../network/write-roles.js';
import { answerAnew, findHostsAhead } from '../sides/answer-hosts.js';
import { checkSideChanges, findKept } from '../sides/check-sides.js';
import { askNotNominated, changesAdmission, checkAdmission } from './check-admission.js';
import {
  askOthers,
  checkJourneys,
  checkOthers,
  partiesOf,
  type OthersFacts,
} from './check-plan.js';
import type { ChangeProgrammeInput } from './programme.input.js';
import { writeLists } from './write-plan.js';

/**
 * Changes the plan of a programme until the network signs its evaluation.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` EVALUATED,
 * REHEARSAL, MERGED, NOMINATED, PLANNED_SIZE, OUTSIDE_PROGRAMME, DOCUMENTED, SIDE, CLOSED, DEPARTED,
 * REFERRED_TO
 */
export async function changeProgramme(
  context: PartnerContext,
  input: ChangeProgrammeInput,
): Promise<Programme> {
  checkJourneys(input);
  return perform<Programme, Facts>(context, {
    name: 'changeProgramme',
    input,
    async ask() {
      const { manager } = context.source;
      const programme = await findChanging(manager, input);
      const staying = await findStaying(manager, programme, input);
      const { partyIds } = await findKept(manager, input.programme, input.sides ?? []);
      const others = await askOthers(
        context,
        input,
        staying,
        input.sides === undefined ? [] : partyIds,
      );
      if (changesAdmission(input) || (await changesSides(manager, input, others)))
        await askNotNominated(context, input.programme);
      const hostCountries = await findAnswered(manager, input);
      const members = await askMemberCountries(context, hostCountries);
      return { ...others, hostCountries, members };
    },
    async write(manager, others) {
      const programme = await findChanging(manager, input);
      await changesSides(manager, input, others);
      // Whatever was added since the others were asked for it has to be asked for too.
      const refuseSince = (argument: string, asked: readonly string[], now: readonly string[]) => {
        if (now.every((one) => asked.includes(one))) return;
        throw new HubError('CONFLICT', { currentVersion: programme.version, argument });
      };
      const staying = await findStaying(manager, programme, input);
      refuseSince('input.isRehearsal', others.named['input.isRehearsal'] ?? [], staying);
      refuseSince('input.sides', others.hostCountries, await findAnswered(manager, input));
      const next = toNext(programme, input);
      const ofSides = await findKept(manager, input.programme, input.sides ?? []);
      const hasRole = await findKeptRoles(manager, { programmeId: programme.id }, input.roles);
      const isKept: IsKept = (...party) => ofSides.isKept(...party) || hasRole(...party);
      checkOthers(others, Object.assign(new Programme(), programme, next), input, isKept);
      await manager.update(Programme, { id: programme.id }, next);
      await writeLists(manager, programme.id, input);
      if (input.sides !== undefined) await answerAnew(manager, programme.id, others.members);
      return Object.assign(programme, next);
    },
  });
}

interface Facts extends OthersFacts {
  /** The countries that host visits for which it decides anew who answers. */
  readonly hostCountries: readonly string[];
  /** Those of them whose police forces are in the network. */
  readonly members: ReadonlySet<string>;
}

const findAnswered = (
  manager: EntityManager,
  { programme, sides }: ChangeProgrammeInput,
): Promise<string[]> =>
  sides === undefined ? Promise.resolve([]) : findHostsAhead(manager, programme);

/** Finds the programme to change, and checks the network’s own rules. */
async function findChanging(
  manager: EntityManager,
  input: ChangeProgrammeInput,
): Promise<Programme> {
  const programmeId = input.programme;
  const programme = await findForChange(manager, Programme, programmeId, 'input.programme');
  checkVersion(programme, input.version);
  await checkNotSigned(manager, programmeId, 'input.programme');
  await checkRehearsal(manager, programme, input);
  await checkAdmission(manager, programme, input);
  await checkYears(manager, programme, input);
  await checkOwnParties(manager, partiesOf(input));
  const isDocumented = programme.source !== null || (await hasDirections(manager, input));
  if (input.sides !== undefined && isDocumented) violateRule('DOCUMENTED', 'input.sides');
  return programme;
}

/** Whether a group or a journey goes on in a documented direction, from which sides follow. */
async function hasDirections(
  manager: EntityManager,
  { programme: programmeId, plannedJourneys }: ChangeProgrammeInput,
): Promise<boolean> {
  const documented = { programmeId, direction: Not(IsNull()) };
  if (await manager.existsBy(Group, documented)) return true;
  return plannedJourneys === undefined
    ? manager.existsBy(PlannedJourney, documented)
    : (plannedJourneys ?? []).some(({ direction }) => direction != null);
}

/**
 * Whether it changes whom a side admits that a group goes from or to.
 * @throws HubError `RULE_VIOLATED` REFERRED_TO, NOMINATED, DEPARTED
 */
const changesSides = (
  manager: EntityManager,
  { programme: programmeId, sides, plannedJourneys }: ChangeProgrammeInput,
  { parties: known }: OthersFacts,
): Promise<boolean> => {
  if (sides === undefined) return Promise.resolve(false);
  const keepsJourneys = plannedJourneys === undefined;
  return checkSideChanges(manager, { programmeId, inputs: sides ?? [], keepsJourneys, known });
};

/** The parties that stay in a programme which is no longer a rehearsal, and in its events. */
async function findStaying(
  manager: EntityManager,
  { id: programmeId, isRehearsal }: Programme,
  input: ChangeProgrammeInput,
): Promise<string[]> {
  if (!isRehearsal || input.isRehearsal !== false) return [];
  const roles = input.roles === undefined ? await manager.findBy(PartyRole, { programmeId }) : [];
  const events = await manager.findBy(Event, { programmeId });
  const ofEvents = await findPartiesOfEvents(
    manager,
    events.map(({ id }) => id),
  );
  return [...roles.map(({ partyId }) => partyId), ...ofEvents];
}

/**
 * What belongs to a group inherits the mark, also where other organisations recorded it. What a
 * source states, and what took place, stays a fact.
 * @throws HubError `RULE_VIOLATED` REHEARSAL
 */
async function checkRehearsal(
  manager: EntityManager,
  { id: programmeId, isRehearsal, source }: Programme,
  input: ChangeProgrammeInput,
): Promise<void> {
  if (input.isRehearsal === undefined || input.isRehearsal === isRehearsal) return;
  const events = await manager.findBy(Event, { programmeId });
  const hasFacts = async () =>
    source !== null || events.length > 0 || (await manager.existsBy(Statement, { programmeId }));
  const isFixed =
    (await manager.existsBy(Group, { programmeId })) ||
    (await (input.isRehearsal === true ? hasFacts() : arePartsOfInvented(manager, events)));
  if (isFixed) violateRule('REHEARSAL', 'input.isRehearsal');
}

/** Whether one of these events is a part of an event of another rehearsal, or goes on in one. */
async function arePartsOfInvented(
  manager: EntityManager,
  events: readonly Event[],
): Promise<boolean> {
  const outcomes = await manager.findBy(Outcome, { eventId: In(events.map(({ id }) => id)) });
  const invented = [...events, ...outcomes].flatMap(
    (one) => ('partOfId' in one ? one.partOfId : one.leadsToId) ?? [],
  );
  const wholes = await manager.findBy(Event, { id: In(invented) });
  const own = events[0]?.programmeId;
  const others = wholes.flatMap(({ programmeId }) => programmeId ?? []).filter((id) => id !== own);
  return manager.existsBy(Programme, { id: In(others), isRehearsal: true });
}

/**
 * The new years must include all days that its groups have planned or recorded.
 * @throws HubError `BAD_USER_INPUT`; `RULE_VIOLATED` OUTSIDE_PROGRAMME
 */
async function checkYears(
  manager: EntityManager,
  programme: Programme,
  { startsOn, endsOn }: ChangeProgrammeInput,
): Promise<void> {
  if (startsOn === undefined && endsOn === undefined) return;
  const years: dates.Span = {
    startsOn: startsOn === undefined ? programme.startsOn : startsOn,
    endsOn: endsOn === undefined ? programme.endsOn : endsOn,
  };
  checkRange(
    years.startsOn,
    years.endsOn,
    endsOn === undefined ? 'input.startsOn' : 'input.endsOn',
  );
  for (const day of await findDays(manager, programme.id)) {
    if (dates.isWithin(day, years)) continue;
    const isBefore = years.startsOn != null && day < dates.firstDayOf(years.startsOn);
    violateRule('OUTSIDE_PROGRAMME', isBefore ? 'input.startsOn' : 'input.endsOn');
  }
}

/** The days of the groups and their visits, without what was cancelled. */
async function findDays(manager: EntityManager, programmeId: string): Promise<string[]> {
  const groups = await manager.findBy(Group, { programmeId, cancelledOn: IsNull() });
  const groupId = In(groups.map(({ id }) => id));
  const visits = await manager.findBy(Visit, { groupId, cancelledOn: IsNull() });
  const briefings = await manager.findBy(GroupMeeting, { groupId, kind: 'BRIEFING' });
  const days = [
    ...briefings.map(({ on }) => on),
    ...visits.flatMap((visit) => [
      visit.startsOn,
      visit.endsOn,
      visit.departedOn,
      visit.returnedOn,
    ]),
  ];
  return days.filter((day) => day !== null);
}

const toNext = (programme: Programme, input: ChangeProgrammeInput): Partial<Programme> => ({
  ...pickGiven(input, ['startsOn', 'endsOn', 'plannedGroups', 'deadlines']),
  groupSizeMin: input.groupSizeMin ?? programme.groupSizeMin,
  groupSizeMax: input.groupSizeMax ?? programme.groupSizeMax,
  targetGroups: input.targetGroups ?? programme.targetGroups,
  title: input.title ?? programme.title,
  isRehearsal: input.isRehearsal ?? programme.isRehearsal,
  workingLanguages: input.workingLanguages ?? programme.workingLanguages,
  ...(input.areasToInvolve !== undefined && { areaCodes: input.areasToInvolve }),
  ...(input.sectorsToShow && toSectors(programme, input.sectorsToShow)),
  version: programme.version + 1,
});

/** Where a programme distinguishes directions, a new sector counts for both. */
function toSectors(
  { sectorsToShow: before, sectorsByDirection }: Programme,
  sectorsToShow: vocabulary.Sector[],
): Partial<Programme> {
  if (sectorsByDirection === null) return { sectorsToShow };
  const of = (direction: Direction) =>
    sectorsToShow.filter(
      (sector) => sectorsByDirection[direction].includes(sector) || !before.includes(sector),
    );
  return {
    sectorsToShow,
    sectorsByDirection: {
      NORTH_WEST_RUSSIA_TO_NORDIC: of(Direction.NORTH_WEST_RUSSIA_TO_NORDIC),
      NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: of(Direction.NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA),
    },
  };
}
