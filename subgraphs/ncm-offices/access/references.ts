import type { PartnerContext } from '@hub/shared/context';
import type { ReferenceResolver } from '@hub/shared/partner';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';

/**
 * An entity of another organisation: the key is returned for any id, and the resolvers add the
 * offices' data.
 */
const keepKey: ReferenceResolver = ({ id }) => ({ id });

/** One of the offices' own entities; null for an unknown id. */
function findBy<T extends Office | Delegate | DelegateNomination | RegionalSite>(
  entity: new () => T,
): ReferenceResolver {
  return ({ id }, { loaders }: PartnerContext) => loaders.one<T>(entity).load(String(id));
}

/** The reference resolvers, by entity type. */
export const references: Readonly<Record<string, ReferenceResolver>> = {
  Office: findBy(Office),
  Delegate: findBy(Delegate),
  DelegateNomination: findBy(DelegateNomination),
  RegionalSite: findBy(RegionalSite),
  Region: ({ code }, { loaders }) => loaders.one(Region, 'code').load(String(code)),
  Group: keepKey,
  ItineraryStop: keepKey,
  Programme: keepKey,
};
