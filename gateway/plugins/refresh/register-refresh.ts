import { HubError } from '@hub/shared/errors';
import { anonymous } from '@hub/shared/identity';
import { createRefreshVerifier, refreshPath } from '@hub/shared/records';
import type { Capability, PluginWorker } from '../../hub-plugin.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createRateLimit } from '../../server/security/rate-limit.js';

/** How often one address, and one partner, may ask for a fetch: a second, and after a pause. */
const refreshRate = { perSecond: 0.2, burst: 20 } as const;

/** Fetches the manifest of a partner that asks: `POST /registry/refresh`, without a body. */
export function openRefresh(
  network: Network,
  { config: { dataDir, privateKeys }, refresh }: Pick<PluginWorker, 'config' | 'refresh'>,
): Capability {
  const [addresses, partners] = [createRateLimit(refreshRate), createRateLimit(refreshRate)];
  const verify = createRefreshVerifier({
    ownKeys: createHubKeys(privateKeys),
    partnerKeys: createNetworkKeys(dataDir, network),
  });
  return {
    async serve({ http }) {
      http.post(refreshPath, { bodyLimit: 1_000 }, async ({ method, headers, ip, body }, reply) => {
        addresses.count(anonymous, ip);
        if (body !== undefined && body !== null) {
          throw new HubError('BAD_USER_INPUT', { argument: 'body' });
        }
        const partner = await verify({ method, path: refreshPath, body: '', headers });
        partners.count(anonymous, partner);
        refresh(partner);
        return reply.code(202).send({ partner });
      });
    },
  };
}
