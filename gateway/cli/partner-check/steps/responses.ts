import { contentDigestOf } from '@hub/shared/identity';
import { signedResponses } from '@hub/shared/records';
import type { Certifier } from '../certifier.js';
import { describeReply } from '../expect-reply.js';
import { subject } from '../step.js';
import { broken, notDecided } from '../verdict.js';

/** Clocks may differ by as much as the hub’s requests may be old. */
const mostSeconds = 310;

async function signsOnRequest(partner: Certifier): Promise<void> {
  const { plainBody: body, path, code, partnerKeys: keys } = partner;
  const signed = await partner.sign(body);
  const reply = await partner.post(body, {
    ...signed,
    [signedResponses.acceptSignatureHeader]: signedResponses.wantedSignature,
  });
  if (reply.status !== 200) broken(describeReply(reply));
  const header = (name: string) => reply.headers.get(name);
  const [signature, signatureInput] = [header('signature'), header('signature-input')];
  if (signature === null && signatureInput === null) notDecided('it signs no responses');
  if (header('content-digest') !== contentDigestOf(reply.text))
    broken('content-digest is not the body’s');
  const verified = await signedResponses.verifyResponse(
    {
      method: 'POST',
      path,
      contentDigest: signed['content-digest'] ?? '',
      partner: code,
      assertion: signed['hub-assertion'] ?? '',
      signature: signed['signature'] ?? '',
    },
    {
      status: reply.status,
      contentDigest: contentDigestOf(reply.text),
      record: header(signedResponses.recordHeader),
      signature: signature ?? '',
      signatureInput: signatureInput ?? '',
    },
    keys,
  );
  if (typeof verified === 'string') return broken(`its signature: ${verified}`);
  const seconds = Math.round((verified.created.getTime() - Date.now()) / 1_000);
  if (Math.abs(seconds) > mostSeconds) broken(`it was created ${seconds} s ahead`);
}

/** What a partner signs for the hub to keep. */
export const responseSteps = subject('shared/identity/wire-format.md, A signed response', {
  'response-is-signed-on-request': [
    'with accept-signature, the response is signed by the registered key, and bound to the request',
    signsOnRequest,
  ],
});
