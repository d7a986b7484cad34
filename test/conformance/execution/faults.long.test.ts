import type { Fault, ProxiedRequest } from '../faults/fault-proxy.js';
import { responseFaults } from '../faults/response-faults.js';
import { wireFaults } from '../faults/wire-faults.js';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, type Library } from '../fan-out/library.js';
import { expectSame } from './compare.js';
import { createStockEngine } from './stock-engine.js';

/**
 * Not compared: of records that their owner does not have, Apollo’s executor keeps an empty one
 * (`fan-out/dangling.full.test.ts` has the rule); and what arrives before a reset depends on how fast the
 * client reads.
 */
const apart = ['nullEntities', 'resetMidway'];
const faults = ['refuse', ...Object.keys(wireFaults), ...Object.keys(responseFaults)].filter(
  (fault) => !apart.includes(fault),
) as Fault[];

/** Long enough that a busy machine has time to ask again; what hangs takes it each time. */
const deadlineMs = 2_000;

const lend = 'lend(input: { copy: "north:1", reader: "x" }) { id lentTo book { title isRare } }';

/** What is asked while a partner fails, and who. */
const questions: readonly (readonly [partner: string, query: string])[] = [
  ['north', '{ shelves { id rank copies { id book { title } } } loans }'],
  [
    'north',
    '{ a: copies(first: 3) { nodes { id book { isbn title isRare } } totalCount } books { isbn copyCount copies { id shelf } } }',
  ],
  [
    'south',
    '{ shown { __typename id ... on Copy { shelf book { title copyCount } } ... on Shelf { rank } } }',
  ],
  [
    'catalogue',
    '{ books { isbn isRare copies { id book { title } } } copy(id: "east:1") { id book { title } } }',
  ],
  ['north', `mutation { first: ${lend} second: ${lend} }`],
];

const isMeant = ({ query }: ProxiedRequest) => query !== '{ __typename }';

describe('the compiled executor responds as Apollo’s does while a partner fails', () => {
  let compiled: Library;
  let stock: Library;
  beforeAll(async () => {
    compiled = await openLibrary({ deadlineMs });
    stock = await openLibrary({ deadlineMs, createEngine: createStockEngine });
  });
  afterAll(async () => {
    await compiled[Symbol.asyncDispose]();
    await stock[Symbol.asyncDispose]();
  });

  it.each(faults)('%s', { timeout: 600_000 }, async (fault) => {
    for (const [partner, query] of questions) {
      const libraries = [compiled, stock];
      for (const on of ['all', 'roots', 'entities'] as const) {
        if (fault === 'refuse' && on !== 'all') continue;
        const asked = [0, 0];
        const answers = await Promise.all(
          libraries.map(async (library, index) => {
            const isHit = (request: ProxiedRequest) => {
              if (!isMeant(request)) return false;
              asked[index]! += 1;
              return on === 'all' || request.kind === on;
            };
            await library.proxies[partner]!.set({ fault, on: isHit });
            const answer = await library.ask(query);
            await library.proxies[partner]!.clear();
            return answer;
          }),
        );
        expectSame(answers[0]!, answers[1]!, `${partner} ${on} ${query}`);
        expect(asked[0], query).toBe(asked[1]);
      }
    }
  });
});
