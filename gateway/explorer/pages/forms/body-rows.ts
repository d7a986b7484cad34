import { countryOfReader } from '../../session/session.ts';
import * as choose from './choosers.ts';
import type { Choose, FormMutation, FormRow } from './form-row.ts';
import type { Subject } from './subject-query.ts';

/** Each fact of a body has a page that states it, and the day on which somebody read that page. */
const sourced = ['source', 'on'];

/** What a form begins with: what is known of its fields. */
const known = (record: object, fields: readonly string[]) =>
  Object.fromEntries(
    Object.entries(record).filter(([name, value]) => fields.includes(name) && value !== null),
  );

const ownCountry = () => ({ country: countryOfReader() ?? undefined });

const merging = {
  words: 'mergeBody',
  fields: ['into', 'reason', ...sourced],
  added: ({ into }, lists) => ({ intoVersion: choose.versionOf(into, lists) }),
} satisfies Partial<FormRow>;

interface Forms {
  /** What the inputs call the record: `office`. */
  readonly as: string;
  readonly change: FormMutation;
  readonly close: FormMutation;
  readonly reopen: string;
  readonly merge: FormMutation;
  /** What is known of it, and what of that must be known. */
  readonly fields: readonly string[];
  readonly required: readonly string[];
  /** The field with its end, and what else is asked about that. */
  readonly end: string;
  readonly endFields?: readonly string[];
  readonly choices: Readonly<Record<string, Choose>>;
  /** Those that it may be a second record of. */
  readonly alike: Choose;
}

/** The forms that change, end, reopen and merge one kind of record. */
function formsOf(
  kind: Forms,
  about: Pick<FormRow, 'about' | 'by' | 'lists'>,
  recordOf: (
    subject: Subject,
  ) => object & { readonly id?: string; readonly version?: number | null },
): Record<string, FormRow> {
  const { as, change, close, reopen, merge, fields, required } = kind;
  const { end, endFields = [], choices, alike } = kind;
  const fixed = (subject: Subject) => {
    const { id, version } = recordOf(subject);
    return { [as]: id, version };
  };
  const shared = { ...about, fixed, choices };
  return {
    [change]: {
      ...shared,
      words: 'changeBody',
      fields: [...fields, ...sourced],
      required,
      initial: (subject) => known(recordOf(subject), fields),
      isChange: true,
    },
    [close]: {
      ...shared,
      words: 'closeBody',
      fields: [end, ...endFields, ...sourced],
      required: [end],
    },
    // Without an end, the same mutation says that it exists after all.
    [reopen]: { ...shared, sends: close, words: 'reopenBody', fields: sourced },
    [merge]: {
      ...shared,
      ...merging,
      choices: { into: alike },
      goal: about.about === 'site' ? 'made site' : 'made body',
    },
  };
}

/** What is known of an office, a unit or an organisation, as its inputs have it. */
function bodyOf({ party }: Subject) {
  if (!party || !('version' in party)) return {};
  const kind = party.__typename === 'Office' ? party.officeKind : party.form;
  return { ...party, kind, parent: party.parent?.id ?? null };
}

/** What is known of an institution, as its inputs have it. */
function siteOf({ site }: Subject) {
  if (!site) return {};
  const unit = 'unit' in site ? (site.unit?.id ?? null) : null;
  const region = 'region' in site ? (site.region?.code ?? null) : null;
  return { ...site, organisation: site.organisation?.id ?? null, unit, region };
}

const aboutBody = { about: 'party', by: 'owner', lists: ['parties'] } as const;
const aboutSite = { about: 'site', by: 'owner', lists: ['sites', 'parties', 'regions'] } as const;

const office = ['name', 'kind', 'city', 'openedOn', 'parent', 'roleInField', 'variants', 'note'];
const organisation = [
  'name',
  'acronym',
  'kind',
  'country',
  'city',
  'foundedOn',
  'parent',
  'roleInField',
  'variants',
  'note',
];
const unit = ['name', 'acronym', 'kind', 'city', 'validFrom', 'parent', 'variants', 'note'];
const site = ['name', 'kind', 'sector', 'evidence', 'visitedOn', 'city', 'organisation', 'note'];

const officeChoices = { parent: choose.otherOffices };
const organisationChoices = { parent: choose.otherParties };
const unitChoices = { parent: choose.units };
const nationalChoices = { organisation: choose.organisations, unit: choose.units };
const regionalChoices = { organisation: choose.organisations, region: choose.regions };

