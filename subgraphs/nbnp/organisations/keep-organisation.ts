import { pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { toRoleId } from '../entities/event-derived.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Link } from '../entities/link.entity.js';
import { deriveOrganisationColumns, Organisation } from '../entities/organisation.entity.js';
import { OutcomeMandate } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { SideParty } from '../entities/side.entity.js';
import { Spokesmanship } from '../entities/spokesmanship.entity.js';
import { Statement } from '../entities/statement.entity.js';
import type { KnownParties } from '../network/ask-parties.js';
import { askOtherParties, checkOtherParties, checkOwnParties } from '../network/check-parties.js';
import type {
  ChangeOrganisationInput,
  CloseOrganisationInput,
  RegisterOrganisationInput,
} from './organisation.input.js';

/** The network itself, and the body that founded its programmes: others mean them by their ids. */
const lasting = ['nbnp:nbnp', 'nbnp:ncm'];

/** A role of a party has an id that names it. */
const idOfRole = ({ eventId, programmeId, role, partyId }: ObjectLiteral): string =>
  toRoleId(String(eventId ?? programmeId), role as PartyRole['role'], String(partyId));

const keeper = new network.RecordKeeper<Organisation>({
  entity: Organisation,
  argument: 'organisation',
  same: network.sameBy('country'),
  stated: [
    'name',
    'acronym',
    'variants',
    'kind',
    'country',
    'city',
    'foundedOn',
    'closedOn',
    'parentId',
    'roleInField',
    'note',
  ],
  claims: { entity: Claim, owner: 'subjectId' },
  period: ['foundedOn', 'closedOn'],
  parent: 'parentId',
  references: [
    { entity: PartyRole, property: 'partyId', idOf: idOfRole },
    { entity: Representation, property: 'partyId' },
    { entity: OutcomeMandate, property: 'partyId' },
    { entity: Statement, property: 'organisationId' },
    { entity: Link, property: 'organisationId', sameBy: ({ url }) => String(url) },
    { entity: Spokesmanship, property: 'bodyId' },
    { entity: PoliceUnit, property: 'superiorId' },
    { entity: ItineraryStop, property: 'confirmingOrganisationId', keepsVersion: true },
    { entity: SideParty, property: 'partyId' },
    { entity: ContactPoint, property: 'ownerId', sameBy: network.addressesOf },
  ],
  isLasting: ({ id }) => lasting.includes(id),
  derive: deriveOrganisationColumns,
});

/** The body above it may be of any partner, who is asked. */
function withParent(context: PartnerContext, parent: string | null | undefined) {
  const named = { 'input.parent': parent == null ? [] : [parent] };
  return {
    async ask(): Promise<KnownParties> {
      await checkOwnParties(context.source.manager, named);
      return askOtherParties(context, named);
    },
    async check(manager: EntityManager, _next: Organisation, known: KnownParties): Promise<void> {
      await checkOwnParties(manager, named);
      checkOtherParties(named, known, { isRehearsal: false });
    },
  };
}

/** @throws HubError as {@link network.RecordKeeper.register}, and `NOT_FOUND` `PARTNER_…` for the parent */
export const registerOrganisation = (
  context: PartnerContext,
  input: RegisterOrganisationInput,
): Promise<Organisation> =>
  keeper.register(
    context,
    { name: 'registerOrganisation', input, ...withParent(context, input.parent) },
    {
      name: input.name,
      acronym: input.acronym ?? null,
      variants: input.variants ?? [],
      kind: input.kind,
      country: input.country ?? null,
      city: input.city ?? null,
      foundedOn: input.foundedOn ?? null,
      closedOn: null,
      parentId: input.parent ?? null,
      roleInField: input.roleInField ?? null,
      note: input.note ?? null,
    },
  );

const given = [
  'name',
  'acronym',
  'variants',
  'kind',
  'country',
  'city',
  'foundedOn',
  'roleInField',
  'note',
] as const;

/** @throws HubError as {@link network.RecordKeeper.change}, and `NOT_FOUND` `PARTNER_…` for the parent */
export function changeOrganisation(
  context: PartnerContext,
  input: ChangeOrganisationInput,
): Promise<Organisation> {
  const changes = pickGiven(input, given) as Partial<Organisation>;
  const parent = input.parent === undefined ? {} : { parentId: input.parent };
  return keeper.change(
    context,
    { name: 'changeOrganisation', input, ...withParent(context, input.parent) },
    { ...changes, ...parent },
  );
}

/** @throws HubError as {@link network.RecordKeeper.change} */
export const closeOrganisation = (
  context: PartnerContext,
  input: CloseOrganisationInput,
): Promise<Organisation> =>
  keeper.change(
    context,
    { name: 'closeOrganisation', input },
    { closedOn: input.closedOn ?? null },
  );

/** `mergeOrganisations`, and where a merged one went. */
export const MergingResolver = network.createMerging(
  keeper,
  'Organisations',
  'Id of the organisation that goes: a second record of the other.',
);
