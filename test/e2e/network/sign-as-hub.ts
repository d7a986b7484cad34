import {
  anonymous,
  createKeyStore,
  hubIssuer,
  keyFilesOf,
  type Reader,
} from '@hub/shared/identity';
import { createRequestSigner } from '../../../gateway/server/security/sign-request.js';

/** The headers with which the hub of this folder of keys would send a body to a partner. */
export async function signAsHub(
  keyFolder: string,
  partner: string,
  body: string,
  reader: Reader = anonymous,
): Promise<Record<string, string>> {
  const sign = createRequestSigner({
    ownKeys: createKeyStore({
      files: new Map([[hubIssuer, keyFilesOf(keyFolder, hubIssuer).private]]),
    }),
    partnerKeys: createKeyStore({
      files: new Map([[partner, keyFilesOf(keyFolder, partner).public]]),
    }),
  });
  return sign(partner, { method: 'POST', path: '/graphql', body }, reader);
}
