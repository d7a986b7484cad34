import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedIn, slowDown } from '../network/hung-partner.js';
import { openTools } from '../network/open-assistant.js';
import type { Answer, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { readMetrics } from '../network/read-metrics.js';

/** A partner and an operation have longer than this test. So an answer at all is one by the client’s deadline. */
const longMs = 600_000;

describe('hub-deadline-ms', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isMeasured: true, deadlineMs: longMs });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const send = async (query: string, deadline?: string) => {
    const startedAt = performance.now();
    const response = await fetch(network.hubUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(deadline !== undefined && { 'hub-deadline-ms': deadline }),
      },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as Answer;
    return { answer, status: response.status, ms: performance.now() - startedAt };
  };

  const whileSlow = async <T>(code: string, look: () => Promise<T>): Promise<T> => {
    try {
      await using _ = await slowDown(network, code);
      return await look();
    } finally {
      await network.start(code);
    }
  };

  it('answers with what has come by then, and names who was too slow: nothing counts that', async () => {
    const units = '{ policeUnits { id } offices { id } }';
    const whole = (await send(units)).answer;
    expect(namedIn(whole)).toEqual([]);
    const { answer, ms } = await whileSlow('ncm', () => send(units, '700'));
    expect(answer.data).toEqual({ policeUnits: whole.data.policeUnits, offices: null });
    expect(namedIn(answer)).toEqual(['ncm TIMED_OUT']);
    expect(answer.extensions.completeness?.complete).toBe(false);
    expect(ms).toBeGreaterThan(600);
    const { valueOf } = await readMetrics(network.hubUrl);
    const late = 'hub_missing_partners_total{partner="ncm",status="TIMED_OUT"}';
    expect(valueOf(late) ?? 0).toBe(0);
  });

  it('bounds an operation of several steps as a whole', async () => {
    const steps = '{ groups { nodes { id state officerNominations { id officer { id name } } } } }';
    const { answer } = await whileSlow('se', () => send(steps, '900'));
    expect(answer.data?.groups.nodes.length, JSON.stringify(answer.errors)).toBeGreaterThan(0);
    expect(namedIn(answer)).toContain('se TIMED_OUT');
  });

  /** The hub’s response to any request. */
  const sendTo = async (url: URL, init: RequestInit) => {
    const response = await fetch(url, init);
    return { response, text: await response.text() };
  };

  it('bounds an export: it is refused, or partial with the name of who was too slow', async () => {
    const get = (search: string) =>
      sendTo(new URL(`/export/policeUnits.csv${search}`, network.hubUrl), {
        headers: { 'hub-deadline-ms': '700' },
      });
    const [refused, partial] = await whileSlow('lt', async () => [
      await get(''),
      await get('?partial=true'),
    ]);
    const { errors }: Tree = JSON.parse(refused.text);
    expect(errors[0].extensions).toMatchObject({ code: 'PARTNER_TIMED_OUT', partner: 'lt' });
    const { complete, partners }: Tree = JSON.parse(
      partial.response.headers.get('hub-completeness') ?? '',
    );
    expect([complete, partners.lt.status, partners.fi.status]).toEqual([
      false,
      'TIMED_OUT',
      'ANSWERED',
    ]);
    expect(partial.text).toContain('fi:');
  });

  it('bounds a call of a tool, which names who was too slow', async () => {
    await using tools = await openTools(network.hub, network.keys);
    const given = { name: 'FindParties', arguments: { purpose: 'a test' } };
    const { text } = await whileSlow('lv', () =>
      sendTo(tools.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'hub-deadline-ms': '700',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: given }),
      }),
    );
    expect(text).toContain('(lv): PARTNER_TIMED_OUT');
  });

  it('is refused in another form wherever it counts', async () => {
    await using tools = await openTools(network.hub, network.keys);
    const headers = { 'hub-deadline-ms': 'soon' };
    const links = new URL('/export/links', network.hubUrl);
    const requests = [
      sendTo(new URL('/export/offices.csv', network.hubUrl), { headers }),
      sendTo(tools.url, { method: 'POST', headers, body: '{}' }),
      sendTo(links, { headers }),
    ];
    for (const { response, text } of await Promise.all(requests)) {
      expect(response.status).toBe(400);
      expect(text).toContain('hub-deadline-ms must be a number');
    }
  });

  it('is at most the hub’s own', async () => {
    const { answer, status } = await send('{ policeUnits { id } }', '9999999');
    expect([status, namedIn(answer)]).toEqual([200, []]);
  });

  it.each(['', '0', '-1', '1.5', '1e3', 'soon', '10000000'])('is refused as %j', async (value) => {
    const { answer, status } = await send('{ policeUnits { id } }', value);
    expect(status).toBe(400);
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  });
});
