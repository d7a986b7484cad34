import { inner } from '@hub/shared/testing';
import type { Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { measureExports } from '../../gateway/plugins/exports/open-exports.js';
import { measureHeads } from '../../gateway/plugins/heads/open-heads.js';
import { createHubMeter } from '../../gateway/plugins/metrics/hub-metrics.js';
import { watchQueues } from '../../gateway/plugins/metrics/open-metrics.js';
import { createNoticeMeter } from '../../gateway/plugins/notices/open-notices.js';
import { createSharedStateMeter } from '../../gateway/plugins/shared-state/open-shared-state.js';
import { measureGraph } from '../../gateway/process/open-registry.js';
import { readNetwork } from '../../gateway/registry/network.js';

const read = (path: string) =>
  readFileSync(new URL(`../../gateway/${path}`, import.meta.url), 'utf8');

/** Labels of Prometheus’s own, and those that `prometheus.yml` adds. */
const everywhere = ['job', 'instance', 'partner', 'le'];

/** The labels of each metric that a hub and a partner have, by the name of its series. */
async function readSeries(): Promise<ReadonlyMap<string, readonly string[]>> {
  const certificates = { served: { current: { expiresAt: new Date() }, isBroken: false } };
  const disk = { path: '/', readStored: () => ({ data: 1, log: 1 }) };
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) };
  const metrics = new Registry();
  const meter = createHubMeter(metrics, certificates, disk, {
    readKeys: () => Promise.resolve({ dk: [publicKey] }),
    readRecords: () => Promise.resolve({ dk: false }),
  });
  const queue = { active: 0, waiting: 0 };
  watchQueues(metrics, {
    readOperations: () => ({ people: queue }),
    ports: new Map([['dk', { readLoad: () => queue }]]),
    statusOf: () => 'ANSWERING',
  });
  // Each is counted once, so that its labels are there.
  meter.operations.refused('OVERLOADED');
  meter.called('dk', 'ANSWERED', 1);
  meter.saved('dk', 'cache');
  meter.planned(true, 1);
  meter.incomplete([{ partner: 'dk', status: 'TIMED_OUT' }]);
  measureExports(metrics)('csv', true, 1);
  const notices = createNoticeMeter(metrics, () => [['dk', true]]);
  notices.received('dk', 1);
  notices.sent('change');
  measureHeads(metrics);
  measureGraph(metrics, true);
  const sharing = createSharedStateMeter();
  sharing.meter.message('sent');
  const partner = inner.createPartnerMetrics(() => ({ busy: 1, idle: 1, waiting: 0 }), {
    certificates,
    disk,
    readKeys: () => Promise.resolve({ hub: [publicKey] }),
    readMails: () => Promise.resolve({ count: 1, since: '2026-11-30T05:00:00.000Z' }),
  });
  partner.operations.refused('BAD_REQUEST');
  partner.refused('CLOCK');
  partner.mailed('sent');
  const series = new Map<string, readonly string[]>([['up', []]]);
  const all = [
    metrics.getMetricsAsJSON(),
    ...[sharing, partner].map(({ readCounts }) => readCounts()),
  ];
  for (const counts of await Promise.all(all))
    for (const { name, values } of counts)
      for (const { metricName = name, labels } of values as SeriesValue[])
        series.set(metricName, Object.keys(labels));
  return series;
}

interface SeriesValue {
  readonly metricName?: string;
  readonly labels: object;
}

/** The texts of all nodes of these kinds. */
function textsOf(tree: Tree, expression: string, kind: string): string[] {
  const texts: string[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => void (name === kind && texts.push(expression.slice(from, to))),
  });
  return texts;
}

/** What of an expression does not exist. */
async function findUnknown(written: string): Promise<string[]> {
  const expression = written.replaceAll('$__rate_interval', '5m');
  const series = await readSeries();
  const tree = parser.parse(expression);
  const errors = textsOf(tree, expression, '⚠').map((text) => `no PromQL: ${text || expression}`);
  const names = textsOf(tree, expression, 'VectorSelector').map(
    (selector) => /^\w+/.exec(selector)?.[0] ?? selector,
  );
  const labels = textsOf(tree, expression, 'LabelName');
  const known = new Set([...everywhere, ...names.flatMap((name) => series.get(name) ?? [])]);
  if (names.length === 0) errors.push(`no metric: ${expression}`);
  return [
    ...errors,
    ...names.filter((name) => !series.has(name)),
    ...labels.filter((label) => !known.has(label)).map((label) => `${label} in ${expression}`),
  ];
}

