import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { plan, runIn } from '../network/run-programme.js';

const page = { source: 'https://example.org/contact', checkedOn: '2026-01-01' };
const stated = { source: page.source, on: page.checkedOn };

describe('the network that its people keep', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('lets people of any country find the duty desk of a unit, and nobody without a sign-in', async () => {
    const { done } = runIn(network);
    const query =
      '{ policeUnits(filter: { country: "LV" }) { id contactPoints { mailbox version } } }';
    const read = async (caller: { organisation: string; role: 'analyst' | 'auditor' }) => {
      const { data, errors } = await network.ask(query, {}, caller);
      const unit = data.policeUnits.find(({ id }: { id: string }) => id === 'lv:police');
      return { points: unit.contactPoints as unknown, errors: errors ?? [] };
    };
    const analyst = { organisation: 'ee', role: 'analyst' } as const;
    expect(await read(analyst)).toEqual({ points: [], errors: [] });
    const first = { ...page, mailbox: 'duty@example.org' };
    const { contactPoints } = await done(
      'lv',
      'setUnitContactPoint',
      { unit: 'lv:police', set: first },
      'id contactPoints { id }',
    );
    const [{ id: contactPoint }] = contactPoints;
    expect((await read(analyst)).points).toEqual([{ mailbox: first.mailbox, version: 1 }]);
    const set = { ...page, mailbox: 'desk@example.org' };
    const change = { unit: 'lv:police', contactPoint, set, version: 1 };
    await done('lv', 'setUnitContactPoint', change);
    const moved = [{ mailbox: set.mailbox, version: 2 }];
    for (const organisation of ['ee', 'nbnp', 'ncm', 'lv'])
      expect((await read({ organisation, role: 'auditor' })).points).toEqual(moved);
    // Without a token, after the hub has served it to others.
    const response = await fetch(network.hubUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    expect(text).toContain('"contactPoints":null');
    expect(text).toContain('"code":"FORBIDDEN"');
    expect(text).not.toContain('example.org');
  });

  it('still finds a merged organisation that sites of other owners name', async () => {
    const { done } = runIn(network);
    const register = (name: string) =>
      done('nbnp', 'registerOrganisation', { name, kind: 'ngo', country: 'FI', ...stated });
    const [{ id: organisation }, { id: into }] = [await register('North'), await register('South')];
    const shelter = { name: 'Shelter of the North', sector: 'NGO', evidence: 'OFFERED_VISIT' };
    const named = { ...shelter, organisation, ...stated };
    const { id: site } = await done('fi', 'registerNationalSite', { country: 'FI', ...named });
    const { id: place } = await done('ncm', 'registerRegionalSite', named);
    const reason = 'Registered twice.';
    const merge = { organisation, into, reason, ...stated, version: 1, intoVersion: 1 };
    await done('nbnp', 'mergeOrganisations', merge);
    const { data, errors } = await network.ask(
      `{ nationalSites(filter: { country: "FI", search: "Shelter of the North" }) { id organisation { id name mergedInto { id name } } }
         regionalSites { id organisation { id name mergedInto { id name } } }
         party(id: "${organisation}") { name }
         organisations(filter: { country: "FI" }, first: 1000) { nodes { id } } }`,
      {},
    );
    expect(errors).toBeUndefined();
    const merged = { id: organisation, name: 'North', mergedInto: { id: into, name: 'South' } };
    expect(data.nationalSites).toEqual([{ id: site, organisation: merged }]);
    expect(data.regionalSites).toContainEqual({ id: place, organisation: merged });
    expect(data.party).toEqual({ name: 'North' });
    const listed = data.organisations.nodes.map(({ id }: { id: string }) => id);
    expect(listed).toContain(into);
    expect(listed).not.toContain(organisation);
  });

  it('lets the office that stays send people with a group whose side names the one that went', async () => {
    const { done } = runIn(network);
    const [office, into] = ['ncm:parnu', 'ncm:valga'];
    const acting = { selectors: [office], coordinators: [office] };
    const estonia = { name: 'Estonia', countries: ['EE'], ...acting };
    const finland = { name: 'Finland', countries: ['FI'], hosts: ['fi:npb'] };
    const planned = { ...plan, sides: [estonia, finland] };
    const created = await done('nbnp', 'createProgramme', planned, 'id sides { id }');
    const [from, to] = (created['sides'] as readonly { id: string }[]).map(({ id }) => id);
    const named = { programme: created.id, name: 'From Pärnu', plannedSize: 2, from, to };
    const { id: group } = await done('nbnp', 'createGroup', named);
    const person = { office, name: 'Anna Invented', targetGroup: 'POLICE', country: 'EE' };
    const { id: delegate } = await done('ncm', 'registerDelegate', { ...person, languages: [] });
    const reason = 'Registered twice.';
    const merged = { office, into, reason, ...stated, version: 1, intoVersion: 1 };
    await done('ncm', 'mergeOffices', merged);
    const nominated = { group, delegate, on: '2031-02-01' };
    const shown = 'delegate { office { id } }';
    expect(await done('ncm', 'nominateDelegate', nominated, shown)).toEqual({
      delegate: { office: { id: into } },
    });
    const { data, errors } = await network.ask(
      `{ group(id: "${group}") { from { selectors { id name ... on Office { mergedInto { id } } } } }
         offices(filter: { country: "EE", kind: INFORMATION_POINT }) { id }
         groups(filter: { coordinatingOffice: "${into}" }) { nodes { id } }
         office(id: "${into}") { coordinatedGroups { id } } }`,
      {},
    );
    expect(errors).toBeUndefined();
    const name = 'Nordic information point in Pärnu';
    expect(data).toEqual({
      group: { from: { selectors: [{ id: office, name, mergedInto: { id: into } }] } },
      offices: [{ id: into }],
      groups: { nodes: [{ id: group }] },
      office: { coordinatedGroups: [{ id: group }] },
    });
  });

  it('warns that a unit which hosts, and a site, end before the visit', async () => {
    const { done } = runIn(network);
    const estonia = { name: 'Estonia', countries: ['EE'] };
    const finland = { name: 'Finland', countries: ['FI'] };
    const planned = { ...plan, title: 'To the north', sides: [estonia, finland] };
    const created = await done('nbnp', 'createProgramme', planned, 'id sides { id }');
    const [from, to] = (created['sides'] as readonly { id: string }[]).map(({ id }) => id);
    const named = { programme: created.id, name: 'To the coast', plannedSize: 2, from, to };
    const { id: group } = await done('nbnp', 'createGroup', named);
    const police = { name: 'Police of the coast', country: 'FI', ...stated };
    const { id: unit } = await done('fi', 'registerPoliceUnit', police);
    const court = {
      name: 'Court of the coast',
      sector: 'COURT',
      evidence: 'OFFERED_VISIT',
      ...stated,
    };
    const { id: site } = await done('fi', 'registerNationalSite', { country: 'FI', ...court });
    const days = { startsOn: '2031-05-04', endsOn: '2031-05-09' };
    const week = { group, title: 'A week', hostCountries: ['FI'], ...days };
    const { id: visit } = await done('nbnp', 'scheduleVisit', week);
    const day = { visit, hostCountry: 'FI', day: '2031-05-06', sector: 'COURT', site };
    const { id: stop } = await done('nbnp', 'addItineraryStop', { ...day, title: 'A court' });
    const { id: hosting } = await done('fi', 'offerHosting', { unit, visit });
    await done('fi', 'confirmHosting', { hosting, on: '2031-03-10' });
    const warnings = async () => {
      const query = `{ group(id: "${group}") { warnings { code subject owner dueOn } } }`;
      const caller = { organisation: 'nbnp', role: 'coordinator' } as const;
      const { data, errors } = await network.ask(query, {}, caller);
      expect(errors).toBeUndefined();
      return (data.group.warnings as { code: string }[]).filter(({ code }) =>
        code.endsWith('_CLOSED'),
      );
    };
    expect(await warnings()).toEqual([]);
    await done('fi', 'closePoliceUnit', { unit, validTo: '2031-05-08', version: 1, ...stated });
    await done('fi', 'closeNationalSite', { site, closedOn: '2031-04', version: 1, ...stated });
    expect(await warnings()).toEqual([
      { code: 'HOST_CLOSED', subject: hosting, owner: 'fi', dueOn: days.startsOn },
      { code: 'SITE_CLOSED', subject: stop, owner: 'nbnp', dueOn: day.day },
    ]);
    const endingsOf = async (organisation: string) => {
      const query = '{ endings { nodes { kind subject endedOn } } }';
      const asked = await network.ask(query, {}, { organisation, role: 'liaison' });
      expect(asked.errors).toBeUndefined();
      return asked.data.endings.nodes as object[];
    };
    expect(await endingsOf('fi')).toEqual([
      { kind: 'HOST_CLOSED', subject: hosting, endedOn: '2031-05-08' },
    ]);
    expect(await endingsOf('nbnp')).toEqual([
      { kind: 'SITE_CLOSED', subject: stop, endedOn: '2031-04-30' },
    ]);
    expect(await endingsOf('ee')).toEqual([]);
  });

  it('lets a police force say what came of its own event, and others read it', async () => {
    const { done, call } = runIn(network);
    const seminar = { title: 'A seminar in Tallinn', kind: 'SEMINAR', organisers: ['ee:ppa'] };
    const { id: event } = await done('ee', 'recordEvent', seminar);
    const outcome = { event, kind: 'PROJECT', title: 'A network of shelters.', ...stated };
    const mandated = ['lv:police', 'ncm:tll', 'nbnp:nbnp'];
    const { id } = await done('ee', 'recordOutcome', { ...outcome, mandated });
    const url = 'https://example.org/photographs';
    await done('ee', 'recordLink', { about: event, url, on: stated.on });
    for (const organisation of ['lv', 'ncm', 'dk'])
      expect(await call(organisation, 'recordOutcome', outcome)).toMatchObject({
        code: 'FORBIDDEN',
      });
    const { data, errors } = await network.ask(
      `{ event(id: "${event}") { outcomes { id mandated { id name } } links { url } } }`,
      {},
    );
    expect(errors).toBeUndefined();
    const name = expect.any(String) as unknown;
    expect(data.event).toEqual({
      outcomes: [{ id, mandated: mandated.map((party) => ({ id: party, name })) }],
      links: [{ url }],
    });
  });
});
