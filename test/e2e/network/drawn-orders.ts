import fc from 'fast-check';
import type { OpenNetwork } from './open-network.js';
import type { Input } from './run-programme.js';

/** A kind of records that an owner’s people keep. */
export interface Kind {
  readonly owner: 'nbnp' | 'fi' | 'ncm';
  readonly noun: string;
  readonly argument: string;
  readonly table: string;
  /** What the beginning of a body and the end are called. @default no beginning; closedOn */
  readonly begin?: string;
  readonly end?: string;
  readonly base: Input;
  /** The column of the owner’s claims with the record’s id. Sites have no claims. */
  readonly claims?: string;
  /** The argument that names another record, and the kinds of those. */
  readonly names: readonly [argument: string, ...kinds: string[]];
  /** Two of one name in two cities are not the same. */
  readonly isOnePlace?: true;
}

const place = { city: 'Tampere', sector: 'NGO', evidence: 'OFFERED_VISIT' };
export const kinds: Readonly<Record<string, Kind>> = {
  organisation: {
    owner: 'nbnp',
    noun: 'Organisation',
    argument: 'organisation',
    table: 'organisations',
    begin: 'foundedOn',
    base: { kind: 'ngo', country: 'FI' },
    claims: 'subject_id',
    names: ['parent', 'organisation', 'unit', 'office'],
  },
  unit: {
    owner: 'fi',
    noun: 'PoliceUnit',
    argument: 'unit',
    table: 'police_units',
    begin: 'validFrom',
    end: 'validTo',
    base: { country: 'FI' },
    claims: 'unit_id',
    names: ['parent', 'unit'],
  },
  office: {
    owner: 'ncm',
    noun: 'Office',
    argument: 'office',
    table: 'offices',
    begin: 'openedOn',
    base: { kind: 'OFFICE', city: 'Tampere', country: 'FI' },
    claims: 'office_id',
    isOnePlace: true,
    names: ['parent', 'office'],
  },
  site: {
    owner: 'fi',
    noun: 'NationalSite',
    argument: 'site',
    table: 'national_sites',
    base: { country: 'FI', ...place },
    names: ['organisation', 'organisation'],
  },
  place: {
    owner: 'ncm',
    noun: 'RegionalSite',
    argument: 'site',
    table: 'regional_sites',
    base: place,
    names: ['organisation', 'organisation'],
  },
};

/** What may be said of a body besides its name. */
const details = fc.record(
  {
    city: fc.constantFrom('Tampere', 'tampere', 'Turku'),
    note: fc.constantFrom('One', 'Two', null),
    variants: fc.subarray(['X', 'Y', 'Z']),
    begin: fc.constantFrom('2001', '2003-05', '2004-01-01', null),
  },
  { requiredKeys: [] },
);

export const orders = fc.array(
  fc.record({
    kind: fc.constantFrom(...Object.keys(kinds)),
    verb: fc.constantFrom('register', 'change', 'close', 'merge', 'record', 'change', 'merge'),
    which: fc.nat({ max: 9 }),
    other: fc.nat({ max: 9 }),
    name: fc.constantFrom(...'ABCDEF'),
    page: fc.constantFrom('1', '2', '3'),
    isAnother: fc.constantFrom(true, false, false, false),
    details,
    end: fc.constantFrom('2020', '2002-02', null),
  }),
  { minLength: 60, maxLength: 80 },
);
export type Step = typeof orders extends fc.Arbitrary<(infer One)[]> ? One : never;

export interface Row extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly name: string;
  readonly source: string | null;
  readonly version: number;
  readonly merged_into_id: string | null;
  /** Only bodies are parts of others. */
  readonly parent_id?: string | null;
  readonly city?: string | null;
}

const stated =
  'name city note variants parent_id founded_on opened_on valid_from closed_on valid_to'.split(' ');

/** What a page states of a body. */
export const valuesOf = (row: Row): unknown[] =>
  stated.flatMap((column) => {
    const value = row[column] ?? [];
    return column === 'variants' ? (JSON.parse(String(value)) as string[]) : value;
  });

/** One order of changes, under way in the network. */
export class Order {
  readonly ids = new Map<string, string[]>();
  /** What somebody called another one, although it looked the same. */
  readonly others = new Set<string>();

  constructor(
    readonly network: OpenNetwork,
    readonly event: string,
    readonly index: number,
  ) {}

  get all(): string[] {
    return [...this.ids.values()].flat();
  }

  rows({ owner, table }: Kind): Promise<Row[]> {
    return this.network.serverOf(owner).source.query<Row[]>(`SELECT * FROM ${table}`);
  }

  /** The mutation of a step and its input; undefined where there are not so many records. */
  async call({ kind, verb, which, other, name, page, isAnother, details, end }: Step) {
    const of = kinds[kind] as Kind;
    const [argument, ...named] = of.names;
    const known = this.ids.get(kind) ?? [];
    const [id, into] = [which, other].map((place) => known[place % known.length]);
    const versions = new Map((await this.rows(of)).map((row) => [row.id, row.version]));
    const others = named.flatMap((one) => this.ids.get(one) ?? []);
    const stated = { source: `https://example.org/${page}`, on: '2026-03-01' };
    const { begin, ...said } = details;
    const described = {
      ...(of.begin && { ...said, ...(begin !== undefined && { [of.begin]: begin }) }),
      name: `${name} ${this.index}`,
      [argument]: others[(which + other) % (others.length + 1)] ?? null,
      isAnother,
      ...stated,
    };
    if (verb === 'register') return [`register${of.noun}`, { ...of.base, ...described }] as const;
    if (id === undefined || into === undefined) return undefined;
    const change = { [of.argument]: id, ...stated, version: versions.get(id) };
    if (verb === 'change') return [`change${of.noun}`, { ...change, ...described }] as const;
    if (verb === 'close')
      return [`close${of.noun}`, { ...change, [of.end ?? 'closedOn']: end }] as const;
    if (verb === 'merge') {
      const merged = { ...change, into, reason: 'One.', intoVersion: versions.get(into) };
      return [`merge${of.noun}s`, merged] as const;
    }
    return kind === 'site' || kind === 'place' ? undefined : this.#record(kind, id, described);
  }

  /** Records what refers to a body: what is stated of an organisation, or what it is to do. */
  #record(kind: string, id: string, { name, source, on }: Readonly<Record<string, unknown>>) {
    const page = { source, on, isAnother: true };
    return kind === 'organisation'
      ? (['recordStatement', { about: id, kind: 'CONTEXT', text: name, ...page }] as const)
      : ([
          'recordOutcome',
          { event: this.event, kind: 'DECISION', title: name, mandated: [id], ...page },
        ] as const);
  }
}

/** Every list and reference of the kept records, with the merged ones. */
export const everything = (merged: boolean, event: string): string => `{
  organisations(filter: { country: "FI", merged: ${merged} }, first: 1000) {
    nodes { id name mergedInto { id } parent { id name } statements { id } } }
  policeUnits(filter: { country: "FI", merged: ${merged} }) { id name mergedInto { id } parent { id name } }
  offices(filter: { country: "FI", merged: ${merged} }) { id name mergedInto { id } parent { id name } }
  nationalSites(filter: { country: "FI", merged: ${merged} }) { id name mergedInto { id } organisation { id name } }
  regionalSites(merged: ${merged}) { id name mergedInto { id } organisation { id name } }
  event(id: "${event}") { outcomes { mandated { id name } } } }`;
