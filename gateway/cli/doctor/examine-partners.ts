import { hubIssuer } from '@hub/shared/identity';
import { lightestCall } from '../../partners/lightest-call.js';
import { createPartnerClient } from '../../partners/partner-client.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createRequestSigner } from '../../security/sign-request.js';
import type { Unchecked } from './report.js';

/**
 * Sends each partner the lightest query, signed with the hub’s keys, and reports who refuses it and why: a foreign key, or
 * clocks that differ. The walk through the hub finds partners that are unavailable.
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
  const fault = await ownKeys.faultOf(hubIssuer);
  // The command may run on a machine without the hub’s keys, and then cannot sign.
  if (fault === 'MISSING') return [];
  if (fault) return told('hub', `OWN_KEYS_${fault}`);
  const sign = createRequestSigner({ ownKeys, partnerKeys });
  const found = network.partners.map(async (partner) => {
    const { code } = partner;
    const partnerFault = await partnerKeys.faultOf(code);
    if (partnerFault) return told(code, `PARTNER_KEYS_${partnerFault}`);
    const client = createPartnerClient(partner, (request, reader) => sign(code, request, reader));
    const answer = await client.ask(lightestCall('doctor'));
    await client.close();
    if (!('fault' in answer)) return answer.skew ? told(code, answer.skew) : [];
    return answer.fault === 'REFUSED' ? told(code, answer.reason) : [];
  });
  return (await Promise.all(found)).flat();
}
