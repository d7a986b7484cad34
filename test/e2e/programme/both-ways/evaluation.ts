import { expect } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import type { Chapter, Story, Who } from './story.js';

const finding = { title: 'Shelters', text: 'They share a number.', sector: 'NGO' };

const readEvaluation = async (story: Story, who: Who): Promise<Tree> =>
  story.read(
    who,
    'programme',
    story.of('programme'),
    `evaluation { status summary findings { title } recommendations signOffs { organisation } }
     officeEvaluation { summary }`,
  );

/** The version of NBNP’s part as it is. */
const versionOf = async (story: Story): Promise<number> => {
  const selection = 'evaluation { version }';
  const read = await story.read('nbnp', 'programme', story.of('programme'), selection);
  return read.evaluation.version as number;
};

const draft = (story: Story, summary: string, version: number) => ({
  programme: story.of('programme'),
  summary,
  findings: [finding],
  recommendations: ['More time.'],
  version,
});

const signature = (story: Story, on: string) => ({ programme: story.of('programme'), on });
const withdrawal = async (story: Story, on: string) => ({
  id: story.of('programme'),
  on,
  version: await versionOf(story),
});

/** Two hands write and sign the evaluation; each withdraws its signature once. */
export const evaluation: Chapter = {
  title: 'The evaluation',
  steps: [
    [
      '2031-11-01',
      'both sides have to draft',
      async (story) => {
        const task = [`DRAFT_EVALUATION ${story.of('programme')}`];
        for (const who of ['nbnp', 'ncm']) expect(await story.tasksOf(who), who).toEqual(task);
      },
    ],
    [
      '2031-11-02',
      'nobody else drafts',
      async (story) => {
        const text = { programme: story.of('programme'), summary: 'Ours.', version: 0 };
        await story.refused('dk', 'draftEvaluation', text, { code: 'FORBIDDEN' });
        await story.refused('nbnp', 'draftOfficeEvaluation', text, { code: 'FORBIDDEN' });
        await story.refused('ncm', 'draftEvaluation', text, { code: 'FORBIDDEN' });
        await story.refused('nbnp liaison', 'draftEvaluation', text, { code: 'FORBIDDEN' });
      },
    ],
    [
      '2031-11-03',
      'NBNP drafts its part with findings and recommendations, once from the first version',
      async (story) => {
        const input = draft(story, 'Seen.', 0);
        const task = `DRAFT_EVALUATION ${input.programme}`;
        await story.finish('nbnp', task, () => story.done('nbnp', 'draftEvaluation', input));
        await story.refused('nbnp', 'draftEvaluation', input, {
          code: 'CONFLICT',
          currentVersion: 1,
        });
      },
    ],
    [
      '2031-11-04',
      'the offices draft theirs',
      async (story) => {
        const input = { programme: story.of('programme'), summary: 'It went well.', version: 0 };
        await story.finish('ncm', `DRAFT_EVALUATION ${input.programme}`, () =>
          story.done('ncm', 'draftOfficeEvaluation', input),
        );
      },
    ],
    [
      '2031-11-05',
      'the drafts are for NBNP and the co-ordinators of the offices, and null without an error for others',
      async (story) => {
        for (const who of ['nbnp', 'ncm'])
          expect(await readEvaluation(story, who), who).toMatchObject({
            evaluation: {
              status: 'DRAFT',
              summary: 'Seen.',
              findings: [{ title: 'Shelters' }],
              recommendations: ['More time.'],
              signOffs: [],
            },
            officeEvaluation: { summary: 'It went well.' },
          });
        for (const who of ['dk', 'ncm liaison', 'ncm auditor', 'ncm analyst', 'anonymous']) {
          const { evaluation: seen, officeEvaluation } = await readEvaluation(story, who);
          expect(officeEvaluation, who).toBeNull();
          for (const field of ['summary', 'findings', 'recommendations'])
            expect(seen?.[field] ?? null, who).toBeNull();
        }
      },
    ],
    [
      '2031-12-01',
      'NBNP signs',
      async (story) => {
        const input = signature(story, '2031-12-01');
        const selection = 'evaluation { status }';
        await story.finish('nbnp', `SIGN_EVALUATION ${input.programme}`, async () =>
          expect(await story.done('nbnp', 'signEvaluation', input, selection)).toEqual({
            evaluation: { status: 'SIGNED_BY_NETWORK' },
          }),
        );
      },
    ],
    [
      '2031-12-01',
      'it signs once, and writes nothing more below its signature',
      async (story) => {
        const rule = 'ALREADY_SIGNED';
        await story.refused('nbnp', 'signEvaluation', signature(story, '2031-11-30'), { rule });
        await story.refused(
          'nbnp',
          'draftEvaluation',
          draft(story, 'More.', await versionOf(story)),
          { rule },
        );
      },
    ],
    [
      '2031-12-02',
      'Denmark sees that NBNP has signed, and no word of it',
      async (story) => {
        const { evaluation: seen } = await readEvaluation(story, 'dk');
        expect(seen).toEqual({
          status: 'SIGNED_BY_NETWORK',
          summary: null,
          findings: null,
          recommendations: null,
          signOffs: [{ organisation: 'nbnp' }],
        });
      },
    ],
    [
      '2031-12-03',
      'NBNP withdraws its signature, changes its part, and has to sign again',
      async (story) => {
        const input = await withdrawal(story, '2031-12-03');
        await story.done('nbnp', 'withdrawEvaluationSignature', input);
        const again = await withdrawal(story, '2031-12-03');
        await story.refused('nbnp', 'withdrawEvaluationSignature', again, { rule: 'NOT_SIGNED' });
        await story.done(
          'nbnp',
          'draftEvaluation',
          draft(story, 'Seen twice.', await versionOf(story)),
        );
        expect(await story.tasksOf('nbnp')).toEqual([`SIGN_EVALUATION ${input.id}`]);
      },
    ],
    [
      '2031-12-10',
      'the offices sign, withdraw, and write a better text',
      async (story) => {
        const input = signature(story, '2031-12-10');
        const selection = 'evaluation { status }';
        expect(await story.done('ncm', 'signOfficeEvaluation', input, selection)).toEqual({
          evaluation: { status: 'SIGNED_BY_OFFICES' },
        });
        const text = { programme: input.programme, summary: 'It went very well.', version: 1 };
        const rule = 'ALREADY_SIGNED';
        await story.refused('ncm', 'draftOfficeEvaluation', text, { rule });
        await story.done('ncm', 'withdrawOfficeSignature', input);
        await story.refused('ncm', 'withdrawOfficeSignature', input, { rule: 'NOT_SIGNED' });
        await story.done('ncm', 'draftOfficeEvaluation', text);
      },
    ],
    [
      '2031-12-12',
      'the offices sign again',
      async (story) => {
        const input = signature(story, '2031-12-12');
        await story.finish('ncm', `SIGN_EVALUATION ${input.programme}`, () =>
          story.done('ncm', 'signOfficeEvaluation', input),
        );
      },
    ],
    [
      '2031-12-20',
      'a signature does not lie in the future',
      (story) =>
        story.refused('nbnp', 'signEvaluation', signature(story, '2035-01-01'), {
          rule: 'FUTURE',
        }),
    ],
    [
      '2031-12-20',
      'NBNP signs: the evaluation is complete and open to everybody',
      async (story) => {
        await story.done('nbnp', 'signEvaluation', signature(story, '2031-12-20'));
        expect(await readEvaluation(story, 'anonymous')).toEqual({
          evaluation: {
            status: 'COMPLETE',
            summary: 'Seen twice.',
            findings: [{ title: 'Shelters' }],
            recommendations: ['More time.'],
            signOffs: [{ organisation: 'nbnp' }, { organisation: 'ncm' }],
          },
          officeEvaluation: { summary: 'It went very well.' },
        });
        for (const group of ['north', 'south'])
          expect(await story.see('anonymous', 'group', story.of(group), 'state')).toBe('EVALUATED');
      },
    ],
    [
      '2031-12-21',
      'neither side takes its signature back',
      async (story) => {
        const rule = 'EVALUATED';
        const ofNetwork = await withdrawal(story, '2031-12-21');
        await story.refused('nbnp', 'withdrawEvaluationSignature', ofNetwork, { rule });
        const ofOffices = signature(story, '2031-12-21');
        await story.refused('ncm', 'withdrawOfficeSignature', ofOffices, { rule });
      },
    ],
    [
      '2031-12-21',
      'an evaluated programme changes no more',
      async (story) => {
        const rule = 'EVALUATED';
        const group = { programme: story.of('programme'), name: 'Late', plannedSize: 4 };
        const late = { ...group, direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' };
        await story.refused('nbnp', 'createGroup', late, { rule });
        const report = {
          delegate: story.of('Anna'),
          group: story.of('north'),
          visit: story.of('the week'),
          on: '2031-12-21',
          text: 'Once more.',
        };
        await story.refused('ncm', 'correctDelegateReport', report, { rule });
      },
    ],
  ],
};
