import { refuseInput, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import type { Delegate } from '../entities/delegate.entity.js';
import type { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { findRegion } from '../network/find-office.js';
import { checkOfficeOpen } from '../network/office-rules.js';

/** Where an input says that somebody works. */
interface GivenOrigin {
  readonly region?: string | null;
  readonly country?: string | null;
}

type Origin = Pick<Delegate, 'country' | 'regionCode'>;

/** The countries that the sides of programmes name: of real ones, and of all. */
export interface NamedCountries {
  readonly real: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

interface PlannedProgramme {
  readonly isRehearsal: boolean;
  readonly sides: readonly { readonly countries: readonly string[] }[];
}

/**
 * Asks the network which countries the sides of its programmes name, if only a country is given. A
 * region needs no question: the offices know theirs.
 * @throws HubError `PARTNER_…`
 */
export async function askNamedCountries(
  { askHub }: PartnerContext,
  { region, country }: GivenOrigin,
): Promise<NamedCountries | null> {
  if (region != null || country == null) return null;
  const { programmes } = await askHub(
    'query NamedCountries { programmes { isRehearsal sides { countries } } }',
  );
  const found = programmes as readonly PlannedProgramme[];
  const countriesOf = (some: readonly PlannedProgramme[]) =>
    new Set(some.flatMap(({ sides }) => sides.flatMap(({ countries }) => countries)));
  return {
    real: countriesOf(found.filter(({ isRehearsal }) => !isRehearsal)),
    all: countriesOf(found),
  };
}

/**
 * Where a delegate works: in a region that the offices know, or else in a country. The region says
 * its country.
 * @throws HubError `NOT_FOUND` for `input.region`; `BAD_USER_INPUT` for a country that is not the
 * region’s, that is missing, or whose regions the offices know
 */
export async function findOrigin(
  manager: EntityManager,
  { region: code, country }: GivenOrigin,
): Promise<Origin> {
  if (code != null) {
    const region = await findRegion(manager, code);
    if (country != null && country !== region.country)
      refuseInput('input.country', 'The region is in another country.');
    return { country: region.country, regionCode: region.code };
  }
  if (country == null) refuseInput('input.country', 'Give a region, or else a country.');
  if (await manager.existsBy(Region, { country }))
    refuseInput('input.region', 'The offices know the regions of this country: give one.');
  return { country, regionCode: null };
}

/**
 * An office sends people of its own regions, and while it is open, of each country that a side of a
 * programme names.
 * @throws HubError `RULE_VIOLATED` SIDE, CLOSED
 */
export function checkNamed(
  { clock }: PartnerContext,
  { country, isRehearsal }: Pick<Delegate, 'country' | 'isRehearsal'>,
  named: NamedCountries | null,
  { office, argument }: { readonly office: Office; readonly argument: string },
): void {
  if (named === null) return;
  if (!named[isRehearsal ? 'all' : 'real'].has(country))
    violateRule('SIDE', 'input.country', 'COUNTRY_NOT_NAMED');
  checkOfficeOpen(office, [dates.lastBegunDay(clock())], argument);
}
