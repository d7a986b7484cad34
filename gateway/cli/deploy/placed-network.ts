import { ConfigError } from '@hub/shared/system';
import type { Network, Partner } from '../../registry/network.js';

/** A partner whose server runs beside the hub, as a service with the partner’s code for a name. */
export interface PlacedPartner extends Partner {
  readonly port: number;
}

/** A network whose partners have names instead of this machine’s ports. */
export interface PlacedNetwork {
  /** The network file for the hub. */
  readonly network: Network;
  /** The partners that run beside the hub. The others stay where their URL says. */
  readonly beside: readonly PlacedPartner[];
}

/** Where each service finds the public keys. The folder is mounted as a whole. */
export const publicKeyFolder = '/run/keys/public';

/** Where each service finds its own private keys. */
export const ownKeyFolder = '/run/keys/own';

/** A name by RFC 1123, of which services and hosts are made. Its length is limited by the code’s. */
const hostName = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** How services of one site reach each other. */
export type Scheme = 'http' | 'https';

/**
 * Places a network in containers. A partner runs beside the hub if its URL is on this machine, or
 * has the partner’s code for a host.
 * @throws `ConfigError` if a code cannot be the name of a service
 */
export function placeNetwork({ port, partners }: Network, scheme: Scheme = 'http'): PlacedNetwork {
  const beside = partners.flatMap((partner) => {
    const url = new URL(partner.url);
    const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    if (!isLoopback && url.hostname !== partner.code) return [];
    if (!hostName.test(partner.code)) {
      throw new ConfigError(
        `${partner.code} cannot be the name of a service, because it ends with a hyphen.`,
      );
    }
    url.protocol = `${scheme}:`;
    url.hostname = partner.code;
    return [
      { ...partner, url: url.href, port: Number(url.port) || (scheme === 'https' ? 443 : 80) },
    ];
  });
  const urls = new Map(beside.map(({ code, url }) => [code, url]));
  return {
    beside,
    network: {
      // A container has its own ports. 0 would take a free one, which no service could name.
      port: port || 4000,
      partners: partners.map((partner) => ({
        ...partner,
        url: urls.get(partner.code) ?? partner.url,
        publicKeys: `${publicKeyFolder}/${partner.code}.public.json`,
      })),
    },
  };
}
