import { refuseInput, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkNotInvented, notFound, type Rehearsable } from '@hub/shared/partner';
import { askWithLater, codes, type PartnerContext } from '@hub/shared/policy';

const argument = 'input.coordinatingOffice';

/** The offices’ facts about the office that will co-ordinate a group. */
export interface CoordinatingOffice extends Rehearsable {
  readonly country: string | null;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly mergedInto?: { readonly id: string } | null;
}

/**
 * Only a group with a direction has an office of its own. Sides have their co-ordinators.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkHasDirection(
  { direction }: { readonly direction?: string | null },
  officeId: string | null | undefined,
): void {
  if (officeId === undefined || officeId === null || direction != null) return;
  refuseInput(argument, 'The sides of the group name who co-ordinates it. Change the programme.');
}

/**
 * Asks the offices, unless no office is given. A police unit is also a party, but not an office.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askOffice(
  { askHub }: PartnerContext,
  id: string | null | undefined,
): Promise<CoordinatingOffice | null> {
  if (id == null) return null;
  // PostgreSQL refuses NUL in a text; no id has one.
  if (codes.ownerOf(id) !== codes.officesCode || id.includes('\0')) notFound(argument);
  const { office } = await askWithLater(
    (later) =>
      askHub(
        `query CoordinatingOffice($id: ID!) { office(id: $id) { isRehearsal country openedOn closedOn${later} } }`,
        { id },
      ),
    ' mergedInto { id }',
  );
  return (office as CoordinatingOffice | null) ?? notFound(argument);
}

/** Whether an office is open at some time of a programme, and on each known day of these visits. */
export function isOpenFor(
  { openedOn, closedOn }: CoordinatingOffice,
  programme: dates.Span,
  visits: readonly dates.Span[],
): boolean {
  const open = { startsOn: openedOn, endsOn: closedOn };
  const days = visits.flatMap(({ startsOn, endsOn }) => [startsOn, endsOn]);
  return (
    dates.doOverlap(open, programme) &&
    days.every((day) => day == null || dates.isWithin(day, open))
  );
}

/**
 * Checks that a co-ordinating office is in Russia, not made for rehearsals unless the programme is
 * one, and open at some time of the programme and on each known day of the group’s visits. Unknown dates exclude nothing.
 * @throws HubError `RULE_VIOLATED` REHEARSAL, MERGED, HOST_COUNTRY, CLOSED
 */
export function checkCoordinatingOffice(
  office: CoordinatingOffice | null,
  programme: dates.Span & Rehearsable,
  visits: readonly dates.Span[] = [],
): void {
  if (office === null) return;
  checkNotInvented(office, programme, argument);
  if (office.mergedInto) violateRule('MERGED', argument);
  if (office.country !== codes.russia) violateRule('HOST_COUNTRY', argument, 'OFFICE_ELSEWHERE');
  if (!isOpenFor(office, programme, visits)) violateRule('CLOSED', argument);
}
