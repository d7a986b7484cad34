import { expect } from 'vitest';
import type { Chapter, Story } from './story.js';

const skills = { roles: ['INTERPRETER'], languages: ['en', 'ru'], fields: ['POLICE'] };

const request = (story: Story, name: string) => ({
  visit: story.of('the week'),
  expert: story.of(name),
  role: 'INTERPRETER',
  languages: ['en', 'ru'],
});

const register = async (story: Story, police: string, unit: string, name: string) => {
  const { id } = await story.done(police, 'registerExpert', { unit, name, ...skills });
  story.keep(name, id);
};

/** Asks for an expert. Gives the id of her assignment. */
const assign = async (story: Story, name: string): Promise<string> => {
  const selection = 'experts { id expertId status }';
  const { experts } = await story.done('nbnp', 'assignExpert', request(story, name), selection);
  const expertId = story.of(name);
  expect(experts).toEqual([{ id: expect.any(String), expertId, status: 'REQUESTED' }]);
  return story.keep(`${name}’s assignment`, experts[0].id);
};

const decide = (story: Story, name: string, decision: object) => ({
  expert: story.of(name),
  assignment: story.of(`${name}’s assignment`),
  ...decision,
});

const refusal = { grant: false, on: '2031-03-22', reason: 'He is a witness in a trial.' };

const loanWarnings = async (story: Story): Promise<string[]> =>
  (await story.warnings(story.of('north'))).filter((text) => text.includes('expert'));

