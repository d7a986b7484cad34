import fc from 'fast-check';
import { httpbis } from 'http-message-signatures';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Channel,
  covered,
  readSignature,
  verifySignature,
  writeSignature,
} from './signature-form.js';

const now = new Date('2026-11-24T12:00:00Z');
const created = now.getTime() / 1000;
const channel: Channel = { id: 'hub-1.dk-1', secret: Buffer.alloc(32, 7) };
const channelOf = (id: string) => Promise.resolve(id === channel.id ? channel : undefined);
const nonce = 'V4g8xWyg803TCF4GAxr7pA';

const parts = {
  method: 'POST',
  path: '/graphql',
  contentDigest: `sha-256=:${createHash('sha256').update('{}').digest('base64')}:`,
  partner: 'dk',
  assertion: 'ey.an_assertion-.made',
};
type Signed = typeof parts & { signature: string; 'signature-input': string };
const sign = (changes: Partial<typeof parts & { created: number }> = {}): Signed => {
  const { created: at = created, ...changed } = changes;
  const signed = { ...parts, ...changed };
  return { ...signed, ...writeSignature(signed, { channel, created: at, nonce }) };
};

/** The result of the fast check: a nonce, `refused`, or that the form is another one. */
async function verifyOwn(request: Signed): Promise<string> {
  const read = readSignature(request, request);
  if (!read) return 'another form';
  return (await verifySignature(read, channelOf, now))?.nonce ?? 'refused';
}

/** The result of a library for all forms of RFC 9421. */
async function verifyAny({ method, path, ...signed }: Signed): Promise<string> {
  let verified = 'refused';
  const headers = {
    signature: signed.signature,
    'signature-input': signed['signature-input'],
    'content-digest': signed.contentDigest,
    'hub-partner': signed.partner,
    'hub-assertion': signed.assertion,
    ...('timeLeft' in signed && { 'hub-time-left': String(signed.timeLeft) }),
    ...('clientName' in signed && { 'hub-client-name': String(signed.clientName) }),
  };
  const sent = ['hub-time-left', 'hub-client-name'].filter((name) => name in headers);
  const options = {
    keyLookup: ({ keyid, alg, nonce: given, created: at }: Record<string, unknown>) => {
      const isRecent = created - Number(at) / 1000 <= 300;
      const isKnown = keyid === channel.id && alg === 'hmac-sha256' && isRecent;
      if (!isKnown || typeof given !== 'string') return Promise.resolve(null);
      return Promise.resolve({
        verify: (data: Buffer, value: Buffer) => {
          const expected = createHmac('sha256', channel.secret).update(data).digest();
          const isEqual = timingSafeEqual(expected, value);
          if (isEqual) verified = given;
          return Promise.resolve(isEqual);
        },
      });
    },
    requiredFields: [...covered, ...sent],
    notAfter: new Date(now.getTime() + 5_000),
  };
  const request = { method, path, url: `http://partner${path}`, headers };
  await httpbis.verifyMessage(options, request).catch(() => undefined);
  return verified;
}

