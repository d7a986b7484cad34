import { refuseInput } from '@hub/shared/errors';
import type { dates } from '@hub/shared/graphql';
import { notFound, type Rehearsable } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { KnownParties } from '../network/ask-parties.js';
import {
  askOtherParties,
  checkOtherParties,
  nameEach,
  type IsKept,
  type NamedParties,
} from '../network/check-parties.js';
import {
  checkEnds,
  checkPartiesOfSides,
  checkSides,
  partiesOfSides,
} from '../sides/check-sides.js';
import type { ProgrammePlan } from './programme.input.js';

/**
 * Finds the first of these regions that the offices do not know. No regions need no request.
 * @returns its place in the list
 * @throws HubError `PARTNER_…`
 */
async function findUnknownRegion(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  codes: readonly string[],
): Promise<number | undefined> {
  if (codes.length === 0) return undefined;
  const { regions } = await askHub('query KnownRegions { regions { code } }');
  const known = new Set((regions as readonly { readonly code: string }[]).map(({ code }) => code));
  const place = codes.findIndex((code) => !known.has(code));
  return place < 0 ? undefined : place;
}

/**
 * Refuses two journeys between the same sides, and sides that cannot be.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkJourneys({ plannedJourneys, sides }: ProgrammePlan): void {
  checkSides(sides ?? []);
  const journeys = plannedJourneys ?? [];
  for (const [index, journey] of journeys.entries())
    checkEnds(journey, `input.plannedJourneys.${index}`);
  const pairs = journeys.map(({ direction, from, to }) => JSON.stringify([direction, from, to]));
  if (new Set(pairs).size < journeys.length)
    refuseInput(
      'input.plannedJourneys',
      'A programme plans one journey from each side to another.',
    );
}

/** The parties that a plan names, by argument. */
export const partiesOf = ({ roles, sides }: ProgrammePlan): NamedParties => ({
  ...nameEach(
    (roles ?? []).map(({ party }) => party),
    (index) => `input.roles.${index}.party`,
  ),
  ...partiesOfSides(sides ?? []),
});

/** The regions that a plan names, each after the argument that names it. */
const regionsOf = ({
  areasToInvolve,
  sides,
}: ProgrammePlan): readonly (readonly [string, string])[] => [
  ...(areasToInvolve ?? []).map((code, index) => [`input.areasToInvolve.${index}`, code] as const),
  ...(sides ?? []).flatMap(({ regions }, side) =>
    (regions ?? []).map((code, index) => [`input.sides.${side}.regions.${index}`, code] as const),
  ),
];

/** The argument of the parties that the input does not name. */
const stayingArgument = 'input.isRehearsal';

/** What the owners of the parties and regions of a plan responded. */
export interface OthersFacts {
  readonly parties: KnownParties;
  readonly named: NamedParties;
  /** The argument with the first region that the offices do not know. */
  readonly unknownRegion: string | undefined;
}

/**
 * @param staying parties that the input does not name, and the programme keeps
 * @param leaving parties of which the programme may keep the ones that they were merged into
 * @throws HubError `PARTNER_…`
 */
export const askOthers = async (
  context: PartnerContext,
  input: ProgrammePlan,
  staying: readonly string[] = [],
  leaving: readonly string[] = [],
): Promise<OthersFacts> => {
  const named = { ...partiesOf(input), [stayingArgument]: staying };
  const parties = await askOtherParties(context, { ...named, leaving });
  const regions = regionsOf(input);
  const unknown = await findUnknownRegion(
    context,
    regions.map(([, code]) => code),
  );
  return {
    named,
    parties,
    unknownRegion: unknown === undefined ? undefined : regions[unknown]?.[0],
  };
};

/**
 * @param input the plan that was asked about
 * @param isKept whether the programme has had that party already, which may have been merged or closed
 * @throws HubError `NOT_FOUND` for a party or region that its owner does not know; `RULE_VIOLATED`
 * REHEARSAL, MERGED, SIDE, CLOSED
 */
export function checkOthers(
  { named, parties, unknownRegion }: OthersFacts,
  programme: Rehearsable & dates.Span,
  { sides }: ProgrammePlan,
  isKept: IsKept = () => false,
): void {
  const stays: IsKept = (argument, id) => argument === stayingArgument || isKept(argument, id);
  checkOtherParties(named, parties, programme, stays);
  if (unknownRegion !== undefined) notFound(unknownRegion);
  checkPartiesOfSides(sides ?? [], parties, programme, isKept);
}
