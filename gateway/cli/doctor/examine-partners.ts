import { hubIssuer } from '@hub/shared/identity';
import { lightestCall } from '../../partners/lightest-call.js';
import { createPartnerClient } from '../../partners/partner-client.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createRequestSigner } from '../../security/sign-request.js';
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
  const told = (partner: string, reason: string): Unchecked[] => [
    { kind: 'not-checked', part: 'the signed connection', partner, reason },
  ];
  const fault = await ownKeys.problemOf(hubIssuer);
  // On a machine without the hub’s keys, the command cannot sign.
  if (fault === 'MISSING') return [];
  if (fault) return told('hub', `OWN_KEYS_${fault}`);
  const sign = createRequestSigner({ ownKeys, partnerKeys });
  const found = network.partners.map(async (partner) => {
    const { code } = partner;
    const partnerFault = await partnerKeys.problemOf(code);
    if (partnerFault) return told(code, `PARTNER_KEYS_${partnerFault}`);
    const client = createPartnerClient(partner, (request, reader) => sign(code, request, reader));
    const response = await client.ask(lightestCall('doctor'));
    await client.close();
    if (!('failure' in response)) return response.skew ? told(code, response.skew) : [];
    return response.failure === 'REFUSED' ? told(code, response.reason) : [];
  });
  return (await Promise.all(found)).flat();
}
