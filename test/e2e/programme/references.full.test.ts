import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

/** Where a record of one owner refers to another’s: the table, the column, and the type that it leads to. */
const references: Readonly<Record<string, readonly [string, string, string][]>> = {
  nbnp: [
    ['party_roles', 'party_id', 'Party'],
    ['representations', 'party_id', 'Party'],
    ['outcome_mandates', 'party_id', 'Party'],
    ['organisations', 'parent_id', 'Party'],
    ['police_units', 'superior_id', 'Party'],
    ['police_units', 'id', 'Party'],
    ['memberships', 'contact_id', 'Party'],
    ['spokesmanships', 'unit_id', 'Party'],
    ['groups', 'coordinating_office_id', 'Party'],
    ['officer_nominations', 'id', 'OfficerNomination'],
    ['officer_nominations', 'officer_id', 'Officer'],
    ['absences', 'participant_id', 'Officer'],
    ['expert_assignments', 'expert_id', 'Expert'],
    ['itinerary_stops', 'site_id', 'Site'],
  ],
  ncm: [
    ['regional_sites', 'organisation_id', 'Party'],
    ['regional_sites', 'event_id', 'Event'],
    ['delegate_nominations', 'group_id', 'Group'],
    ['delegate_nominations', 'authority_id', 'Party'],
    ['participant_reports', 'group_id', 'Group'],
    ['participant_reports', 'visit_id', 'Visit'],
    ['group_meetings', 'group_id', 'Group'],
    ['regional_hostings', 'visit_id', 'Visit'],
    ['programme_signatures', 'programme_id', 'Programme'],
    ['evaluation_texts', 'programme_id', 'Programme'],
    ['stop_confirmations', 'stop_id', 'ItineraryStop'],
  ],
  police: [
    ['national_sites', 'organisation_id', 'Party'],
    ['national_sites', 'event_id', 'Event'],
    ['officer_nominations', 'group_id', 'Group'],
    ['participant_reports', 'group_id', 'Group'],
    ['participant_reports', 'visit_id', 'Visit'],
    ['hostings', 'visit_id', 'Visit'],
    ['stop_confirmations', 'stop_id', 'ItineraryStop'],
  ],
};

/** What the hub itself leads to, by type. */
const everything = `{
  policeUnits { id name }
  offices(filter: { rehearsals: true }) { id name }
  organisations(first: 1000) { nodes { id name } }
  events(first: 1000) { nodes { id title } }
  programmes { id title }
  groups(first: 1000) { nodes { id name officerNominations { id officer { id } } members { id country } } }
  visits(first: 1000) { nodes { id title stops { id title site { id name } } experts { id expert { id country } } } }
  officers(first: 1000, filter: { rehearsals: true }) { nodes { id country } }
  experts(first: 1000, filter: { rehearsals: true }) { nodes { id country } }
  nationalSites(filter: { rehearsals: true }) { id name organisation { id name } event { id title } }
  regionalSites(rehearsals: true) { id name organisation { id name } event { id title } region { code name } }
  regions { code name office { id name } }
}`;

const idsOf = (...lists: readonly Tree[][]): ReadonlySet<string> =>
  new Set(lists.flat().map(({ id }) => id as string));

function readIds(data: Tree): Readonly<Record<string, ReadonlySet<string>>> {
  return {
    Party: idsOf(data.policeUnits, data.offices, data.organisations.nodes),
    Event: idsOf(data.events.nodes),
    Programme: idsOf(data.programmes),
    Group: idsOf(data.groups.nodes),
    Visit: idsOf(data.visits.nodes),
    ItineraryStop: idsOf(data.visits.nodes.flatMap(({ stops }: Tree) => stops)),
    OfficerNomination: idsOf(
      data.groups.nodes.flatMap(({ officerNominations }: Tree) => officerNominations),
    ),
    Officer: idsOf(data.officers.nodes),
    Expert: idsOf(data.experts.nodes),
    Site: idsOf(data.nationalSites, data.regionalSites),
  };
}

