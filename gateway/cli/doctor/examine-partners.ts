import { anonymous, hubIssuer } from '@hub/shared/identity';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createPartnerClient } from '../../routing/partner-client.js';
import { createRequestSigner } from '../../security/sign-request.js';
import type { Unchecked } from './report.js';

const query = '{ __typename }';

/**
 * Asks each partner the lightest question, signed with the hub’s keys, and finds out which do not accept it and why: a
 * foreign key, or clocks that differ. Who is missing altogether is found by the walk through the hub.
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
  // Whoever runs this elsewhere has no keys of the hub’s, and cannot ask in its name.
  if (fault === 'MISSING') return [];
  if (fault) return told('hub', `OWN_KEYS_${fault}`);
  const sign = createRequestSigner({ ownKeys, partnerKeys });
  const found = network.partners.map(async (partner) => {
    const { code } = partner;
    const partnerFault = await partnerKeys.faultOf(code);
    if (partnerFault) return told(code, `PARTNER_KEYS_${partnerFault}`);
    const client = createPartnerClient(partner, (request, reader) => sign(code, request, reader));
    const answer = await client.ask({
      query,
      variables: {},
      operationName: undefined,
      body: JSON.stringify({ query }),
      isRepeatable: true,
      requestId: 'doctor',
      reader: anonymous,
      signal: new AbortController().signal,
      deadline: Infinity,
    });
    await client.close();
    const isRefused = 'fault' in answer && answer.fault === 'REFUSED';
    return isRefused ? told(code, answer.reason) : [];
  });
  return (await Promise.all(found)).flat();
}
