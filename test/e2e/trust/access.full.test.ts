import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { signAsHub } from '../network/sign-as-hub.js';
import { clock, hasEnded, visits } from './demonstration.js';

const asker = (organisation: string, role: Asker['role'] = 'coordinator'): Asker => ({
  organisation,
  role,
});

describe('who reads what through the hub', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const codesOf = ({ errors = [] }: Awaited<ReturnType<OpenNetwork['ask']>>) => [
    ...new Set(errors.map(({ extensions }) => extensions.code)),
  ];

  it('lets everybody read what is public', async () => {
    const states = 'groups { nodes { id state stateIsCertain memberCount reportsExpected } }';
    const answer = await network.ask(`{
      ${states}
      programmes { title roles { party { name } } } policeUnits { name sites { name } } offices { name }
      visits { nodes { id } totalCount }
    }`);
    expect(answer.errors).toBeUndefined();
    const statesIn = ({ data }: typeof answer) =>
      data.groups.nodes.map(({ state }: { state: string }) => state);
    // The first group is away. That is told to those alone whom an organisation vouches for.
    expect(statesIn(answer)).toEqual(['SELECTED', 'SELECTED', 'PLANNED', 'EVALUATED', 'SELECTED']);
    expect(statesIn(await network.ask(`{ ${states} }`, {}, asker('se', 'analyst')))).toEqual([
      'TRAVELLING',
      'SELECTED',
      'PLANNED',
      'EVALUATED',
      'SELECTED',
    ]);
    const ended = visits.filter(hasEnded);
    expect(ended).toContain('nbnp:demo-visit-4');
    const { nodes, totalCount } = answer.data.visits;
    expect(nodes.map(({ id }: Tree) => id).toSorted()).toEqual(ended);
    expect(totalCount).toBe(ended.length);
  });

  it.each([
    ['no such officer', '{ officer(id: "dk:demo-officer-99") { id } }'],
    ['no such visit', '{ visit(id: "nbnp:no-such-visit") { title } }'],
    ['disclosures', '{ networkDisclosures { nodes { id } } }'],
  ])('tells the anonymous nothing of %s', async (_what, query) => {
    const answer = await network.ask(query);
    expect(Object.values(answer.data)).toEqual([null]);
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
  });

  it('writes down who has read, for the organisation’s own auditor', async () => {
    await network.ask(
      'query Dossier { officer(id: "no:demo-officer-1") { name rank } }',
      {},
      { ...asker('no'), clientName: 'mobility desk' },
    );
    const query =
      '{ policeDisclosures(country: "NO") { nodes { readerOrganisation reader role purpose operationName clientName type fields records } } }';
    const answer = await network.ask(query, {}, asker('no', 'auditor'));
    expect(answer.errors).toBeUndefined();
    expect(answer.data.policeDisclosures.nodes[0]).toEqual({
      readerOrganisation: 'no',
      reader: 'no-coordinator',
      role: 'coordinator',
      purpose: null,
      operationName: 'Dossier',
      clientName: 'mobility desk',
      type: 'Officer',
      fields: ['name', 'rank'],
      records: 1,
    });
    for (const reader of [asker('no'), undefined]) {
      expect(codesOf(await network.ask(query, {}, reader))).toEqual(['FORBIDDEN']);
    }
  });

  it('shows an organisation’s auditor who reads elsewhere in its name, also whom the hub’s stolen key invents', async () => {
    const query =
      '{ policeDisclosures(country: "NO") { nodes { readerOrganisation reader type fields } } }';
    const readAs = async (organisation: string) => {
      const answer = await network.ask(query, {}, asker(organisation, 'auditor'));
      expect(answer.errors).toBeUndefined();
      return answer.data.policeDisclosures.nodes as Tree[];
    };
    const isOther = ({ readerOrganisation }: Tree) => readerOrganisation !== 'ee';
    // Every police is asked whether it hosts.
    const hosts = '{ visit(id: "nbnp:demo-visit-1") { hostings { status accommodation } } }';
    expect((await network.ask(hosts, {}, asker('ee'))).errors).toBeUndefined();
    const body = JSON.stringify({ query: '{ officer(id: "no:demo-officer-3") { email } }' });
    const thief = { kind: 'person', organisation: 'nbnp', subject: 'nobody-knows-her' } as const;
    const claims = { ...thief, role: 'coordinator', purpose: undefined } as const;
    const response = await fetch(network.urlOf('no'), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(await signAsHub(network.keys, 'no', body, claims)),
      },
      body,
    });
    expect(await response.text()).toMatch(/"email":"[^"]+"/);
    const read = { readerOrganisation: 'nbnp', reader: 'nobody-knows-her', type: 'Officer' };
    expect(await readAs('nbnp')).toContainEqual({ ...read, fields: ['email'] });
    const ofOther = await readAs('ee');
    expect(ofOther.length).toBeGreaterThan(0);
    expect(ofOther.filter(isOther)).toEqual([]);
  });

  it('writes down the name of the client also where a partner asks on for it', async () => {
    const confirm =
      'mutation { confirmStop(input: { unit: "fi:nowhere", stop: "nbnp:demo-stop-1-1", on: "2026-11-01", stopVersion: 1 }) { id } }';
    const answer = await network.ask(confirm, {}, { ...asker('fi'), clientName: 'asks on' });
    expect(codesOf(answer)).toEqual(['NOT_FOUND']);
    const query = '{ networkDisclosures { nodes { reader role clientName } } }';
    const { data } = await network.ask(query, {}, asker('fi', 'auditor'));
    expect(data.networkDisclosures.nodes).toContainEqual({
      reader: 'fi-service',
      role: 'service',
      clientName: 'asks on',
    });
  });

  it('refuses a name of the client that no partner would record', async () => {
    const named = (clientName: string) =>
      network.ask('{ __typename }', {}, { ...asker('no'), clientName });
    await expect(named('x'.repeat(256))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await named('x'.repeat(255))).toMatchObject({ data: { __typename: 'Query' } });
  });

  it('takes no question at a partner’s own door', async () => {
    for (const query of [
      '{ _service { sdl } }',
      '{ officers { nodes { name } } }',
      '{ policeUnits { id } }',
    ]) {
      const response = await fetch(network.urlOf('dk'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
  });

  it('erases a person at the word of the own co-ordinator alone, and keeps the counts', async () => {
    const erase = 'mutation { eraseOfficer(id: "is:demo-officer-3") }';
    for (const reader of [
      undefined,
      asker('nbnp'),
      asker('is', 'analyst'),
      asker('is', 'liaison'),
    ]) {
      const answer = await network.ask(erase, {}, reader);
      expect(answer.data?.eraseOfficer ?? null).toBeNull();
      expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    }
    const answer = await network.ask(erase, {}, asker('is'));
    expect(answer.data.eraseOfficer).toBe(true);
    const after = await network.ask(
      '{ officer(id: "is:demo-officer-3") { id name email } group(id: "nbnp:demo-group-2") { memberCount } }',
      {},
      asker('is'),
    );
    expect(after.data).toMatchObject({
      officer: { name: null, email: null },
      group: { memberCount: 11 },
    });
  });
});
