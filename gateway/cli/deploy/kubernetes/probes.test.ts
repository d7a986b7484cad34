import { createAuthority, openPemFolder } from '@hub/shared/testing';
import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseNetwork, type Network } from '../../../registry/network.js';
import type { Scheme } from '../placed-network.js';
import { describeManifests } from './manifests.js';

const options = {
  namespace: 'network',
  ingressNamespace: 'ingress-nginx',
  metricsNamespace: 'monitoring',
  images: 'registry.example.org/hub',
  tag: '1.2.3',
} as const;

const partner = (code: string, url: string) => ({
  code,
  name: `Police of ${code}`,
  subgraph: 'national-police',
  url,
  contact: `hub@${code}.example.org`,
  publicKeys: `keys/${code}.public.json`,
});

const createNetwork = (...partners: readonly object[]): Network =>
  parseNetwork(JSON.stringify({ port: 4000, partners }));

const one = createNetwork(partner('dk', 'http://127.0.0.1:4111/graphql'));

/** The command of a server’s probe. */
function readProbe(): string[] {
  const objects = describeManifests(one, options).flatMap((file) => file.objects);
  const set = objects.find((object): object is IStatefulSet => object.kind === 'StatefulSet');
  const [container] = set?.spec?.template.spec?.containers ?? [];
  return container?.readinessProbe?.exec?.command ?? [];
}

describe('npm run hub -- deploy kubernetes', () => {
  it('has probes that pass as printed, with a certificate and without', async () => {
    const [, ...flags] = readProbe();
    await using folder = await openPemFolder();
    const pair = await (await createAuthority()).issue();
    const files = await folder.writePair('hub', pair);
    const respond: RequestListener = (_request, response) => response.writeHead(200).end();
    const servers = [
      { server: createServer(respond), set: {} },
      {
        server: createTlsServer(pair, respond),
        set: { HUB_TLS_CERT: files.certificate, HUB_TLS_KEY: files.key },
      },
    ];
    for (const { server, set: tls } of servers) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const env = { PATH: process.env.PATH, HUB_PORT: String(port), ...tls };
      // As in the container: in the folder of the server.
      await promisify(execFile)(process.execPath, flags, { env, cwd: 'gateway' });
      server.close();
      await once(server, 'close');
      await expect(
        promisify(execFile)(process.execPath, flags, { env, cwd: 'gateway' }),
      ).rejects.toThrow();
    }
  });

  it('lets the services call each other by HTTPS if they are to, and warns of no call between them', () => {
    const read = (network: Network, scheme: Scheme) =>
      describeManifests(network, { ...options, scheme }).flatMap(({ objects }) => objects);
    const print = (network: Network, scheme: Scheme) => JSON.stringify(read(network, scheme));
    expect(print(one, 'https')).toMatch(
      /https:\/\/hub:4000[^]*https:\/\/dk:4111|https:\/\/dk:4111[^]*https:\/\/hub:4000/,
    );
    expect(print(one, 'https')).not.toMatch(/http:\/\/(hub|dk)|HUB_PLAIN_HTTP/);
    const allows = '{"name":"HUB_PLAIN_HTTP","value":"allow"}';
    expect(print(one, 'http').split(allows)).toHaveLength(3);
    const away = createNetwork(
      partner('dk', 'http://dk:4111/graphql'),
      partner('se', 'http://hub.se.example.org/graphql'),
    );
    // The hub calls se without TLS, which it is to say.
    expect(print(away, 'http').split(allows)).toHaveLength(2);
  });
});