/** Finland and Norway host the week; Lithuania refuses an interpreter, and Latvia lends one. */
export const northHosts: Chapter = {
  title: 'Hosts and interpreters',
  steps: [
    [
      '2031-03-16',
      'Latvia hosts no visit to Finland and Norway, so it offers no hostel, and reads nothing of it',
      async (story) => {
        const visit = story.of('the week');
        const offer = { unit: 'lv:police', visit, accommodation: 'A hostel' };
        await story.refused('lv', 'offerHosting', offer, { rule: 'HOST_COUNTRY' });
        const mayNot = ['lv', 'lv liaison'];
        await story.expectReaders(['visit', visit, 'stops { id }'], { may: [], mayNot });
      },
    ],
    [
      '2031-03-16',
      'Finland offers a hotel',
      async (story) => {
        const visit = story.of('the week');
        const input = { unit: 'fi:npb', visit, accommodation: 'A hotel', transport: 'A bus' };
        const { id } = await story.finish('fi', `OFFER_HOSTING ${visit}`, () =>
          story.done('fi', 'offerHosting', input),
        );
        story.keep('the hotel', id);
        expect(await story.tasksOf('fi')).toContain(`CONFIRM_HOSTING ${id}`);
      },
    ],
    [
      '2031-03-17',
      'Finland’s liaison completes the offer, and a colleague’s older form gets a conflict',
      async (story) => {
        const hosting = story.of('the hotel');
        const input = { hosting, meetingPoint: 'The lobby', emergencyContact: '112', version: 1 };
        const selection = 'accommodation transport meetingPoint emergencyContact version';
        expect(await story.done('fi liaison', 'changeHosting', input, selection)).toEqual({
          accommodation: 'A hotel',
          transport: 'A bus',
          meetingPoint: 'The lobby',
          emergencyContact: '112',
          version: 2,
        });
        const other = { hosting, accommodation: 'A hostel', version: 1 };
        await story.refused('fi', 'changeHosting', other, { code: 'CONFLICT', currentVersion: 2 });
      },
    ],
    [
      '2031-03-18',
      'Finland confirms its offer',
      async (story) => {
        const hosting = story.of('the hotel');
        const selection = 'status decidedOn';
        await story.finish('fi', `CONFIRM_HOSTING ${hosting}`, async () =>
          expect(
            await story.done('fi', 'confirmHosting', { hosting, on: '2031-03-18' }, selection),
          ).toEqual({ status: 'CONFIRMED', decidedOn: '2031-03-18' }),
        );
      },
    ],
    [
      '2031-03-18',
      'Norway offers a school, withdraws it, and has to offer again',
      async (story) => {
        const visit = story.of('the week');
        const offer = { unit: 'no:pod', visit, accommodation: 'A school' };
        const { id: hosting } = await story.done('no', 'offerHosting', offer);
        await story.done('no', 'withdrawHosting', { hosting, on: '2031-03-18' });
        const another = { ...offer, accommodation: 'A guest house' };
        const { id } = await story.finish('no', `OFFER_HOSTING ${visit}`, () =>
          story.done('no', 'offerHosting', another),
        );
        await story.done('no', 'confirmHosting', { hosting: id, on: '2031-03-18' });
        expect(await story.tasksOf('no')).toEqual([]);
      },
    ],
    [
      '2031-03-19',
      'where the group sleeps is read as its stops are',
      (story) =>
        story.expectReaders(
          ['visit', story.of('the week'), 'hostings { accommodation emergencyContact }'],
          {
            may: ['nbnp', 'ncm', 'fi', 'no liaison'],
            mayNot: ['dk', 'lv', 'fi analyst', 'no auditor', 'anonymous'],
          },
        ),
    ],
    [
      '2031-03-20',
      'Lithuania and Latvia register an interpreter each',
      async (story) => {
        await register(story, 'lt', 'lt:lkpb', 'Jonas');
        await register(story, 'lv', 'lv:police', 'Marta');
      },
    ],
    [
      '2031-03-20',
      'nobody asks an interpreter for a language that he does not speak',
      (story) =>
        story.refused(
          'nbnp',
          'assignExpert',
          { ...request(story, 'Jonas'), languages: ['fi'] },
          { rule: 'EXPERT_LANGUAGES' },
        ),
    ],
    [
      '2031-03-20',
      'nor for a role that his police does not offer',
      (story) =>
        story.refused(
          'nbnp',
          'assignExpert',
          { ...request(story, 'Jonas'), role: 'EXPERT' },
          { rule: 'EXPERT_ROLE' },
        ),
    ],
    [
      '2031-03-21',
      'NBNP asks for Jonas: Lithuania has to decide, and NBNP is warned that he is not lent',
      async (story) => {
        const assignment = await assign(story, 'Jonas');
        expect(await story.tasksOf('lt')).toEqual([`DECIDE_LOAN ${assignment}`]);
        expect(await loanWarnings(story)).toEqual([expect.stringContaining('LT')]);
      },
    ],
    [
      '2031-03-21',
      'his name is for Lithuania and NBNP as long as he is not lent',
      (story) =>
        story.expectReaders(['expert', story.of('Jonas'), 'name'], {
          may: ['lt', 'lt liaison', 'nbnp'],
          mayNot: ['fi', 'no', 'ncm', 'lv', 'lt analyst', 'anonymous'],
        }),
    ],
    [
      '2031-03-22',
      'a liaison lends nobody',
      (story) =>
        story.refused('lt liaison', 'decideExpertLoan', decide(story, 'Jonas', refusal), {
          code: 'FORBIDDEN',
        }),
    ],
    [
      '2031-03-22',
      'Lithuania refuses, and says why to NBNP alone',
      async (story) => {
        const decision = decide(story, 'Jonas', refusal);
        const selection = 'status loanDecidedOn loanReason';
        await story.finish('lt', `DECIDE_LOAN ${decision.assignment}`, async () =>
          expect(await story.done('lt', 'decideExpertLoan', decision, selection)).toEqual({
            status: 'REFUSED',
            loanDecidedOn: '2031-03-22',
            loanReason: 'He is a witness in a trial.',
          }),
        );
        await story.expectReaders(
          ['visit', story.of('the week'), 'experts { status loanReason }'],
          { may: ['nbnp'], mayNot: ['fi', 'no', 'ncm', 'dk'] },
        );
      },
    ],
    [
      '2031-03-22',
      'a decision is final',
      (story) =>
        story.refused('lt', 'decideExpertLoan', decide(story, 'Jonas', refusal), {
          rule: 'ALREADY_DECIDED',
        }),
    ],
    [
      '2031-03-23',
      'the refusal is a warning until NBNP releases him',
      async (story) => {
        expect(await loanWarnings(story)).toEqual([expect.stringContaining('LT refused')]);
        await story.done('nbnp', 'releaseExpert', {
          assignment: story.of('Jonas’s assignment'),
        });
        expect(await loanWarnings(story)).toEqual([]);
      },
    ],
    [
      '2031-03-23',
      'nobody is lent for whom NBNP does not ask any more',
      (story) =>
        story.refused('lt', 'decideExpertLoan', decide(story, 'Jonas', refusal), {
          rule: 'NOT_ASSIGNED',
        }),
    ],
    [
      '2031-03-24',
      'NBNP asks for Marta, and Latvia lends her',
      async (story) => {
        const assignment = await assign(story, 'Marta');
        const decision = decide(story, 'Marta', { grant: true, on: '2031-03-24' });
        await story.finish('lv', `DECIDE_LOAN ${assignment}`, async () =>
          expect(await story.done('lv', 'decideExpertLoan', decision, 'status')).toEqual({
            status: 'LENT',
          }),
        );
        expect(await loanWarnings(story)).toEqual([]);
      },
    ],
    [
      '2031-03-25',
      'her name is read by those who run the week now, and her assignments by Latvia and NBNP',
      async (story) => {
        await story.expectReaders(['expert', story.of('Marta'), 'name'], {
          may: ['lv', 'nbnp', 'ncm', 'fi', 'no'],
          mayNot: ['dk', 'lt', 'fi liaison', 'fi auditor', 'anonymous'],
        });
        await story.expectReaders(['expert', story.of('Marta'), 'assignments { id }'], {
          may: ['lv', 'nbnp'],
          mayNot: ['fi', 'ncm', 'dk', 'anonymous'],
        });
      },
    ],
  ],
};
