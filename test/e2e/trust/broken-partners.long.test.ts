import type { JWK } from 'jose';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printReport, runCheck } from '../../../gateway/cli/partner-check/run-check.js';
import { openBrokenPartner, type Breach } from '../network/broken-partner.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { breaches, refusedSteps } from './breaches.js';
import { certify, keysOf } from './certify.js';
import { errorBreaches } from './error-breaches.js';
import { rowBreaches, searchBreach } from './row-breaches.js';
import { trustBreaches } from './trust-breaches.js';

describe('hub partner check', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const check = async (code: string, breach: Breach) => {
    const [key] = await keysOf(network, code, 'private').signingKeysOf(code);
    const real = await certify(network, code);
    await using broken = await openBrokenPartner(real, key as JWK, breach);
    const results = await runCheck(await certify(network, code, broken.url));
    return results.filter(({ result }) => result === 'broken');
  };

  it.each([...breaches, ...rowBreaches, ...trustBreaches, ...errorBreaches])(
    'finds a partner that %s, and no other fault',
    async (_name, breach, names) => {
      const wrong = await check('dk', breach);
      expect(wrong.map(({ step }) => step).toSorted(), printReport(wrong)).toEqual(
        [...names].toSorted(),
      );
      for (const { came, rule } of wrong) expect([came, rule]).not.toContain('');
    },
  );

  it.each(['nbnp', 'dk', 'ncm'])(`finds that %s ${searchBreach[0]}`, async (code) => {
    const wrong = await check(code, searchBreach[1]);
    expect(wrong.map(({ step }) => step)).toEqual(searchBreach[2]);
  });

  it('finds a partner that refuses the hub', async () => {
    const wrong = await check('dk', { trust: 'nobody' });
    expect(wrong.map(({ step }) => step)).toEqual(expect.arrayContaining(refusedSteps));
  });
});
