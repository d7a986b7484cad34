import { hubIssuer } from '@hub/shared/identity';
import { lightestCall } from '../../fan-out/partners/lightest-call.js';
import { createPartnerClient } from '../../fan-out/partners/partner-client.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createRequestSigner } from '../../server/security/sign-request.js';
import type { Unchecked } from './report.js';

/**
 * Sends each partner the lightest query, signed with the hub’s keys. Reports partners that refuse
 * it, and why: another key, or clocks that differ. Unavailable partners are found through the hub.
 */
export async function examinePartners(
  network: Network,
  { dataDir, privateKeys }: { readonly dataDir: string; readonly privateKeys: string },
): Promise<readonly Unchecked[]> {
  const ownKeys = createHubKeys(privateKeys);
  const partnerKeys = createNetworkKeys(dataDir, network);
  const unchecked = (partner: string, reason: string): Unchecked[] => [
    { kind: 'not-checked', part: 'the signed connection', partner, reason },
  ];
  const problem = await ownKeys.problemOf(hubIssuer);
  // On a machine without the hub’s keys, the command cannot sign.
  if (problem === 'MISSING') return [];
  if (problem) return unchecked('hub', `OWN_KEYS_${problem}`);
  const sign = createRequestSigner({ ownKeys, partnerKeys });
  const members = network.partners.filter(({ membership }) => membership?.state !== 'REMOVED');
  const found = members.map(async (partner) => {
    const { code } = partner;
    const partnerProblem = await partnerKeys.problemOf(code);
    if (partnerProblem) return unchecked(code, `PARTNER_KEYS_${partnerProblem}`);
    const client = createPartnerClient(partner, (request, reader) => sign(code, request, reader));
    const response = await client.ask(lightestCall('doctor'));
    await client.close();
    if (!('failure' in response)) return response.skew ? unchecked(code, response.skew) : [];
    return response.failure === 'REFUSED' ? unchecked(code, response.reason) : [];
  });
  return (await Promise.all(found)).flat();
}