/** Signs a request again with the parameters in its `signature-input`. */
function signAgain(request: Signed, parameters: string): Signed {
  const base = [
    `"@method": ${request.method}`,
    `"@path": ${request.path}`,
    `"content-digest": ${request.contentDigest}`,
    `"hub-partner": ${request.partner}`,
    `"hub-assertion": ${request.assertion}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = createHmac('sha256', channel.secret).update(base).digest('base64');
  return { ...request, signature: `hub=:${signature}:`, 'signature-input': `hub=${parameters}` };
}
const list = '("@method" "@path" "content-digest" "hub-partner" "hub-assertion")';
const rest = `created=${created};nonce="${nonce}";keyid="${channel.id}";alg="hmac-sha256"`;

describe('verifySignature', () => {
  it('accepts the hub’s signatures, as the library does', async () => {
    expect(await verifyOwn(sign())).toBe(nonce);
    expect(await verifyAny(sign())).toBe(nonce);
  });

  it.each([
    ['at its oldest', -300, nonce],
    ['older', -301, 'refused'],
    ['as far ahead as clocks may differ', 5, nonce],
    ['further ahead', 6, 'refused'],
  ])('checks the age: %s', async (_what, seconds, outcome) => {
    const request = sign({ created: created + seconds });
    expect(await verifyOwn(request)).toBe(outcome);
    expect(await verifyAny(request)).toBe(outcome);
  });

  it.each(['method', 'path', 'contentDigest', 'partner', 'assertion'] as const)(
    'rejects a request with a changed %s',
    async (part) => {
      const altered = { method: 'PUT', path: '/other', contentDigest: 'x', partner: 'no' };
      const request = { ...sign(), [part]: { ...altered, assertion: 'ey.another' }[part] };
      expect(await verifyOwn(request)).toBe('refused');
      expect(await verifyAny(request)).toBe('refused');
    },
  );

  it('rejects an invalid key, and the signature of another', async () => {
    const other = sign();
    const unknown = {
      ...other,
      'signature-input': other['signature-input'].replace('dk-1', 'dk-2'),
    };
    const foreign = { ...other, signature: `hub=:${Buffer.alloc(32).toString('base64')}:` };
    for (const request of [unknown, foreign]) {
      expect(await verifyOwn(request)).toBe('refused');
      expect(await verifyAny(request)).toBe('refused');
    }
  });

  it('agrees with the library on requests with one character changed, added or removed', async () => {
    const names = [
      'signature',
      'signature-input',
      'method',
      'path',
      'partner',
      'assertion',
    ] as const;
    const character = fc.oneof(
      fc.constantFrom(...' "\\;:=()@,\t\n%?.+/A0é'),
      fc.string({ minLength: 1, maxLength: 1 }),
    );
    const change = fc.tuple(fc.constantFrom(...names), fc.nat(), character, fc.nat(2));
    let read = 0;
    await fc.assert(
      fc.asyncProperty(change, async ([name, where, put, how]) => {
        const request = sign();
        const text = request[name];
        const at = where % text.length;
        const changed = `${text.slice(0, at)}${how === 2 ? '' : put}${text.slice(how === 0 ? at : at + 1)}`;
        const own = await verifyOwn({ ...request, [name]: changed });
        if (own === 'another form') return;
        read += 1;
        expect(own).toBe(await verifyAny({ ...request, [name]: changed }));
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(200);
  });
});

describe('readSignature', () => {
  const read = (changes: Partial<Record<keyof Signed | 'timeLeft' | 'clientName', unknown>>) => {
    const request = { ...sign(), ...changes } as Signed;
    return readSignature(request, request);
  };

  it('reads the signed values and the key id', () => {
    expect(read({})).toMatchObject({ created, nonce, keyid: channel.id });
  });

  it.each([
    ['no signature', { signature: undefined }],
    ['two signatures', { signature: [sign().signature, sign().signature] }],
    ['a list with one signature', { signature: [sign().signature] }],
    ['no parameters', { 'signature-input': undefined }],
    ['parameters twice', { 'signature-input': [sign()['signature-input']] }],
    ['an empty nonce', { 'signature-input': sign()['signature-input'].replace(nonce, '') }],
    ['an empty key id', { 'signature-input': sign()['signature-input'].replace(channel.id, '') }],
    ['a method that is not in capitals at its end', { method: 'POSt' }],
    ['a partner with a space in it', { partner: 'd k' }],
    ['an assertion that begins with a space', { assertion: ' ey.a' }],
    ['an assertion that ends with a space', { assertion: 'ey.a ' }],
    ['an assertion with two spaces together', { assertion: 'ey  a' }],
    ['an assertion of two lines', { assertion: 'ey\na' }],
    ['a time that it does not cover', { timeLeft: '4500' }],
    ['a time that is sent twice', { timeLeft: ['4500', '4500'] }],
    ['a name that it does not cover', { clientName: 'desk' }],
  ])('does not read %s', (_what, changes) => {
    expect(read(changes)).toBeUndefined();
  });

  it.each([
    ['a time that is not a number', { timeLeft: 'soon' }],
    ['such a time beside a name', { timeLeft: 'soon', clientName: 'desk' }],
    ['a name that ends with a space', { clientName: 'desk ' }],
    ['such a name beside a time', { timeLeft: '4500', clientName: 'desk ' }],
  ])('does not read %s, even if it is signed', (_what, sent) => {
    const signed = { ...parts, ...sent };
    const headers = writeSignature(signed, { channel, created, nonce });
    expect(readSignature(signed, headers)).toBeUndefined();
  });

  it('accepts an assertion with several words', async () => {
    const request = sign({ assertion: 'an assertion of five words' });
    expect(await verifyOwn(request)).toBe(nonce);
    expect(await verifyAny(request)).toBe(nonce);
  });

  it('covers the time limit if it is sent', async () => {
    const timed = { ...parts, timeLeft: '4500' };
    const request = { ...timed, ...writeSignature(timed, { channel, created, nonce }) };
    const readTimed = readSignature(request, request);
    expect(readTimed && (await verifySignature(readTimed, channelOf, now))).toEqual({
      created,
      nonce,
    });
    const { timeLeft: _, ...without } = request;
    expect(readSignature(without, without)).toBeUndefined();
    const longer = { ...request, timeLeft: '9000' };
    const readLonger = readSignature(longer, longer);
    expect(readLonger && (await verifySignature(readLonger, channelOf, now))).toBeUndefined();
  });
});

describe.each([
  { clientName: 'the  desk, "web"' },
  { timeLeft: '4500', clientName: 'the  desk, "web"' },
])('a signature that covers $timeLeft and $clientName', (sent) => {
  const named = { ...parts, ...sent };
  const request = { ...named, ...writeSignature(named, { channel, created, nonce }) };
  const verifyBoth = async (clientName: string) => {
    const changed = { ...request, clientName };
    return [await verifyOwn(changed), await verifyAny(changed)];
  };

  it('is valid for this name, also to the library', async () => {
    expect(await verifyBoth(sent.clientName)).toEqual([nonce, nonce]);
  });

  it('is invalid for another name', async () => {
    expect(await verifyBoth('the desk')).toEqual(['refused', 'refused']);
  });
});

describe('other signatures beside the hub’s', () => {
  const ofProxy = `x=("@path");created=${created};keyid="of, hub=a proxy"`;
  const join = (isFirst: boolean, a: string, b: string) => (isFirst ? `${a},${b}` : `${b}, ${a}`);
  const among = (isFirst: boolean, count = 1): Signed => {
    const own = sign();
    const values = Array.from({ length: count }, () => 'x=:AAAA:').join(', ');
    const inputs = Array.from({ length: count }, () => ofProxy).join(', ');
    return {
      ...own,
      signature: join(isFirst, own.signature, values),
      'signature-input': join(isFirst, own['signature-input'], inputs),
    };
  };

  // “Refuse a request without a valid signature that covers all of these, even if it has others.”
  it.each([true, false])('are passed over, if the hub’s is first: %s', async (isFirst) => {
    expect(await verifyOwn(among(isFirst))).toBe(nonce);
    expect(await verifyAny(among(isFirst))).toBe(nonce);
    const { signature, ...alone } = among(isFirst);
    const renamed = { ...alone, signature: signature.replace('hub=', 'y=') };
    expect(await verifyOwn(renamed)).toBe('another form');
  });

  it('are refused if they have more than 3,000 characters', async () => {
    expect(await verifyOwn(among(true, 20))).toBe(nonce);
    expect(await verifyOwn(among(true, 60))).toBe('another form');
  });
});

describe('another form', () => {
  it.each([
    ['parameters in another order', `${list};alg="hmac-sha256";${rest.replace(/;alg.*/, '')}`],
    ['a further parameter', `${list};${rest};tag="x"`],
    ['fewer parts still', `${list.replace('"@method" ', '')};${rest}`],
    ['fewer parts', `${list.replace(' "hub-assertion"', '')};${rest}`],
    ['no nonce', `${list};${rest.replace(/nonce="[^"]+";/, '')}`],
    ['an empty nonce', `${list};${rest.replace(nonce, '')}`],
    ['no time', `${list};${rest.replace(/created=\d+;/, '')}`],
    ['no key id', `${list};${rest.replace(/keyid="[^"]+";/, '')}`],
    ['no algorithm', `${list};${rest.replace(/;alg.*/, '')}`],
    ['another algorithm', `${list};${rest.replace('hmac-sha256', 'hmac-sha512')}`],
  ])('is not read: %s', async (_what, parameters) => {
    expect(await verifyOwn(signAgain(sign(), parameters))).toBe('another form');
  });

  it('is a signature that is cut off or of another length, or has another label', async () => {
    for (const value of [Buffer.alloc(31), Buffer.alloc(33), Buffer.alloc(0)]) {
      const request = { ...sign(), signature: `hub=:${value.toString('base64')}:` };
      expect(await verifyOwn(request)).toBe('another form');
    }
    const { signature, ...request } = sign();
    const input = request['signature-input'].replace('hub', 'it');
    const renamed = {
      ...request,
      signature: signature.replace('hub', 'it'),
      'signature-input': input,
    };
    expect(await verifyOwn(renamed)).toBe('another form');
  });
});

it('covers a path with other characters, without its query', async () => {
  const request = sign({ path: '/api/v1.0/~dk;a=%C3%A6/graphql' });
  expect(await verifyOwn({ ...request, path: `${request.path}?a=1&b=2` })).toBe(nonce);
  expect(await verifyOwn({ ...request, path: `${request.path}/` })).toBe('refused');
});
