import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number };
}

/** The part of an OTLP export request that is read here. */
interface SentTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const readAttributes = (attributes: readonly Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

/** A collector of traces: OTLP over HTTP, as JSON. */
async function openCollector() {
  const bodies: string[] = [];
  const paths = new Set<string>();
  const server = createServer((request, response) => {
    paths.add(`${request.method} ${request.url}`);
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    bodies,
    spans: () =>
      bodies
        .flatMap((body) => (JSON.parse(body) as SentTraces).resourceSpans)
        .flatMap(({ resource, scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) =>
            spans.map((span) => ({
              ...span,
              service: readAttributes(resource.attributes)['service.name'] ?? '',
              facts: readAttributes(span.attributes),
            })),
          ),
        ),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const kinds = { internal: 1, server: 2, client: 3 };

describe('OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  let collector: Awaited<ReturnType<typeof openCollector>>;
  let network: OpenNetwork;
  beforeAll(async () => {
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '100');
    collector = await openCollector();
    network = await openNetwork('facts', { tracesEndpoint: collector.url });
  });
  afterAll(async () => {
    await network[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
    vi.unstubAllEnvs();
  });

  /** The spans of the trace of this one operation. */
  const traceOf = async (query: string, variables = {}) => {
    const before = new Set(collector.spans().map(({ traceId }) => traceId));
    await network.ask(query, variables);
    const roots = () =>
      collector.spans().filter(({ service, parentSpanId, traceId }) => {
        return service === 'hub' && !parentSpanId && !before.has(traceId);
      });
    await expect.poll(() => roots().length).toBe(1);
    const [root] = roots();
    const all = () => collector.spans().filter(({ traceId }) => traceId === root?.traceId);
    // What the hub called has been sent by its own process too.
    const isWhole = () => {
      const calls = all().filter(
        ({ name, facts }) => name === 'call' && facts['hub.outcome'] !== 'CACHED',
      );
      return calls.every(({ spanId }) => all().some((span) => span.parentSpanId === spanId));
    };
    await expect.poll(isWhole).toBe(true);
    return { root, all: all() };
  };

  it('traces an operation: its plan, each call, and the partner’s part with its statements', async () => {
    const { root, all } = await traceOf(
      '{ programme(id: "nbnp:mobility-programme-2009-2010") { title } policeUnits(filter: { country: "DK" }) { id name } }',
    );
    expect(root).toMatchObject({
      name: 'operation',
      kind: kinds.server,
      facts: { 'hub.outcome': 'complete' },
    });
    const steps = all.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
    expect(steps.map(({ name, kind }) => [name, kind]).toSorted()).toEqual([
      ['call', kinds.client],
      ['call', kinds.client],
      ['plan', kinds.internal],
    ]);
    const calls = steps.filter(({ name }) => name === 'call');
    expect(calls.map(({ facts }) => facts['hub.partner']).toSorted()).toEqual(['dk', 'nbnp']);
    for (const { spanId, facts } of calls) {
      const parts = all.filter(({ parentSpanId }) => parentSpanId === spanId);
      expect(parts).toMatchObject([
        { name: 'operation', kind: kinds.server, service: facts['hub.partner'] },
      ]);
      const statements = all.filter(({ parentSpanId }) => parentSpanId === parts[0]?.spanId);
      expect(statements.length).toBeGreaterThan(0);
      expect(new Set(statements.map(({ name }) => name))).toEqual(new Set(['statement']));
    }
    expect([...collector.paths]).toEqual(['POST /v1/traces']);
  });

  it('marks a call to a partner that is down as an error', async () => {
    await network.stop('lv');
    await network.ask('{ policeUnits(filter: { country: "LV" }) { id name } }');
    const failed = () =>
      collector
        .spans()
        .filter(({ status }) => status.code === 2)
        .map(({ name, facts }) => [name, facts['hub.partner'], facts['hub.outcome']]);
    await expect.poll(failed).toContainEqual(['call', 'lv', 'UNAVAILABLE']);
    await network.start('lv');
  });

  it('sends no text of a client, and nothing of the machine', async () => {
    await traceOf('query MarkInName($id: ID!) { programme(id: $id) { title } }', {
      id: 'nbnp:mark-in-variable',
    });
    const sent = collector.bodies.join('\n');
    for (const mark of ['MarkInName', 'mark-in-variable', 'programme', 'SELECT', 'Bearer'])
      expect(sent).not.toContain(mark);
    const keys = new Set(collector.spans().flatMap(({ facts }) => Object.keys(facts)));
    expect([...keys].toSorted()).toEqual(['hub.outcome', 'hub.partner']);
    const resources = collector.bodies
      .flatMap((body) => (JSON.parse(body) as SentTraces).resourceSpans)
      .flatMap(({ resource }) => resource.attributes.map(({ key }) => key));
    expect([...new Set(resources)].filter((key) => !key.startsWith('telemetry.sdk.'))).toEqual([
      'service.name',
    ]);
  });
});

describe('without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('no library of OpenTelemetry is loaded for traces: one file imports them, and it is loaded on demand', () => {
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    const importing = ['gateway', 'shared', 'subgraphs'].flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !/(^|\/)(node_modules|dist)\//.test(name))
        .map((name) => `${folder}/${name}`)
        .filter((path) =>
          /(from|import\() ?'(@opentelemetry\/|\.\/otlp-tracing)/.test(
            readFileSync(`${root}${path}`, 'utf8'),
          ),
        ),
    );
    expect(importing.toSorted()).toEqual([
      'shared/server/tracing/open-tracing.ts',
      'shared/server/tracing/otlp-tracing.ts',
    ]);
    const opener = readFileSync(`${root}shared/server/tracing/open-tracing.ts`, 'utf8');
    expect(opener).toContain("await import('./otlp-tracing.js')");
    expect(opener).not.toMatch(/from '\.\/otlp-tracing/);
  });
});
