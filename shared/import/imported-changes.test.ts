import { describe, expect, it } from 'vitest';
import { readChanges } from '../records/changes/read-changes.js';
import { verifyDisclosures } from '../records/disclosure/verify.js';
import { testDatabases } from '../testing/databases.js';
import { openTestImport } from './test-people.js';

const header = 'id,name,email,unit,sector,sinceOn,languages';
const table = (...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;

const anna = 'anna,Anna Åberg,anna@example.org,root,POLICE,2009-09-13,sv; en';
const bo = 'dk:bo,Bo,,dk:root,border control,,';

describe.each(testDatabases)('importFile on $name', (kind) => {
  it('records which fields of which records it changed, by no person, and nothing else', async () => {
    await using test = await openTestImport(kind);
    const clock = () => new Date('2026-11-26T12:00:00Z');
    const changes = async () =>
      (await readChanges({ source: test.source, partner: 'dk' }, {})).nodes;
    await test.load(table(anna, bo), { clock });
    const common = {
      at: '2026-11-26T12:00:00.000Z',
      organisation: 'dk',
      person: null,
      mutation: 'import',
      reason: null,
    };
    const added = [
      {
        id: expect.stringMatching(/^dk:change-/) as unknown,
        subject: 'dk:bo',
        fields: ['name', 'sector', 'unit', 'version'],
        ...common,
      },
      {
        id: expect.stringMatching(/^dk:change-/) as unknown,
        subject: 'dk:anna',
        fields: ['email', 'languages', 'name', 'sector', 'sinceOn', 'unit', 'version'],
        ...common,
      },
    ];
    expect(await changes()).toEqual(added);
    await test.load(table(anna, bo), { clock });
    await test.load(table('bo,Bo Ek,,nowhere,POLICE,,'), { clock });
    await test.load(table('bo,Bo Ek,,root,border control,,'), { clock, dryRun: true });
    expect(await changes()).toEqual(added);
    const annas = 'anna,Anna Åberg,anna@example.org,root,POLICE,2009-09-13';
    await test.load(table('bo,Bo Ek,,root,border control,,', `${annas},en;sv`), { clock });
    expect(await changes()).toEqual([
      {
        id: expect.stringMatching(/^dk:change-/) as unknown,
        subject: 'dk:anna',
        fields: ['languages', 'version'],
        ...common,
      },
      {
        id: expect.stringMatching(/^dk:change-/) as unknown,
        subject: 'dk:bo',
        fields: ['name', 'version'],
        ...common,
      },
      ...added,
    ]);
    expect(await verifyDisclosures(test.source)).toMatchObject({ isWhole: true, links: 4 });
  });
});
