import { Kind, type FieldDefinitionNode, type TypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContractModels } from '../../../gateway/cli/contract-model.js';
import { readContract } from '../../../gateway/registry/contracts.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

/** A field that leads to another owner’s record, and where its id is stored. */
interface Reference {
  readonly field: string;
  /** Who stores the id. */
  readonly giver: string;
  readonly table: string;
  readonly column: string;
  /** An id that nobody has. */
  readonly id: string;
  readonly query: string;
}

const group = '{ groups(first: 1000) { nodes { id';
const visit = '{ visits(first: 1000) { nodes { id';
const events = '{ events(first: 1000, filter: { rehearsals: true }) { nodes { id';

const reference = (
  field: string,
  [giver, table, column]: readonly [giver: string, table: string, column: string],
  id: string,
  query: string,
): Reference => ({ field, giver, table, column, id, query });

const references: readonly Reference[] = [
  reference(
    'Membership.contact',
    ['nbnp', 'memberships', 'contact_id'],
    'fi:nobody',
    '{ network { members { contact { name } } } }',
  ),
  reference(
    'Spokesmanship.unit',
    ['nbnp', 'spokesmanships', 'unit_id'],
    'fi:nobody',
    '{ network { spokesmanships { unit { name } } } }',
  ),
  reference(
    'Organisation.parent',
    ['nbnp', 'organisations', 'parent_id'],
    'ncm:nobody',
    '{ organisations(first: 1000) { nodes { id parent { name } } } }',
  ),
  reference(
    'PartyRole.party',
    ['nbnp', 'party_roles', 'party_id'],
    'ncm:nobody',
    `{ programmes { id roles { party { name } } } events(first: 1000) { nodes { id roles { party { name } } } } }`,
  ),
  reference(
    'Outcome.mandated',
    ['nbnp', 'outcome_mandates', 'party_id'],
    'ncm:nobody',
    `${events} outcomes { mandated { name } } } } }`,
  ),
  reference(
    'PoliceUnit.superior',
    ['nbnp', 'police_units', 'superior_id'],
    'ncm:nobody',
    '{ policeUnits { id superior { name } } }',
  ),
  reference(
    'Contact.parties',
    ['nbnp', 'party_roles', 'party_id'],
    'ncm:nobody',
    '{ contacts(minimum: 1, first: 1000) { nodes { parties { name } } } }',
  ),
  reference(
    'Representation.party',
    ['nbnp', 'representations', 'party_id'],
    'ncm:nobody',
    `${events} represented { party { name } } } } }`,
  ),
  reference(
    'Group.coordinatingOffice',
    ['nbnp', 'groups', 'coordinating_office_id'],
    'ncm:nobody',
    `${group} coordinatingOffice { name } } } }`,
  ),
  reference(
    'Group.members',
    ['nbnp', 'officer_nominations', 'officer_id'],
    'fi:nobody',
    `${group} members { ... on Officer { name } } } } }`,
  ),
  reference(
    'Group.acceptedOfficers',
    ['nbnp', 'officer_nominations', 'officer_id'],
    'fi:nobody',
    `${group} acceptedOfficers { name } } } }`,
  ),
  reference(
    'Absence.participant',
    ['nbnp', 'absences', 'participant_id'],
    'fi:nobody',
    `${group} absences { participant { ... on Officer { name } } } } } }`,
  ),
  reference(
    'ItineraryStop.site',
    ['nbnp', 'itinerary_stops', 'site_id'],
    'fi:nobody',
    `${visit} stops { id site { ... on NationalSite { name } ... on RegionalSite { name } } } } } }`,
  ),
  reference(
    'ExpertAssignment.expert',
    ['nbnp', 'expert_assignments', 'expert_id'],
    'ee:nobody',
    `${visit} experts { expert { name } } } } }`,
  ),
  reference(
    'Hosting.visit',
    ['se', 'hostings', 'visit_id'],
    'nbnp:nobody',
    '{ policeUnits { id hostings { id visit { title } } } }',
  ),
  reference(
    'OfficerNomination.group',
    ['se', 'officer_nominations', 'group_id'],
    'nbnp:nobody',
    '{ officers(first: 1000, filter: { rehearsals: true }) { nodes { id nominations { id group { name } } } } }',
  ),
  reference(
    'NationalSite.organisation',
    ['no', 'national_sites', 'organisation_id'],
    'nbnp:nobody',
    '{ nationalSites(filter: { rehearsals: true }) { id organisation { name } } }',
  ),
  reference(
    'NationalSite.event',
    ['no', 'national_sites', 'event_id'],
    'nbnp:nobody',
    '{ nationalSites(filter: { rehearsals: true }) { id event { title } } }',
  ),
  reference(
    'RegionalSite.organisation',
    ['ncm', 'regional_sites', 'organisation_id'],
    'nbnp:nobody',
    '{ regionalSites(rehearsals: true) { id organisation { name } } }',
  ),
  reference(
    'RegionalSite.event',
    ['ncm', 'regional_sites', 'event_id'],
    'nbnp:nobody',
    '{ regionalSites(rehearsals: true) { id event { title } } }',
  ),
  reference(
    'DelegateNomination.group',
    ['ncm', 'delegate_nominations', 'group_id'],
    'nbnp:nobody',
    '{ delegateNominations(first: 1000) { nodes { id group { name } } } }',
  ),
  reference(
    'DelegateNomination.authority',
    ['ncm', 'delegate_nominations', 'authority_id'],
    'nbnp:nobody',
    '{ delegateNominations(first: 1000) { nodes { id authority { name } } } }',
  ),
  reference(
    'Group.declinedNominations',
    ['nbnp', 'officer_nominations', 'id'],
    'fi:nobody',
    `${group} declinedNominations { nominatedOn } } } }`,
  ),
];