describe.each(['facts', 'demonstration'] as const)(
  'references between the slices, with %s',
  (content) => {
    let network: OpenNetwork;
    let data: Tree;
    beforeAll(async () => {
      network = await openNetwork(content);
      const answer = await network.ask(everything);
      expect(answer.errors).toBeUndefined();
      data = answer.data;
    });
    afterAll(() => network[Symbol.asyncDispose]());

    it('all lead to a record', async () => {
      const known = readIds(data);
      let count = 0;
      for (const code of network.codes) {
        const { source } = network.serverOf(code);
        for (const [table, column, type] of references[code] ?? references.police ?? []) {
          const rows = await source.query<{ id: string | null }[]>(
            `SELECT "${column}" AS id FROM "${table}" WHERE "${column}" IS NOT NULL`,
          );
          const lost = rows.filter(({ id }) => !known[type]?.has(id ?? ''));
          expect(lost, `${code} ${table}.${column}`).toEqual([]);
          count += rows.length;
        }
      }
      expect(count).toBeGreaterThan(content === 'facts' ? 150 : 300);
    });

    it('are resolved by the hub to the data of the other owner', () => {
      const followed = [
        ...data.nationalSites.flatMap(({ organisation, event }: Tree) => [organisation, event]),
        ...data.regionalSites.flatMap((site: Tree) => [site.organisation, site.event, site.region]),
        ...data.visits.nodes.flatMap(({ stops }: Tree) => stops.map(({ site }: Tree) => site)),
        ...data.visits.nodes.flatMap(({ experts }: Tree) =>
          experts.map(({ expert }: Tree) => expert),
        ),
        ...data.groups.nodes.flatMap(({ members }: Tree) => members),
        ...data.regions.map(({ office }: Tree) => office),
      ].filter((entity) => entity !== null);
      expect(followed.length).toBeGreaterThan(10);
      for (const entity of followed)
        expect(entity.name ?? entity.title ?? entity.country, JSON.stringify(entity)).toBeTruthy();
    });
  },
);

describe('the demonstration', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('has officers of all eight polices, delegates, and experts of the Baltic ones', async () => {
    const { data } = await network.ask(`{
      officers(first: 1000, filter: { rehearsals: true }) { totalCount nodes { id country } }
      delegates(first: 1000, filter: { rehearsals: true }) { totalCount nodes { id country } }
      experts(first: 1000, filter: { rehearsals: true }) { totalCount nodes { id country languages } }
    }`);
    const countries = (list: Tree) =>
      [...new Set(list.nodes.map(({ country }: Tree) => country))].sort();
    expect(data.officers.totalCount).toBeGreaterThanOrEqual(40);
    expect(countries(data.officers)).toEqual(['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'SE']);
    expect(data.delegates.totalCount).toBe(30);
    expect(data.experts.totalCount).toBe(12);
    expect(countries(data.experts)).toEqual(['EE', 'LT', 'LV']);
    const people = [data.officers, data.delegates, data.experts].flatMap(({ nodes }) => nodes);
    for (const { id } of people) expect(id).toMatch(/^[a-z]+:demo-/);
  });

  it('has two programmes whose groups are planned, selected, travelling, and evaluated', async () => {
    const { data } = await network.ask(
      '{ programmes { id groups { state stateIsCertain direction plannedSize memberCount } } }',
    );
    const groups = new Map<string, Tree[] | null>(
      data.programmes.map((programme: Tree) => [programme.id, programme.groups]),
    );
    const statesOf = (id: string) => groups.get(id)?.map(({ state }) => state);
    expect(statesOf('nbnp:demo-programme')?.sort()).toEqual([
      'PLANNED',
      'SELECTED',
      'SELECTED',
      'TRAVELLING',
    ]);
    expect(statesOf('nbnp:demo-programme-past')).toEqual(['EVALUATED']);
    expect(groups.get('nbnp:mobility-programme-2009-2010')).toBeNull();
    const all = [...groups.values()].flatMap((list) => list ?? []);
    for (const { plannedSize, memberCount, state } of all) {
      expect(plannedSize).toBeGreaterThanOrEqual(10);
      expect(plannedSize).toBeLessThanOrEqual(15);
      expect(memberCount).toBe(state === 'PLANNED' ? 0 : plannedSize);
    }
    const byDirection = all.map(({ direction }) => direction).sort();
    expect(byDirection.slice(0, 2)).toEqual(Array(2).fill('NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA'));
    expect(byDirection.slice(2)).toEqual(Array(3).fill('NORTH_WEST_RUSSIA_TO_NORDIC'));
    for (const { stateIsCertain } of all) expect(stateIsCertain).toBe(true);
  });

  it('has journeys of five to seven days, to all the sectors, within their days', async () => {
    const { data } = await network.ask(
      '{ visits { nodes { id startsOn endsOn hostCountries missingSectors stops { day sector hostCountry site { country } } } } }',
    );
    expect(data.visits.nodes).toHaveLength(5);
    for (const { id, startsOn, endsOn, hostCountries, missingSectors, stops } of data.visits
      .nodes) {
      const days = (Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000 + 1;
      expect(days, id).toBeGreaterThanOrEqual(5);
      expect(days, id).toBeLessThanOrEqual(7);
      const sectors = stops.map(({ sector }: Tree) => sector);
      expect(sectors, id).toEqual(
        expect.arrayContaining(['POLICE', 'PROSECUTION', 'SOCIAL', 'NGO']),
      );
      expect(missingSectors, id).toEqual([]);
      for (const { day, hostCountry, site } of stops) {
        expect(day >= startsOn && day <= endsOn, `${id} ${day}`).toBe(true);
        expect(hostCountries).toContain(hostCountry);
        if (site) expect(site.country).toBe(hostCountry);
      }
    }
  });
});
