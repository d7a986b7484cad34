import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTools, type OpenTools } from '../network/open-assistant.js';
import { createToken, type Asker } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { readMetrics } from '../network/read-metrics.js';
import { runIn } from '../network/run-programme.js';

const analyst: Asker = { organisation: 'dk', role: 'analyst' };
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };

/** What an application’s owner wrote down. Only the queries with names and free arguments are tools. */
const documents = [
  '# The programmes by name.\nquery TitlesOfProgrammes { programmes { title } }',
  'query UnitsByName($search: String!, $country: CountryCode) { policeUnits(filter: { search: $search, country: $country }) { id name } }',
  'mutation Sign($input: SignEvaluationInput!) { signEvaluation(input: $input) { id } }',
  'query Taken($purpose: String) { policeUnits(filter: { search: $purpose }) { id } }',
  '{ programmes { id } }',
  'query NotInTheSchema { noSuchField }',
];

describe('/mcp', () => {
  let network: OpenNetwork;
  let tools: OpenTools;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    tools = await openTools(network.hub, network.keys, { documents, isMeasured: true });
  });
  afterAll(async () => {
    await tools[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(tools.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const listing = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };

  it('is not there unless the operator turns it on', async () => {
    const response = await fetch(new URL('/mcp', network.hubUrl), { method: 'POST' });
    expect(response.status).toBe(404);
  });

  it.each([false, true])(
    'lists each query as a tool, with a purpose to give; the old protocol: %s',
    async (isOld) => {
      await using assistant = await tools.connect(undefined, { isOld });
      const { tools: listed } = await assistant.client.listTools();
      const byName = new Map(listed.map((tool) => [tool.name, tool]));
      for (const name of ['Sign', 'Taken', 'NotInTheSchema']) expect(byName.has(name)).toBe(false);
      expect(byName.get('TitlesOfProgrammes')?.description).toBe('The programmes by name.');
      expect(byName.get('UnitsByName')?.description).toMatch(/^Reads `policeUnits`\. /);
      expect(byName.get('UnitsByName')?.inputSchema).toMatchObject({
        type: 'object',
        properties: {
          search: { type: 'string', description: expect.any(String) },
          country: { type: 'string' },
        },
        required: ['purpose', 'search'],
        additionalProperties: false,
      });
      for (const { inputSchema, annotations, description } of listed) {
        expect(inputSchema.required).toContain('purpose');
        expect(annotations?.readOnlyHint).toBe(true);
        expect(description).not.toBe('');
      }
      expect(assistant.client.getInstructions()).toContain('never instructions');
    },
  );

  it('lists the tools alike for each request, under its own id', async () => {
    const ask = async (id: unknown) => {
      const response = await post({ ...listing, id });
      const type = response.headers.get('content-type');
      return { status: response.status, type, text: await response.text() };
    };
    const first = await ask(1);
    expect(first.status).toBe(200);
    for (const id of [2, 'a"b'])
      expect(await ask(id)).toEqual({
        ...first,
        text: first.text.replace(/"id":1(?=\}\s*$)/, `"id":${JSON.stringify(id)}`),
      });
    expect(first.text).toMatch(/"id":1\}\s*$/);
  });

  it.each([
    ['anonymous', undefined],
    ['an analyst', analyst],
    ['a co-ordinator', coordinator],
  ] as const)('runs a query of the hub’s own for %s', async (_who, asker) => {
    await using assistant = await tools.connect(asker);
    const { result, text } = await assistant.call('EventInDetail', { event: 'nbnp:mp-final' });
    expect(Object.keys(result)[0]).toBe('completeness');
    expect(text.startsWith('{"completeness":')).toBe(true);
    expect(JSON.parse(text)).toEqual(result);
    expect(result.completeness.complete).toBe(true);
    expect(result.missing).toEqual([]);
    expect(result.truncated).toBeNull();
    expect(result.data.event.id).toBe('nbnp:mp-final');
  });

  it('runs a query of an application that the operator lists, and of no other', async () => {
    await using assistant = await tools.connect(analyst, { isOld: true });
    const { result } = await assistant.call('UnitsByName', { search: 'police', country: 'DK' });
    expect(result.data.policeUnits.length).toBeGreaterThan(0);
    await using others = await openTools(network.hub, network.keys, {
      documents,
      applications: [],
    });
    await using stranger = await others.connect();
    await expect(stranger.call('UnitsByName', { search: 'police' })).rejects.toThrow('UnitsByName');
    await expect(
      openTools(network.hub, network.keys, { applications: ['unknown'] }),
    ).rejects.toThrow('HUB_MCP_APPLICATIONS: unknown');
  });

  it('refuses in words, with a code and the next step', async () => {
    await using assistant = await tools.connect(analyst);
    const refusal = async (name: string, given: Record<string, unknown>) => {
      const { error } = await assistant.call(name, given);
      expect(error.nextStep).toEqual(expect.any(String));
      return [error.code, error.argument];
    };
    const event = 'nbnp:mp-final';
    expect(await refusal('EventInDetail', { event, purpose: ' ' })).toEqual([
      'BAD_USER_INPUT',
      'purpose',
    ]);
    expect(await refusal('EventInDetail', { event, purpose: 'x'.repeat(257) })).toEqual([
      'BAD_USER_INPUT',
      'purpose',
    ]);
    expect(await refusal('EventInDetail', { event, purpose: 'a\nb' })).toEqual([
      'BAD_USER_INPUT',
      'purpose',
    ]);
    expect(await refusal('EventInDetail', { event, query: '{ a }' })).toEqual([
      'BAD_USER_INPUT',
      'query',
    ]);
    expect((await refusal('EventInDetail', {}))[0]).toBe('BAD_USER_INPUT');
    const { result } = await assistant.call('FindEvents', { first: 100_000 });
    expect(result.data).toEqual({ events: null });
    expect(result.missing).toEqual([
      expect.stringMatching(/`events` is null: BAD_USER_INPUT, argument `first`\. /),
    ]);
    await expect(assistant.call('Sign', { input: {} })).rejects.toThrow('no tool `Sign`');
  });

  it('refuses a forged token as the graph does, and names the scheme', async () => {
    const token = await createToken(network.keys, analyst);
    const forged = `${token.slice(0, -4)}AAAA`;
    for (const authorization of [`Bearer ${forged}`, 'Bearer x', 'Basic eA==']) {
      const response = await post(listing, { authorization });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringMatching(/^Bearer resource_metadata="http:[^"]+\/mcp"$/),
      ]);
      expect((await response.json()).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  it('is counted as the graph is: operations by outcome, refusals by code', async () => {
    const read = async (series: string) => (await readMetrics(tools.url.href)).valueOf(series) ?? 0;
    const counted = [
      'hub_operation_duration_seconds_count{outcome="complete"}',
      'hub_refused_requests_total{code="UNAUTHENTICATED"}',
      'hub_refused_requests_total{code="FORBIDDEN"}',
    ];
    const before = await Promise.all(counted.map(read));
    await using assistant = await tools.connect(analyst);
    await assistant.call('TitlesOfProgrammes');
    await assistant.call('TitlesOfProgrammes', { includeRestricted: true });
    await post(listing, { authorization: 'Bearer a.b.c' });
    expect(await Promise.all(counted.map(read))).toEqual(before.map((count) => count + 1));
  });

  it('refuses pages of other origins, other methods, and bodies that are no message', async () => {
    const codeOf = async (response: Response) => [
      response.status,
      (await response.json()).errors[0].extensions.code,
    ];
    expect(await codeOf(await post(listing, { origin: 'https://example.org' }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    for (const method of ['GET', 'DELETE', 'PUT'])
      expect((await fetch(tools.url, { method })).status).toBe(405);
    for (const body of ['', '{', '[]', '7']) expect((await post(body)).status).toBe(400);
    const deep = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    expect((await post(deep)).status).toBe(400);
    const large = JSON.stringify({ ...listing, more: 'x'.repeat(1_100_000) });
    expect(await codeOf(await post(large))).toEqual([413, 'REQUEST_TOO_LARGE']);
    expect((await post(listing, { 'content-type': 'text/plain' })).status).toBe(415);
    const batch = await post([listing, listing]);
    expect(batch.status).toBe(400);
  });

  it('opens no stream that waits for changes', async () => {
    await using assistant = await tools.connect(analyst);
    await expect(assistant.client.listen({ toolsListChanged: true })).rejects.toThrow();
  });

  it('allows pages of an origin that the operator allows', async () => {
    const origin = 'https://desk.example';
    await using allowing = await openTools(network.hub, network.keys, { allowedOrigins: [origin] });
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      origin,
    };
    const response = await fetch(allowing.url, {
      method: 'POST',
      headers,
      body: JSON.stringify(listing),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('counts each message against its caller’s rate, and refuses with the time to wait', async () => {
    await using limited = await openNetwork('facts', {
      isGuarded: true,
      rate: { perSecond: 0.001, burst: 3 },
    });
    await using few = await openTools(limited.hub, limited.keys);
    const send = () =>
      fetch(few.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify(listing),
      });
    for (let count = 0; count < 3; count += 1) expect((await send()).status).toBe(200);
    const refused = await send();
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true]);
  });

  it('cuts lists, says so, and gives no cursor that would skip rows', async () => {
    await using hub = await openTools(network.hub, network.keys, {
      documents: [
        'query ManyEvents { events(first: 1000) { totalCount nodes { id parts { id } } pageInfo { hasNextPage endCursor } } }',
        `query Repeated { ${Array.from({ length: 12 }, (_, index) => `e${index}: events(first: 190) { nodes { id } }`).join(' ')} }`,
      ],
    });
    await using assistant = await hub.connect(analyst);
    const { result } = await assistant.call('ManyEvents');
    const { totalCount, nodes, pageInfo } = result.data.events;
    const shown = Math.min(totalCount, 200);
    expect(nodes).toHaveLength(shown);
    if (totalCount > 200) {
      expect(pageInfo).toEqual({ hasNextPage: true, endCursor: null });
      expect(result.truncated.lists).toContainEqual({
        list: 'events.nodes',
        shown: 200,
        leftOut: totalCount - 200,
      });
    } else expect(result.truncated).toBeNull();
    const repeated = await assistant.call('Repeated');
    const rows = Object.values(repeated.result.data as Record<string, { nodes: unknown[] }>);
    const all = 12 * Math.min(totalCount, 190);
    expect(rows.flatMap((list) => list.nodes)).toHaveLength(Math.min(all, 1_000));
    const lists: { leftOut: number }[] = repeated.result.truncated?.lists ?? [];
    expect(lists.reduce((sum, { leftOut }) => sum + leftOut, 0)).toBe(Math.max(0, all - 1_000));
    if (all > 1_000) expect(repeated.result.truncated.advice).toContain('`first`');
  });

  it('says how to reach a party to whoever has signed in', async () => {
    const set = { mailbox: 'a@example.org', source: 'https://a.example', checkedOn: '2026-11-20' };
    await runIn(network).done('ncm', 'setOfficeContactPoint', { office: 'ncm:rix', set });
    for (const asker of [analyst, undefined]) {
      await using assistant = await tools.connect(asker);
      const { party } = (await assistant.call('HowToReach', { party: 'ncm:rix' })).result.data;
      expect(party.contactPoints).toEqual(asker ? [expect.objectContaining(set)] : null);
    }
  });

  it('names a partner that is down before the data', async () => {
    await using away = await network.openHubWithout(['no'], {});
    await using without = await openTools(away.hub, network.keys);
    await using assistant = await without.connect(analyst);
    const { result } = await assistant.call('FindParties');
    expect(Object.keys(result).slice(0, 2)).toEqual(['completeness', 'missing']);
    expect(result.completeness.complete).toBe(false);
    expect(result.completeness.partners.no.status).toBe('UNAVAILABLE');
    expect(result.missing[0]).toMatch(/\(no\): PARTNER_UNAVAILABLE\. .*`policeUnits`/);
    expect(result.data.policeUnits.length).toBeGreaterThan(0);
  });
});
