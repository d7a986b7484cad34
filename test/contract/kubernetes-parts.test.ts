import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { find, folder, podOf, readObjects, readYaml, sets } from './kubernetes-objects.js';

const part = z.object({
  patches: z.array(
    z.object({
      target: z.object({
        kind: z.string(),
        name: z.string().optional(),
        labelSelector: z.string().optional(),
      }),
      patch: z.string().transform((text): unknown => parse(text)),
    }),
  ),
});
const readPatches = (name: string) => readYaml(`${name}/kustomization.yaml`, part).patches;

const added = z.tuple([
  z.strictObject({ op: z.literal('add'), path: z.string(), value: z.unknown() }),
]);
const opened = z.strictObject({
  ports: z.tuple([z.strictObject({ protocol: z.literal('TCP'), port: z.int() })]),
});
const environmentOf = (name: string) => {
  const set = sets.find(({ metadata }) => metadata?.name === name);
  return (set ? podOf(set).container.env : []) ?? [];
};

describe('the optional parts of gateway/kubernetes', () => {
  it('https changes settings that each server has', () => {
    const container = z.object({ env: z.array(z.looseObject({ name: z.string() })) });
    const changed = z.object({
      spec: z.object({
        template: z.object({ spec: z.object({ containers: z.tuple([container]) }) }),
      }),
    });
    const ofHub = ['HUB_PLAIN_HTTP'];
    expect(
      readPatches('https').map(({ patch }) => {
        const [{ env }] = changed.parse(patch).spec.template.spec.containers;
        return env.map(({ name }) => name);
      }),
    ).toEqual([ofHub, ['SCHEME', ...ofHub]]);
    const has = (server: string, setting: string) =>
      environmentOf(server).some(({ name }) => name === setting);
    expect([
      has('hub', 'HUB_PLAIN_HTTP'),
      has('dk', 'HUB_PLAIN_HTTP'),
      has('dk', 'SCHEME'),
    ]).toEqual([true, true, true]);
  });

  it('shared-state names a store to the hub alone, and opens its port', () => {
    const [setting, policy] = readPatches('shared-state');
    expect([setting?.target, policy?.target]).toEqual([
      { kind: 'StatefulSet', name: 'hub' },
      { kind: 'NetworkPolicy', name: 'hub' },
    ]);
    const [{ value }] = added.parse(setting?.patch);
    const { name, value: url } = z.object({ name: z.string(), value: z.url() }).parse(value);
    expect(name).toBe('HUB_SHARED_STATE');
    const [{ value: rule }] = added.parse(policy?.patch);
    expect(String(opened.parse(rule).ports[0].port)).toBe(new URL(url).port);
  });

  it('elsewhere opens a port to the hub alone', () => {
    const [policy] = readPatches('elsewhere');
    expect(policy?.target).toEqual({ kind: 'NetworkPolicy', name: 'hub' });
    expect(opened.safeParse(added.parse(policy?.patch)[0].value).success).toBe(true);
  });

  it('mail opens a port to each partner, and not to the hub', () => {
    const [policy] = readPatches('mail');
    const [, key = '', value] = /^(.+)=(.+)$/.exec(policy?.target.labelSelector ?? '') ?? [];
    const chosen = find<INetworkPolicy>('NetworkPolicy').filter(
      ({ metadata }) => metadata?.labels?.[key] === value,
    );
    expect(chosen).toHaveLength(sets.length - 1);
    expect(chosen.map(({ metadata }) => metadata?.name)).not.toContain('hub');
    expect(opened.safeParse(added.parse(policy?.patch)[0].value).success).toBe(true);
  });
});

const { error: isMissing } = spawnSync('kustomize', ['version']);

// Where there is a kustomize. It is in no registry of packages for Node.
describe.skipIf(isMissing)('kustomize build, with all parts', () => {
  it('calls by HTTPS, and opens no more than the parts say', () => {
    const own = mkdtempSync(join(tmpdir(), 'hub-kustomize-'));
    try {
      const at = (name: string) => relative(own, join(folder, name));
      const parts = ['https', 'elsewhere', 'shared-state', 'mail'].map(at);
      const kustomization = { resources: [at('.')], components: parts };
      writeFileSync(join(own, 'kustomization.yaml'), JSON.stringify(kustomization));
      const { stdout, stderr } = spawnSync('kustomize', ['build', own], { encoding: 'utf8' });
      expect(stderr).toBe('');
      const objects = readObjects(stdout);
      const servers = objects.filter((one): one is IStatefulSet => one.kind === 'StatefulSet');
      expect(servers).toHaveLength(sets.length);
      const [hub, ...partners] = servers.toSorted((one) => (one.metadata?.name === 'hub' ? -1 : 1));
      const settingsOf = (set: IStatefulSet | undefined) =>
        new Map((set ? podOf(set).container.env : [])?.map(({ name, value }) => [name, value]));
      expect(settingsOf(hub).get('HUB_SHARED_STATE')).toMatch(/^rediss:/);
      for (const settings of servers.map(settingsOf))
        expect(settings.has('HUB_PLAIN_HTTP')).toBe(false);
      for (const settings of partners.map(settingsOf)) expect(settings.get('SCHEME')).toBe('https');
      const openTo = (policies: readonly INetworkPolicy[]) =>
        policies.map(({ metadata, spec }) => [
          metadata?.name,
          spec?.egress?.flatMap(({ to, ports }) =>
            to ? [] : (ports ?? []).map(({ port }) => port),
          ),
        ]);
      const before = new Map(openTo(find<INetworkPolicy>('NetworkPolicy')) as [string, unknown][]);
      const policies = objects.filter((one): one is INetworkPolicy => one.kind === 'NetworkPolicy');
      const partnersOf = servers.map(({ metadata }) => metadata?.name);
      for (const [name, ports] of openTo(policies) as [string, unknown][]) {
        const own = before.get(name);
        const more = partnersOf.includes(name) && Array.isArray(own) ? [...own, 587] : own;
        expect(ports, name).toEqual(name === 'hub' ? [443, 6379] : more);
      }
    } finally {
      rmSync(own, { recursive: true });
    }
  });
});
