import { describe, expect, it } from 'vitest';
import { explainSignature, readClaimed } from './refusal-reason.js';
import type { Channel } from './signature-form.js';

const now = new Date('2026-11-24T12:00:00Z');
const seconds = now.getTime() / 1000;
const channel: Channel = { id: 'hub-1.dk-1', secret: Buffer.alloc(32) };
const keys = {
  channelOf: (id: string) => Promise.resolve(id === channel.id ? channel : undefined),
  isOfHub: (id: string) => Promise.resolve(id.startsWith('hub-1.')),
};
const explain = (input: unknown, isGood: boolean) => explainSignature(input, isGood, keys, now);
const signedAt = (created: number) => `hub=();created=${created};keyid="${channel.id}"`;

describe('the reason of a refusal', () => {
  // wire-format.md: “created more than 300 s ago, or more than 5 s ahead”.
  it.each([
    [300, 'SIGNATURE'],
    [301, 'CLOCK'],
    [-5, 'SIGNATURE'],
    [-6, 'CLOCK'],
  ])('for a wrong signature of %i s ago is %s', async (age, reason) => {
    expect(await explain(signedAt(seconds - age), false)).toBe(reason);
  });

  // Clocks may differ by 5 s, and the hub sends at once.
  it.each([
    [5, 'NONCE'],
    [6, 'CLOCK'],
    [-5, 'NONCE'],
  ])('for a valid signature of %i s ago, not known to be new, is %s', async (age, reason) => {
    expect(await explain(signedAt(seconds - age), true)).toBe(reason);
  });

  it.each([
    ['', 'KEY'],
    [';keyid="hub-1.dk-2"', 'PARTNER_KEY'],
    [';keyid="hub-2.dk-1"', 'KEY'],
    [';keyid="hub-1.dk-1"', 'SIGNATURE'],
  ])('for a signature with the key id %s is %s', async (keyid, reason) => {
    expect(await explain(`hub=();created=${seconds}${keyid}`, false)).toBe(reason);
  });

  it.each([undefined, ['hub=();created=1'], '', 'hub=();keyid="hub-1.dk-1"', 'hub=created=1'])(
    'for a request with the parameters %j is UNSIGNED',
    async (input) => {
      expect(await explain(input, false)).toBe('UNSIGNED');
    },
  );
});

describe('readClaimed', () => {
  // RFC 8941, 3.1.2: spaces may follow each semicolon.
  it('reads parameters in any order, also after spaces', () => {
    const claimed = { created: seconds, keyid: channel.id };
    expect(readClaimed(signedAt(seconds))).toEqual(claimed);
    expect(readClaimed(`hub=();  keyid="${channel.id}"; created=${seconds}`)).toEqual(claimed);
  });
});
