import { describe, expect, it } from 'vitest';
import type { Channel } from './channel.js';
import { signRequest } from './request-signature.js';
import { verifyAnyForm } from './verify-any-form.js';

const channel: Channel = { id: 'h.d', secret: Buffer.alloc(32, 1) };
const now = new Date('2026-11-26T12:00:00Z');
const parts = { method: 'POST', path: '/graphql', body: '{"query":"{ __typename }"}' };

/** A request of the hub to which proxies have added signatures of their own. */
function signAmong(count: number): Record<string, string> {
  const own = signRequest({ ...parts, partner: 'dk', assertion: 'an assertion', channel, now });
  const others = Array.from({ length: count }, (_, index) => `x${index}`);
  return {
    ...own,
    signature: [own['signature'], ...others.map((name) => `${name}=:AAAA:`)].join(', '),
    'signature-input': [
      own['signature-input'],
      ...others.map((name) => `${name}=("@path");keyid="of a proxy"`),
    ].join(', '),
  };
}

const verify = (headers: Record<string, string>) =>
  verifyAnyForm({ ...parts, headers }, () => Promise.resolve(channel), now);

describe('verifyAnyForm', () => {
  it('finds the valid signature among others', async () => {
    expect(await verify(signAmong(2))).toMatchObject({ created: now.getTime() / 1_000 });
  });

  it('does not read hundreds of signatures, which would take long', async () => {
    expect(await verify(signAmong(200))).toBeUndefined();
  });
});
