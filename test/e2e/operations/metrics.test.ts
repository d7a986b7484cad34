import { catalogue } from '@hub/shared/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { readMetrics } from '../network/read-metrics.js';

describe('/metrics', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, isMeasured: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const ask = async (query: string, variables: object = {}, asker?: Asker) => {
    const response = await fetch(network.hubUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(asker && { authorization: `Bearer ${await createToken(network.keys, asker)}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return response.json() as Promise<unknown>;
  };
  const hub = () => readMetrics(network.hubUrl);
  const partner = (code: string) => readMetrics(network.urlOf(code));
  /** By how much a series grows meanwhile. */
  const growth = async (read: typeof hub, series: string, work: () => Promise<unknown>) => {
    const before = (await read()).valueOf(series) ?? 0;
    await work();
    return ((await read()).valueOf(series) ?? 0) - before;
  };
  const programme = '{ programme(id: "nbnp:mobility-programme-2009-2010") { title } }';

  it('counts each operation of the hub, and each call to its partner', async () => {
    const count = 'hub_operation_duration_seconds_count{outcome="complete"}';
    expect(await growth(hub, count, () => Promise.all([ask(programme), ask(programme)]))).toBe(2);
    const { valueOf } = await hub();
    const calls = valueOf(
      'hub_partner_call_duration_seconds_count{partner="nbnp",outcome="ANSWERED"}',
    );
    expect(calls).toBeGreaterThan(0);
    expect(valueOf('hub_planning_duration_seconds_count{outcome="planned"}')).toBeGreaterThan(0);
    expect(valueOf('hub_workers')).toBe(1);
    expect(valueOf('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(valueOf('hub_operations_waiting{of="people"}') ?? 0).toBe(0);
  });

  it('counts a call that the cache made unnecessary, instead of the call', async () => {
    const units = '{ policeUnits(filter: { country: "DK" }) { id name } }';
    const called = 'hub_partner_call_duration_seconds_count{partner="dk",outcome="ANSWERED"}';
    const saved = 'hub_partner_calls_saved_total{partner="dk",by="cache"}';
    const askAgain = async () => {
      const before = await hub();
      await ask(units);
      const after = await hub();
      return [called, saved].map(
        (name) => (after.valueOf(name) ?? 0) - (before.valueOf(name) ?? 0),
      );
    };
    // A partner’s first notice after the start of the network clears its cache.
    await expect.poll(askAgain).toEqual([0, 1]);
  });

  it('counts what a partner’s database does, and the disclosures that it records', async () => {
    const officers = '{ officers(first: 5, filter: { rehearsals: true }) { nodes { id name } } }';
    const statements = 'partner_database_statement_duration_seconds_count';
    const askOfficers = () => ask(officers, {}, { organisation: 'dk', role: 'coordinator' });
    expect(await growth(() => partner('dk'), statements, askOfficers)).toBeGreaterThan(0);
    const disclosures = 'partner_disclosures_total';
    expect(await growth(() => partner('dk'), disclosures, askOfficers)).toBe(1);
    const { valueOf } = await partner('dk');
    expect(valueOf('partner_operation_duration_seconds_count{outcome="complete"}')).toBeGreaterThan(
      0,
    );
    // The partner looks after its files every second.
    const active = async () => (await partner('dk')).valueOf('partner_database_statements_active');
    await expect.poll(active).toBe(0);
  });

  it('counts restricted reads that a partner refuses to signed-in callers', async () => {
    const officers = '{ officer(id: "dk:demo-officer-1") { id name email } }';
    // May read that she is an officer, and not her address.
    const askRefused = () => ask(officers, {}, { organisation: 'nbnp', role: 'liaison' });
    const refused = 'partner_refused_reads_total';
    expect(await growth(() => partner('dk'), refused, askRefused)).toBe(1);
    // The record has it once a minute.
    expect(await growth(() => partner('dk'), refused, askRefused)).toBe(1);
  });

  it('counts a person who reads restricted data of a partner for the first time', async () => {
    const officers = '{ officers(first: 5, filter: { rehearsals: true }) { nodes { id name } } }';
    const askAs = (organisation: string) => () =>
      ask(officers, {}, { organisation, role: 'liaison' });
    const grow = (organisation: string) =>
      growth(() => partner('fi'), 'partner_first_readers_total', askAs(organisation));
    expect(await grow('fi')).toBe(1);
    expect(await grow('fi')).toBe(0);
  });

  it('shows the free space of a partner’s disk, and the size of its database and its log', async () => {
    const { valueOf } = await partner('dk');
    expect(valueOf('partner_disk_free_bytes')).toBeGreaterThan(0);
    expect(valueOf('partner_disk_size_bytes')).toBeGreaterThan(
      valueOf('partner_disk_free_bytes') ?? 0,
    );
    expect(valueOf('partner_stored_bytes{part="data"}')).toBeGreaterThan(100_000);
    expect(valueOf('partner_stored_bytes{part="log"}')).toBeGreaterThanOrEqual(0);
  });

  it('counts requests that are refused, by their code', async () => {
    const invalid = 'hub_refused_requests_total{code="GRAPHQL_VALIDATION_FAILED"}';
    expect(await growth(hub, invalid, () => ask('{ nothingOfThisName }'))).toBe(1);
    const unknown = 'hub_refused_requests_total{code="UNAUTHENTICATED"}';
    const withForeignToken = () =>
      fetch(network.hubUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer a.b.c' },
        body: JSON.stringify({ query: programme }),
      });
    expect(await growth(hub, unknown, withForeignToken)).toBe(1);
  });

  it('counts at the partner what the hub did not sign', async () => {
    const unsigned = 'partner_refused_signatures_total{reason="UNSIGNED"}';
    const send = () =>
      fetch(network.urlOf('se'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      });
    expect(await growth(() => partner('se'), unsigned, send)).toBe(1);
  });

  it('counts an incomplete response, and names the partner that is missing', async () => {
    await network.stop('fi');
    const units = '{ policeUnits { id country } }';
    const incomplete = 'hub_incomplete_responses_total';
    expect(await growth(hub, incomplete, () => ask(units))).toBe(1);
    const missing = 'hub_missing_partners_total{partner="fi",status="UNAVAILABLE"}';
    expect(await growth(hub, missing, () => ask(units))).toBe(1);
    await network.start('fi');
  });

  it('counts exports by their extension', async () => {
    const made = 'hub_export_duration_seconds_count{extension="csv",outcome="made"}';
    const refused = 'hub_export_duration_seconds_count{extension="other",outcome="refused"}';
    const get = (file: string) => fetch(new URL(`/export/${file}`, network.hubUrl));
    expect(await growth(hub, made, () => get('offices.csv'))).toBe(1);
    expect(await growth(hub, refused, () => get('offices.secret-extension'))).toBe(1);
  });

  it('has no text of a client in it, whatever the client sends', async () => {
    const marks = ['MarkInName', 'mark-in-variable', 'mark-in-program', 'mark-in-path'];
    await fetch(network.hubUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollographql-client-name': 'mark-in-program',
        'x-request-id': 'mark-in-path',
      },
      body: JSON.stringify({
        query: 'query MarkInName($id: ID!) { programme(id: $id) { title } }',
        variables: { id: 'nbnp:mark-in-variable' },
        operationName: 'MarkInName',
      }),
    });
    await fetch(new URL('/export/mark-in-path.mark-in-path', network.hubUrl));
    const all = [await hub(), ...(await Promise.all(network.codes.map(partner)))];
    for (const { text } of all) for (const mark of marks) expect(text).not.toContain(mark);
    const bounded: Readonly<Record<string, readonly string[]>> = {
      partner: network.codes,
      organisation: [...network.codes, 'hub'],
      code: [...Object.keys(catalogue), 'OTHER'],
      extension: ['csv', 'geojson', 'graphml', 'ics', 'html', 'other'],
      by: ['cache', 'equal_call'],
      of: ['people', 'services'],
      state: ['busy', 'idle', 'waiting'],
      part: ['data', 'log'],
    };
    const constant = /^[a-zA-Z_]+$/;
    for (const [name, value] of all.flatMap(({ labels }) => labels)) {
      if (bounded[name]) expect(bounded[name]).toContain(value);
      else if (name === 'le') expect(value).toMatch(/^([\d.]+|\+Inf)$/);
      else {
        expect(['outcome', 'status', 'reason']).toContain(name);
        expect(value).toMatch(constant);
      }
    }
  });
});
