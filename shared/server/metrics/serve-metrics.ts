import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BlockList, isIPv6 } from 'node:net';
import { Registry } from 'prom-client';
import { HubError } from '../../errors/hub-error.js';

export interface ServedMetrics {
  /** The addresses and networks that may read: `10.0.0.0/8`. Nobody else may. */
  readonly readers: readonly string[];
  /** Everything in Prometheus’s text format. */
  read(): Promise<string>;
}

/** A proxy that passes a request on adds one of these. */
const forwardedBy = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const;

function listAddresses(readers: readonly string[]): BlockList {
  const list = new BlockList();
  for (const reader of readers) {
    const [address = '', bits] = reader.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Whether the client’s own address is known. Behind a proxy that is not trusted, every client seems
 * to have the proxy’s address.
 */
const isKnown = ({ headers, ips = [] }: FastifyRequest): boolean =>
  ips.length > 1 || forwardedBy.every((name) => headers[name] === undefined);

/**
 * Serves `/metrics` to Prometheus, by the address of its server: `FORBIDDEN` for everybody else.
 * Without readers there is no such path. It is not logged, because it is requested every few
 * seconds.
 */
export function registerMetrics(
  http: FastifyInstance,
  { readers, read }: ServedMetrics,
  count: (address: string) => void = () => undefined,
): void {
  if (readers.length === 0) return;
  const list = listAddresses(readers);
  const options = { logLevel: 'silent', exposeHeadRoute: false } as const;
  http.get('/metrics', options, async (request, reply) => {
    const { ip } = request;
    count(ip);
    if (!isKnown(request) || !list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4')) {
      const message = 'Metrics are only for the addresses that HUB_METRICS names.';
      throw new HubError('FORBIDDEN', { message });
    }
    return reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await read());
  });
}
