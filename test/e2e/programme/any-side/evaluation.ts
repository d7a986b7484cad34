import { expect } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import type { Chapter, Story } from '../both-ways/story.js';

const signature = (story: Story, on: string) => ({ programme: story.of('programme'), on });

const readRows = async (story: Story, field: string): Promise<Map<string, unknown>> => {
  const columns = ['nominated', 'members', 'reportsReceived', 'reportsExpected'];
  const query = `{ rows: ${field} { id ${columns.map((one) => `${one} { value }`).join(' ')} } }`;
  const { data, errors } = await story.ask('nbnp', query);
  expect(errors).toBeUndefined();
  return new Map(
    (data.rows as Tree[]).map((row) => [row.id as string, columns.map((one) => row[one].value)]),
  );
};

/** Two hands sign what four police forces and two offices did; nothing waits, and the numbers add up. */
export const evaluation: Chapter = {
  title: 'The evaluation',
  steps: [
    [
      '2031-11-01',
      'both sides draft',
      async (story) => {
        const draft = { programme: story.of('programme'), summary: 'They met.', version: 0 };
        for (const [who, mutation] of [
          ['nbnp', 'draftEvaluation'],
          ['ncm', 'draftOfficeEvaluation'],
        ] as const)
          await story.finish(who, `DRAFT_EVALUATION ${draft.programme}`, () =>
            story.done(who, mutation, draft),
          );
      },
    ],
    [
      '2031-12-01',
      'the offices sign',
      (story) =>
        story.finish('ncm', `SIGN_EVALUATION ${story.of('programme')}`, () =>
          story.done('ncm', 'signOfficeEvaluation', signature(story, '2031-12-01')),
        ),
    ],
    [
      '2031-12-02',
      'NBNP signs, and both groups are evaluated',
      async (story) => {
        await story.finish('nbnp', `SIGN_EVALUATION ${story.of('programme')}`, () =>
          story.done('nbnp', 'signEvaluation', signature(story, '2031-12-02')),
        );
        const selection =
          'evaluation { status summary signOffs { organisation } } groups { state }';
        const read = await story.read('anonymous', 'programme', story.of('programme'), selection);
        expect(read).toEqual({
          evaluation: {
            status: 'COMPLETE',
            summary: 'They met.',
            signOffs: [{ organisation: 'nbnp' }, { organisation: 'ncm' }],
          },
          groups: [{ state: 'EVALUATED' }, { state: 'EVALUATED' }],
        });
      },
    ],
    [
      '2032-01-10',
      'nothing waits for anybody',
      async (story) => {
        for (const who of story.network.codes) expect(await story.allTasksOf(who), who).toEqual([]);
      },
    ],
    [
      '2032-01-11',
      'the statistics count the officers of each police force, and the delegates of each country',
      async (story) => {
        const officers = await readRows(story, 'officerStatistics');
        expect(officers.get('lv:POLICE')).toEqual([5, 4, 4, 4]);
        expect(officers.get('lt:POLICE')).toEqual([4, 3, 3, 3]);
        expect(officers.get('is:POLICE')).toEqual([10, 10, 10, 10]);
        const delegates = await readRows(story, 'delegateStatistics');
        expect(delegates.get('ncm:LV:PROSECUTION')).toEqual([4, 3, 3, 3]);
        expect(delegates.get('ncm:LT:PROSECUTION')).toEqual([3, 2, 2, 2]);
        expect(delegates.get('ncm:PROSECUTION')).toEqual([0, 0, 0, 0]);
      },
    ],
    [
      '2032-01-12',
      'the office in Riga has met the police in Copenhagen on the visit',
      async (story) => {
        const filter = `{ programme: "${story.of('programme')}", via: [VISIT], party: "ncm:rix" }`;
        const query = `{ contacts(filter: ${filter}, minimum: 1, first: 200) { nodes { parties { id } } } }`;
        const { data, errors } = await story.ask('nbnp', query);
        expect(errors).toBeUndefined();
        const met = (data.contacts.nodes as Tree[]).map(({ parties }) =>
          (parties as Tree[]).map(({ id }) => id as string),
        );
        for (const party of ['dk:nec', 'se:npb', 'ncm:vno', 'lv:oced'])
          expect(met).toContainEqual([party, 'ncm:rix'].toSorted());
      },
    ],
  ],
};
