import { textSearch } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import { notFound, pickGiven } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { createMerging, RecordKeeper, sameBy } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { NationalSite } from '../entities/national-site.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import type {
  ChangeNationalSiteInput,
  CloseNationalSiteInput,
  RegisterNationalSiteInput,
} from './national-site.input.js';

const details = ['city', 'kind', 'visitedOn', 'note'] as const;

const keeper = new RecordKeeper<NationalSite>({
  entity: NationalSite,
  argument: 'site',
  same: sameBy('city'),
  // Sites have no claims.
  stated: [],
  references: [],
  derive: ({ name }) => ({ searchText: textSearch.toSearchText(name) }),
});

/** What is at the place: a unit of this police force, or an organisation of the network. */
const withBodies = (
  context: PartnerContext,
  { unit, organisation }: Pick<RegisterNationalSiteInput, 'unit' | 'organisation'>,
) => ({
  async ask(): Promise<void> {
    if (organisation == null) return;
    const response = await context.askHub(
      'query SiteOrganisation($id: ID!) { organisation(id: $id) { id } }',
      { id: organisation },
    );
    if (response['organisation'] == null) notFound('input.organisation');
  },
  async check(manager: EntityManager, next: NationalSite): Promise<void> {
    if (unit != null) await findOwnUnit(context, manager, unit);
    if (next.unitId === null || next.organisationId === null) return;
    const message = 'A site must not be of a unit and of another organisation.';
    throw new HubError('BAD_USER_INPUT', { argument: 'input.organisation', message });
  },
});

/** @throws HubError as {@link RecordKeeper.register}; `NOT_FOUND` for what is at the place, `PARTNER_…` */
export function registerNationalSite(
  context: PartnerContext,
  input: RegisterNationalSiteInput,
): Promise<NationalSite> {
  const country = codes.countryOf(context.partner);
  if (input.country !== country) notFound('input.country');
  return keeper.register(
    context,
    { name: 'registerNationalSite', input, ...withBodies(context, input) },
    {
      name: input.name,
      sector: input.sector,
      country,
      evidence: input.evidence,
      city: input.city ?? null,
      unitId: input.unit ?? null,
      organisationId: input.organisation ?? null,
      eventId: null,
      kind: input.kind ?? null,
      visitedOn: input.visitedOn ?? null,
      note: input.note ?? null,
      isRehearsal: input.isRehearsal ?? false,
      closedOn: null,
    },
  );
}

/** @throws HubError as {@link RecordKeeper.change}; `NOT_FOUND` for what is at the place, `PARTNER_…` */
export function changeNationalSite(
  context: PartnerContext,
  input: ChangeNationalSiteInput,
): Promise<NationalSite> {
  const { unit, organisation } = input;
  const given = pickGiven(input, ['name', 'sector', 'evidence', ...details]);
  return keeper.change(
    context,
    { name: 'changeNationalSite', input, ...withBodies(context, input) },
    {
      ...(given as Partial<NationalSite>),
      ...(unit !== undefined && { unitId: unit }),
      ...(organisation !== undefined && { organisationId: organisation }),
    },
  );
}

/** @throws HubError as {@link RecordKeeper.change} */
export const closeNationalSite = (
  context: PartnerContext,
  input: CloseNationalSiteInput,
): Promise<NationalSite> =>
  keeper.change(
    context,
    { name: 'closeNationalSite', input },
    { closedOn: input.closedOn ?? null },
  );

/** `mergeNationalSites`, and where a merged one went. */
export const SiteMergingResolver = createMerging(
  keeper,
  'NationalSites',
  'Id of the site that goes: a second record of the other.',
);
