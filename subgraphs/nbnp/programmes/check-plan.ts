import { HubError } from '@hub/shared/errors';
import { notFound, type Rehearsable } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { KnownParties } from '../network/ask-parties.js';
import { findUnknownRegion } from '../network/ask-regions.js';
import {
  askOtherParties,
  checkOtherParties,
  nameEach,
  type NamedParties,
} from '../network/check-parties.js';
import type { ProgrammePlan } from './programme.input.js';

/**
 * Refuses two journeys in one direction.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkJourneys({ plannedJourneys }: ProgrammePlan): void {
  const journeys = plannedJourneys ?? [];
  if (new Set(journeys.map(({ direction }) => direction)).size < journeys.length)
    refuse('input.plannedJourneys', 'A programme plans one journey for each direction.');
}

/** @throws HubError `BAD_USER_INPUT` */
export function refuse(argument: string, message: string): never {
  throw new HubError('BAD_USER_INPUT', { argument, message });
}

/** The parties that a plan names, by argument. */
export const partiesOf = ({ roles }: ProgrammePlan): NamedParties =>
  nameEach(
    (roles ?? []).map(({ party }) => party),
    (index) => `input.roles.${index}.party`,
  );

/** What the owners of the parties and regions of a plan responded. */
export interface OthersFacts {
  readonly parties: KnownParties;
  readonly named: NamedParties;
  /** The place of the first region that the offices do not know. */
  readonly unknownRegion: number | undefined;
}

/**
 * @param staying parties that the input does not name, and the programme keeps
 * @throws HubError `PARTNER_…`
 */
export const askOthers = async (
  context: PartnerContext,
  input: ProgrammePlan,
  staying: readonly string[] = [],
): Promise<OthersFacts> => {
  const named = { ...partiesOf(input), 'input.isRehearsal': staying };
  return {
    named,
    parties: await askOtherParties(context, named),
    unknownRegion: await findUnknownRegion(context, input.areasToInvolve ?? []),
  };
};

/**
 * @throws HubError `NOT_FOUND` for a party or region that its owner does not know; `RULE_VIOLATED`
 * REHEARSAL
 */
export function checkOthers(
  { named, parties, unknownRegion }: OthersFacts,
  programme: Rehearsable,
): void {
  checkOtherParties(named, parties, programme);
  if (unknownRegion !== undefined) notFound(`input.areasToInvolve.${unknownRegion}`);
}