/** Forms of bodies, of the institutions that groups visit, and of who covers and represents what. */
export const bodyForms: Readonly<Record<string, FormRow>> = {
  registerOffice: {
    about: 'none',
    by: 'ncm',
    fields: ['country', ...office, 'isRehearsal', ...sourced],
    fixed: () => ({}),
    lists: ['parties'],
    choices: officeChoices,
    goal: 'made body',
  },
  ...formsOf(
    {
      as: 'office',
      change: 'changeOffice',
      close: 'closeOffice',
      reopen: 'reopenOffice',
      merge: 'mergeOffices',
      fields: office,
      required: ['name', 'kind', 'city'],
      end: 'closedOn',
      choices: officeChoices,
      alike: choose.otherOffices,
    },
    aboutBody,
    bodyOf,
  ),
  registerOrganisation: {
    about: 'none',
    fields: [...organisation, ...sourced],
    fixed: () => ({}),
    lists: ['parties'],
    choices: organisationChoices,
    goal: 'made body',
  },
  ...formsOf(
    {
      as: 'organisation',
      change: 'changeOrganisation',
      close: 'closeOrganisation',
      reopen: 'reopenOrganisation',
      merge: 'mergeOrganisations',
      fields: organisation,
      required: ['name', 'kind'],
      end: 'closedOn',
      choices: organisationChoices,
      alike: choose.organisations,
    },
    aboutBody,
    bodyOf,
  ),
  registerPoliceUnit: {
    about: 'none',
    by: 'own police force',
    fields: [...unit, ...sourced],
    fixed: ownCountry,
    lists: ['parties'],
    choices: unitChoices,
    goal: 'made body',
  },
  ...formsOf(
    {
      as: 'unit',
      change: 'changePoliceUnit',
      close: 'closePoliceUnit',
      reopen: 'reopenPoliceUnit',
      merge: 'mergePoliceUnits',
      fields: unit,
      required: ['name'],
      end: 'validTo',
      endFields: ['successor'],
      choices: { ...unitChoices, successor: choose.units },
      alike: choose.units,
    },
    aboutBody,
    bodyOf,
  ),
  registerNationalSite: {
    about: 'none',
    by: 'own police force',
    words: 'registerSite',
    fields: [...site, 'unit', 'isRehearsal', ...sourced],
    fixed: ownCountry,
    lists: ['parties'],
    choices: nationalChoices,
    goal: 'made site',
  },
  ...formsOf(
    {
      as: 'site',
      change: 'changeNationalSite',
      close: 'closeNationalSite',
      reopen: 'reopenNationalSite',
      merge: 'mergeNationalSites',
      fields: [...site, 'unit'],
      required: ['name', 'sector', 'evidence'],
      end: 'closedOn',
      choices: nationalChoices,
      alike: choose.otherSites,
    },
    aboutSite,
    siteOf,
  ),
  registerRegionalSite: {
    about: 'none',
    by: 'ncm',
    words: 'registerSite',
    fields: [...site, 'region', 'isRehearsal', ...sourced],
    fixed: () => ({}),
    lists: ['parties', 'regions'],
    choices: regionalChoices,
    goal: 'made site',
  },
  ...formsOf(
    {
      as: 'site',
      change: 'changeRegionalSite',
      close: 'closeRegionalSite',
      reopen: 'reopenRegionalSite',
      merge: 'mergeRegionalSites',
      fields: [...site, 'region'],
      required: ['name', 'sector', 'evidence'],
      end: 'closedOn',
      choices: regionalChoices,
      alike: choose.otherSites,
    },
    aboutSite,
    siteOf,
  ),
  setCoverage: {
    about: 'region',
    by: 'ncm',
    fields: ['office', ...sourced],
    fixed: ({ region }) => ({ region: region?.code, version: region?.version }),
    initial: ({ region }) => ({ office: region?.office?.id }),
    lists: ['parties'],
    choices: { office: choose.offices },
  },
  changeMembership: {
    about: 'membership',
    fields: ['contact', 'since', ...sourced],
    fixed: ({ membership }) => ({ country: membership?.country, version: membership?.version }),
    initial: ({ membership }) => ({
      contact: membership?.contact?.id,
      since: membership?.since,
    }),
    isChange: true,
    lists: ['parties'],
    choices: { contact: choose.units },
  },
};