/** Fields that show ids which other fields show too, or which their own owner checks. */
const repeated: readonly string[] = [
  'Centrality.party',
  'ContactNetwork.parties',
  'ContactPath.parties',
  'Contradiction.party',
  'DelegateDecisions.group',
  'Hosting.host',
  // It is found by members of the visit’s group alone.
  'InformationRead.participant',
  'ItineraryStop.confirmingUnit',
  'OfficerDecisionResult.nomination',
  'OfficerNomination.replaces',
  'Programme.areasToInvolve',
  'RegionalHosting.host',
  // It is found by its visit alone.
  'RegionalHosting.visit',
  'Side.coordinators',
  'Side.hosts',
  'Side.regions',
  'Side.selectors',
];

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
const has = ({ directives = [] }: FieldDefinitionNode, name: string): boolean =>
  directives.some((directive) => directive.name.value === name);

/** Every field of the contracts whose record belongs to another owner than its id. */
function listFields(): string[] {
  const names = ['nbnp', 'ncm-offices', 'national-police'];
  const { models, ownerOf } = readContractModels(names.map((name) => readContract(name)));
  return [...models.values()].flatMap((model) =>
    [...model.types.values()].flatMap((type) =>
      [...type.fields.values()].flatMap((field) => {
        const target = nameOf(field.type);
        const owner = ownerOf(target);
        const isOpen = model.types.get(target)?.isInterface === true;
        const isOfAnother = ownerOf(type.name) !== model && has(field, 'requires');
        const leads = isOpen || (owner && (owner !== model || isOfAnother));
        const isRoot = type.name === 'Query' || type.name === 'Mutation';
        return leads && !isRoot && !has(field, 'external')
          ? [`${type.name}.${field.name.value}`]
          : [];
      }),
    ),
  );
}

describe('a reference to a record that its owner does not have', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('is followed from every field of the contracts that leads to another owner', () => {
    const followed = [...references.map(({ field }) => field), ...repeated];
    expect(listFields().toSorted()).toEqual(followed.toSorted());
  });

  it.each(references)('is named at $field', async ({ giver, table, column, id, query }) => {
    const { source } = network.serverOf(giver);
    // The demonstration has no declined nominee.
    if (column === 'id') await source.query(`UPDATE "${table}" SET "declined_on" = '2026-11-01'`);
    const whole = await network.ask(query);
    expect(whole.errors).toBeUndefined();
    const [row] = await source.query<{ rowid: number; was: string }[]>(
      `SELECT rowid, "${column}" AS was FROM "${table}" ORDER BY "${column}" IS NULL, "${column}" LIMIT 1`,
    );
    const write = (value: unknown) =>
      source.query(`UPDATE "${table}" SET "${column}" = ? WHERE rowid = ?`, [value, row?.rowid]);
    await write(id);
    try {
      const { errors = [], extensions } = await network.ask(query);
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors)
        expect(error.extensions).toEqual({
          code: 'DANGLING_REFERENCE',
          partner: giver,
          owner: id.split(':')[0],
          id,
        });
      expect(extensions.completeness?.complete).toBe(false);
    } finally {
      await write(row?.was);
    }
  });

  it('is not reported for a stop in Russia while the owner of its site is unavailable', async () => {
    const stops = (site: string) =>
      network.ask(
        `{ visit(id: "nbnp:demo-visit-2") { stops { id confirmed site { id ${site} } } } }`,
        {},
        { organisation: 'nbnp', role: 'coordinator' },
      );
    const whole = (await stops('name')).data.visit.stops as { id: string; site: object | null }[];
    expect(whole.some(({ site }) => site !== null)).toBe(true);
    await network.stop('ncm');
    try {
      // Not null, so that the whole site is missing.
      const { data, errors = [] } = await stops('... on RegionalSite { isRehearsal }');
      expect(data.visit.stops).toEqual(
        whole.map(({ id }) => ({ id, confirmed: null, site: null })),
      );
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(
        new Set(['PARTNER_UNAVAILABLE']),
      );
    } finally {
      await network.start('ncm');
    }
  });

  it('is not checked if only the id is selected', async () => {
    const { source } = network.serverOf('no');
    const query = `SELECT "id", "event_id" FROM "national_sites" WHERE "event_id" IS NOT NULL`;
    const [site] = await source.query<{ id: string; event_id: string }[]>(query);
    const write = (event: unknown) =>
      source.query('UPDATE "national_sites" SET "event_id" = ? WHERE "id" = ?', [event, site?.id]);
    await write('nbnp:nobody');
    try {
      const { data, errors, extensions } = await network.ask(
        '{ nationalSites(filter: { country: "NO" }) { id event { id } } }',
      );
      expect(errors).toBeUndefined();
      expect(data.nationalSites).toContainEqual({ id: site?.id, event: { id: 'nbnp:nobody' } });
      expect(extensions.completeness).toEqual({
        complete: true,
        partners: { no: { status: 'ANSWERED' } },
      });
    } finally {
      await write(site?.event_id);
    }
  });
});
