import { textSearch } from '@hub/shared/database';
import { checkNotInvented, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office, sameOffice, type DatePrecision } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { findOffice } from './find-office.js';
import type { ChangeOfficeInput, CloseOfficeInput, RegisterOfficeInput } from './office.input.js';

const details = ['kind', 'city', 'openedOn', 'variants', 'roleInField', 'note'] as const;

/** How well a day is known that a mutation gives. */
function precisionOf(day: string | null): DatePrecision | null {
  if (day?.length === 10) return 'DAY';
  return day?.length === 4 ? 'YEAR' : null;
}

const keeper = new network.RecordKeeper<Office>({
  entity: Office,
  argument: 'office',
  same: sameOffice,
  stated: ['name', ...details, 'closedOn', 'parentId'],
  claims: { entity: Claim, owner: 'officeId' },
  period: ['openedOn', 'closedOn'],
  parent: 'parentId',
  references: [
    { entity: Region, property: 'officeId' },
    { entity: Delegate, property: 'officeId' },
    { entity: RegionalHosting, property: 'officeId' },
    { entity: GroupMeeting, property: 'officeId' },
    { entity: StopConfirmation, property: 'officeId' },
    { entity: ContactPoint, property: 'ownerId', sameBy: network.addressesOf },
  ],
  // A day that stays is known as well as its source knows it.
  derive: ({ name, variants, openedOn, closedOn }, before) => ({
    searchText: textSearch.toSearchText(name, ...variants),
    openedPrecision: openedOn === before?.openedOn ? before.openedPrecision : precisionOf(openedOn),
    closedPrecision: closedOn === before?.closedOn ? before.closedPrecision : precisionOf(closedOn),
  }),
});

/** The office of which it is a branch. What is invented has no real branches. */
async function checkParent(manager: EntityManager, office: Office): Promise<void> {
  if (office.parentId === null) return;
  const parent = await findOffice(manager, office.parentId, 'input.parent');
  checkNotInvented(parent, office, 'input.parent');
}

/** @throws HubError as {@link network.RecordKeeper.register}; for the parent `NOT_FOUND`, REHEARSAL, MERGED */
export const registerOffice = (
  context: PartnerContext,
  input: RegisterOfficeInput,
): Promise<Office> =>
  keeper.register(
    context,
    { name: 'registerOffice', input, check: checkParent },
    {
      name: input.name,
      kind: input.kind,
      city: input.city,
      country: input.country,
      openedOn: input.openedOn ?? null,
      closedOn: null,
      parentId: input.parent ?? null,
      variants: input.variants ?? [],
      roleInField: input.roleInField ?? null,
      note: input.note ?? null,
      isRehearsal: input.isRehearsal ?? false,
    },
  );

/**
 * Changes what is known of an office. Its country, and whether it is invented, stay.
 * @throws HubError as {@link network.RecordKeeper.change}; for the parent `NOT_FOUND`, REHEARSAL, MERGED
 */
export function changeOffice(context: PartnerContext, input: ChangeOfficeInput): Promise<Office> {
  const changes = pickGiven(input, ['name', ...details]) as Partial<Office>;
  const { parent } = input;
  return keeper.change(
    context,
    { name: 'changeOffice', input, ...(parent !== undefined && { check: checkParent }) },
    { ...changes, ...(parent !== undefined && { parentId: parent }) },
  );
}

/**
 * Records when an office closes, or that it is open again. It is a fact, which no plan can refuse:
 * the steps of a programme need an open office when they are taken.
 * @throws HubError as {@link network.RecordKeeper.change}
 */
export const closeOffice = (context: PartnerContext, input: CloseOfficeInput): Promise<Office> =>
  keeper.change(context, { name: 'closeOffice', input }, { closedOn: input.closedOn ?? null });

/** `mergeOffices`, and where a merged one went. */
export const OfficeMergingResolver = network.createMerging(
  keeper,
  'Offices',
  'Id of the office that goes: a second record of the other.',
);
