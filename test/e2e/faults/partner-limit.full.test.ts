import { inner } from '@hub/shared/testing';

import { describe, expect, it } from 'vitest';
import { namedIn } from '../network/hung-partner.js';
import type { Answer } from '../network/open-hub.js';
import { openNetwork } from '../network/open-network.js';

const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];
const most = 4_000;
const small = '{ policeUnits { id } partners { code status } }';
const fields = Array.from(
  { length: 29 },
  (_, index) =>
    `u${index}: policeUnits(filter: { search: "${String(index).padStart(200, 'x')}" }) { id }`,
);
const large = `{ ${fields.join(' ')} }`;

describe('a request that the hub accepts and partners reject as too large', () => {
  it('costs its sender these rows, and makes no partner unavailable for others', async () => {
    await using network = await openNetwork('facts', {
      isGuarded: true,
      limits: { ...inner.partnerLimits, bodyBytes: most },
    });
    const ask = async (query: string) => {
      const response = await fetch(network.hubUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return { status: response.status, answer: (await response.json()) as Answer };
    };
    const before = (await ask(small)).answer;
    expect(before.extensions.completeness?.complete).toBe(true);
    const refused = await Promise.all([ask(large), ask(large)]);
    for (const { status, answer } of refused) {
      const codes = new Set(answer.errors?.map(({ extensions }) => extensions.code));
      expect([status, ...codes]).toEqual([200, 'PARTNER_UNAVAILABLE']);
      expect(namedIn(answer)).toEqual(polices.map((code) => `${code} UNAVAILABLE`));
      expect(answer.extensions.completeness?.complete).toBe(false);
    }
    // Another question than before, of which nothing is kept.
    for (const query of [small, '{ policeUnits { name } partners { code status } }']) {
      const { answer } = await ask(query);
      expect(namedIn(answer)).toEqual([]);
      expect(answer.extensions.completeness?.complete).toBe(true);
      expect(answer.data.policeUnits).toHaveLength(before.data.policeUnits.length);
      const statuses = (answer.data.partners as { status: string }[]).map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set(['ANSWERING']));
    }
  });
});