const rule = z.strictObject({
  alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
  expr: z.string(),
  for: z.string().regex(/^\d+m$/),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning', 'info']) }),
  annotations: z.strictObject({ summary: z.string().min(1), runbook: z.string() }),
});
const { groups } = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })) })
  .parse(parse(read('operations/alerts.yml')));
const alerts = groups.flatMap(({ rules }) => rules);

const panel = z.object({
  id: z.number(),
  title: z.string(),
  targets: z
    .array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() }))
    .optional(),
});
const { panels } = z
  .object({ panels: z.array(panel) })
  .parse(JSON.parse(read('operations/dashboard.json')));

describe('findUnknown', () => {
  it.each([
    ['rate(hub_nothing_total[5m])', ['hub_nothing_total']],
    ['sum by (person) (hub_workers)', ['person in sum by (person) (hub_workers)']],
    ['hub_workers{person="x"}', ['person in hub_workers{person="x"}']],
    ['rate(hub_workers[5m]', ['no PromQL: rate(hub_workers[5m]']],
  ])('finds what is wrong in %s', async (expression, unknown) => {
    expect(await findUnknown(expression)).toEqual(unknown);
  });
});

describe('alerts.yml', () => {
  it.each(alerts)(
    '$alert has an expression over metrics and labels that exist',
    async ({ expr }) => {
      expect(await findUnknown(expr)).toEqual([]);
    },
  );

  it.each(alerts)(
    '$alert names labels that its result has',
    ({ expr, annotations: { summary } }) => {
      const used = [...summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
      const kept = /\bby \(([^)]*)\)/.exec(expr)?.[1]?.split(/, */);
      for (const label of used) expect(kept ?? ['job', 'instance', 'partner']).toContain(label);
    },
  );

  it('has an entry in the guide for each alert, in the same order, and no other', () => {
    const entries = [...read('docs/alerts.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(entries.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted());
    for (const { alert, annotations } of alerts)
      expect(annotations.runbook).toBe(`gateway/docs/alerts.md#${alert.toLowerCase()}`);
  });
});

describe('dashboard.json', () => {
  const targets = panels.flatMap(({ title, targets: own = [] }) =>
    own.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
  );

  it.each(targets)('$title shows metrics and labels that exist: $expr', async ({ expr }) => {
    expect(await findUnknown(expr)).toEqual([]);
  });

  it('has each metric of the hub and of a partner', async () => {
    const shown = targets.map(({ expr }) => expr).join('\n');
    const names = [...(await readSeries()).keys()]
      .filter((name) => name !== 'up')
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect([...new Set(names)].filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('has panels with ids of their own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe('prometheus.yml', () => {
  it('reads the hub and each partner of the network, by its code', () => {
    const config = z
      .object({
        scrape_configs: z.array(
          z.object({
            job_name: z.string(),
            static_configs: z.array(
              z.object({
                targets: z.array(z.string()).length(1),
                labels: z.object({ partner: z.string() }).optional(),
              }),
            ),
          }),
        ),
      })
      .parse(parse(read('operations/prometheus.yml')));
    const network = readNetwork(
      fileURLToPath(new URL('../../gateway/network.json', import.meta.url)),
    );
    const found = config.scrape_configs.flatMap(({ job_name: job, static_configs: servers }) =>
      servers.map(({ targets: [target], labels }) => [job, labels?.partner, target]),
    );
    expect(found).toEqual([
      ['hub', undefined, `127.0.0.1:${network.port}`],
      ...network.partners.map(({ code, url }) => [
        'partner',
        code,
        `127.0.0.1:${new URL(url).port}`,
      ]),
    ]);
  });
});
