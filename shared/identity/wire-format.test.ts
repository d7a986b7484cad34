import type { JWK } from 'jose';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createReadAssertion } from './assertion.js';
import { refusalHeader } from './refusal-reason.js';
import { createReplayGuard, createRequestVerifier } from './request-signature.js';
import { covered, deriveChannel } from './signature-form.js';

const coveredIfSent = ['hub-time-left', 'hub-client-name', 'hub-traceparent'];

const page = readFileSync(new URL('./wire-format.md', import.meta.url), 'utf8');
const clock = () => new Date('2026-11-24T12:00:00Z');

const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``).exec(page)?.[1] ?? '';

function readRequest() {
  const [head = '', body = ''] = block('http').split('\n\n');
  const [line = '', ...rest] = head.split('\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = Object.fromEntries(
    rest.map((header): [string, string] => {
      const at = header.indexOf(': ');
      return [header.slice(0, at), header.slice(at + 2)];
    }),
  );
  return { method, path, headers, body };
}

describe('wire-format.md', () => {
  it('names the header of a refusal, which a partner in another language writes too', () => {
    const names = [...page.matchAll(/The header `(hub-[a-z-]+)`, and/g)].map(([, name]) => name);
    expect(names).toEqual([refusalHeader]);
  });

  it.each([...covered, ...coveredIfSent])('names %s, which a signature may cover', (name) => {
    expect(page).toContain(`\`${name}\``);
  });
});

describe('the example of wire-format.md', () => {
  const { keys } = JSON.parse(block('json')) as { keys: [JWK, JWK, JWK] };
  const [signing, hub, partner] = keys;
  const withoutPrivate = ({ d: _, ...key }: JWK): JWK => key;
  const derive = () => deriveChannel(partner, withoutPrivate(hub), 'hub-agree-1', 'dk-agree-1');

  it('derives the documented key, on both sides', () => {
    const stated = /hexadecimal: `([0-9a-f]{64})`/.exec(page)?.[1];
    expect(derive().secret.toString('hex')).toBe(stated);
    const other = deriveChannel(hub, withoutPrivate(partner), 'hub-agree-1', 'dk-agree-1');
    expect(other.secret.toString('hex')).toBe(stated);
  });

  it('signs the documented text', () => {
    const { secret } = derive();
    const signature = createHmac('sha256', secret).update(block('text')).digest('base64');
    expect(readRequest().headers['signature']).toBe(`hub=:${signature}:`);
  });

  it('is accepted by a partner of the kit, with its assertion', async () => {
    const channel = derive();
    const verify = createRequestVerifier({
      partner: 'dk',
      channelOf: (id) => Promise.resolve(id === channel.id ? channel : undefined),
      replays: createReplayGuard(310, clock()),
      clock,
    });
    const { assertion } = await verify(readRequest());
    const hubKeys = {
      signingKeysOf: () => Promise.resolve([withoutPrivate(signing)]),
      agreementKeysOf: () => Promise.resolve([]),
    };
    expect(await createReadAssertion('dk', hubKeys, clock)(assertion)).toEqual({
      kind: 'person',
      organisation: 'nbnp',
      subject: 'anna',
      role: 'coordinator',
      purpose: 'travel',
    });
  });
});
