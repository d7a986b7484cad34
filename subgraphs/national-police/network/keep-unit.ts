import { textSearch } from '@hub/shared/database';
import { notFound, pickGiven } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { findOwnUnit } from './find-own-unit.js';
import type {
  ChangePoliceUnitInput,
  ClosePoliceUnitInput,
  RegisterPoliceUnitInput,
} from './police-unit.input.js';

const details = ['acronym', 'variants', 'city', 'validFrom', 'kind', 'note'] as const;

const keeper = new network.RecordKeeper<PoliceUnit>({
  entity: PoliceUnit,
  argument: 'unit',
  same: network.sameBy('country'),
  stated: ['name', ...details, 'validTo', 'parentId', 'successorId'],
  claims: { entity: Claim, owner: 'unitId' },
  period: ['validFrom', 'validTo'],
  parent: 'parentId',
  references: [
    { entity: PoliceUnit, property: 'successorId' },
    { entity: Officer, property: 'unitId' },
    { entity: Expert, property: 'unitId' },
    { entity: NationalSite, property: 'unitId' },
    { entity: Hosting, property: 'unitId' },
    { entity: StopConfirmation, property: 'unitId' },
    { entity: ContactPoint, property: 'ownerId', sameBy: network.addressesOf },
  ],
  derive: ({ name, acronym, variants }) => ({
    searchText: textSearch.toSearchText(name, acronym, ...variants),
  }),
});

/** Another unit of this police force that an input names. */
const withUnit = (
  context: PartnerContext,
  argument: 'parent' | 'successor',
  id: string | null | undefined,
) => ({
  async check(manager: EntityManager): Promise<void> {
    if (id != null) await findOwnUnit(context, manager, id, `input.${argument}`);
  },
});

/** @throws HubError as {@link network.RecordKeeper.register}, and `NOT_FOUND` for another country or parent */
export function registerPoliceUnit(
  context: PartnerContext,
  input: RegisterPoliceUnitInput,
): Promise<PoliceUnit> {
  const country = codes.countryOf(context.partner);
  if (input.country !== country) notFound('input.country');
  return keeper.register(
    context,
    { name: 'registerPoliceUnit', input, ...withUnit(context, 'parent', input.parent) },
    {
      name: input.name,
      acronym: input.acronym ?? null,
      variants: input.variants ?? [],
      country,
      city: input.city ?? null,
      validFrom: input.validFrom ?? null,
      validTo: null,
      successorId: null,
      parentId: input.parent ?? null,
      kind: input.kind ?? null,
      note: input.note ?? null,
    },
  );
}

/** @throws HubError as {@link network.RecordKeeper.change}, and `NOT_FOUND` for the parent */
export function changePoliceUnit(
  context: PartnerContext,
  input: ChangePoliceUnitInput,
): Promise<PoliceUnit> {
  const changes = pickGiven(input, ['name', ...details]) as Partial<PoliceUnit>;
  const parent = input.parent === undefined ? {} : { parentId: input.parent };
  return keeper.change(
    context,
    { name: 'changePoliceUnit', input, ...withUnit(context, 'parent', input.parent) },
    { ...changes, ...parent },
  );
}

/**
 * Records when a unit ends. Its people stay registered there until they are moved.
 * @throws HubError as {@link network.RecordKeeper.change}, and `NOT_FOUND` for the successor
 */
export const closePoliceUnit = (
  context: PartnerContext,
  input: ClosePoliceUnitInput,
): Promise<PoliceUnit> =>
  keeper.change(
    context,
    { name: 'closePoliceUnit', input, ...withUnit(context, 'successor', input.successor) },
    { validTo: input.validTo ?? null, successorId: input.successor ?? null },
  );

/** `mergePoliceUnits`, and where a merged one went. */
export const MergingResolver = network.createMerging(
  keeper,
  'PoliceUnits',
  'Id of the unit that goes: a second record of the other.',
);
