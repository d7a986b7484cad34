import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { foundingFacts } from './founding-facts.js';

const document = new URL('../../../../shared/domain/founding-document.txt', import.meta.url);

describe('the founding document, asked of the hub', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it.each(foundingFacts)('$sentence: $words', async ({ query, variables, expected }) => {
    const { data, errors } = await network.ask(query, variables);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject(expected as object);
  });

  it('has 89 facts, from its first sentence to its last', () => {
    expect(foundingFacts).toHaveLength(89);
    const sentences = [...new Set(foundingFacts.map(({ sentence }) => sentence))];
    expect(sentences).toEqual(Array.from({ length: 62 }, (_, index) => index + 1));
  });

  // The document lies beside the project’s own workplace, not in a fresh clone.
  it.skipIf(!existsSync(document))('says each of them in these words', () => {
    const text = readFileSync(document, 'utf8');
    expect(foundingFacts.filter(({ words }) => !text.includes(words))).toEqual([]);
  });
});
