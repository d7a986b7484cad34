import { describe, expect, it } from 'vitest';
import { listFiles, readFile } from './read-tree.js';

/** What names Russia or a direction: a rule that does so decides for one programme alone. */
const named = /\bcodes\.(russia|hostOf)\b|\bDirection\.[A-Z]|_(TO_NORDIC|TO_NORTH_WEST_RUSSIA)'/;

/** Where it may stand: in facts and rows, in the words of the schema, and where sides are derived. */
const allowed = /\.test\.ts$|\/(migrations|seed|testing|sides)\/|\/entities\/vocabulary\.ts$/;

/** Rules of the documented groups alone, each with its reason. */
const documented: Readonly<Record<string, string>> = {
  'subgraphs/nbnp/groups/coordinating-office.ts':
    'Only a documented group has an office of its own.',
  'subgraphs/nbnp/programmes/change-programme.ts':
    'A programme’s source may list sectors by direction.',
  'subgraphs/ncm-offices/itineraries/keep-sites.ts':
    'The regions that the offices know, and so their sites, are in Russia.',
  'subgraphs/ncm-offices/network/office-rules.ts': 'The founding document has offices in Russia.',
  'subgraphs/ncm-offices/statistics/delegate-statistics.resolver.ts':
    'Rows of Russia are always shown.',
};

describe('the rules of the partners', () => {
  it('ask `sides` of the kit where a group comes from and goes to', () => {
    const files = listFiles('subgraphs/').filter((path) => path.endsWith('.ts'));
    const naming = files.filter((path) => !allowed.test(path) && named.test(readFile(path)));
    expect(files.length).toBeGreaterThan(500);
    expect(naming.filter((path) => !(path in documented))).toEqual([]);
  });
});
