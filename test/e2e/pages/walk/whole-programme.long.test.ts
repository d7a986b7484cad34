import { createDisposableStack } from '@hub/shared/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser } from '../open-browser.js';
import { Walker } from './walker.js';

/** All of it happens today: the visit has one day. */
const dayOf = (date: Date): readonly string[] => {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map(String);
};

describe.skipIf(!chromiumPath && !process.env['CI'])('a programme by keyboard alone', () => {
  let hub: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
  });

  it(
    'runs from its plan to the signed evaluation by eight people of five organisations',
    { timeout: 600_000 },
    async () => {
      await using everybody = createDisposableStack();
      const seen = new Set<string>();
      const open = async (url: URL) => everybody.use(await Walker.open(browser, url, seen));
      const enter = async (organisation: string, role: string) => {
        const walker = await open(new URL('/', hub.hubUrl));
        await walker.signIn(organisation, role);
        return walker;
      };
      const today = dayOf(new Date());
      const [year = ''] = today;

      // The network plans a programme, a group, a visit and a stop, and asks for an expert.
      const network = await enter('nbnp', 'coordinator');
      await network.go('Programme');
      // One that is planned anew has no sides before somebody names them: a copy has those of the first.
      await network.use('link', /^Copy the programme ?: Demonstration programme$/);
      await network.type('Title', 'A walk through all of it');
      await network.date(/^Begins/, [year]);
      await network.date(/^Ends/, [year]);
      await network.send('Copy the programme', 'The programme is copied.');
      await network.use('link', /^Change the programme ?: A walk/);
      await network.type(/^Smallest group/, '2');
      await network.type(/^Largest group/, '3');
      await network.send('Save the change', 'The programme is changed.');
      await network.go('Programme');
      await network.use('link', /^Plan a group ?: A walk/);
      await network.type('Name of the group', 'The walkers');
      await network.pick('Its members come from', 'Nordic and Baltic countries');
      await network.pick('It travels to', 'North-West Russia');
      await network.type('Planned number of people', '2');
      await network.send('Plan the group', 'The group is planned.');
      await network.use('link', 'Plan a visit');
      await network.type('Title', 'A day in St. Petersburg');
      await network.date(/^First day/, today);
      await network.date(/^Last day/, today);
      await network.tick('Host countries', 'Russia');
      await network.send('Plan the visit', 'The visit is planned.');
      await network.use('link', 'Plan a stop');
      await network.type('Title', 'A police station');
      await network.find('Sector', 'pol');
      await network.send('Plan the stop', 'The stop is planned.');
      await network.use('link', 'Change the visit');
      await network.type(/^Practical information/, 'Meet at the bridge.');
      await network.send('Save the change', 'The visit is changed.');
      await network.use('link', 'Ask for an expert');
      await network.find('Expert', 'Estonia interpreter');
      await network.pick('Role', 'Interpreter');
      await network.find('Languages', 'Russian');
      await network.send('Ask for an expert', 'The police force is asked');

      // While Denmark’s server is away, Estonia lends the expert, and Latvia nominates.
      await hub.stop('dk');
      const estonia = await enter('ee', 'coordinator');
      await estonia.go('Tasks');
      await estonia.use('link', /^Decide the loan of an expert.*The walkers/);
      await estonia.pick('Decision', 'Lend');
      await estonia.send('Lend', 'Done: Decide the loan of an expert');
      const nominate = async (walker: Walker) => {
        await walker.go('Tasks');
        await walker.use('link', /^Nominate somebody.*The walkers/);
        const name = await walker.choosePerson('Officer');
        await walker.type(/^Why this person/, 'She works with victims.');
        await walker.send('Nominate', 'Done: Nominate somebody');
        return name;
      };
      const latvia = await enter('lv', 'coordinator');
      const latvian = await nominate(latvia);

      // The offices offer to host and confirm it, and their liaison confirms the stop.
      const offices = await enter('ncm', 'coordinator');
      await offices.go('Tasks');
      await offices.use('link', /^Offer to host a visit.*The walkers/);
      await offices.pick('Office');
      await offices.type(/^Accommodation/, 'A house by the river');
      await offices.send('Offer to host', 'Done: Offer to host a visit');
      await offices.use('link', /^Confirm an offer to host.*The walkers/);
      await offices.pick('Decision', 'Confirm');
      await offices.send('Confirm', 'Done: Confirm an offer to host');
      const liaison = await enter('ncm', 'liaison');
      await liaison.go('Tasks');
      await liaison.use('link', /^Confirm a stop.*The walkers/);
      await liaison.pick('Office');
      await liaison.send('Confirm', 'Done: Confirm a stop');

      // Denmark is back.
      await hub.start('dk');
      const denmark = await enter('dk', 'coordinator');
      const dane = await nominate(denmark);

      // The network accepts both.
      await network.go('Programme');
      await network.use('link', 'The walkers');
      await network.use('link', 'Decide on the nominees');
      for (const name of [latvian, dane])
        await network.select(
          network.page.getByRole('group', { name }).getByLabel('Decision'),
          'ACCEPT',
        );
      await network.send('Save the decisions', 'Saved: 2 of 2.');

      // Each police force records what its member has, and invites her.
      const participants: Walker[] = [];
      for (const [walker, name] of [
        [latvia, latvian],
        [denmark, dane],
      ] as const) {
        await walker.go('Programme');
        await walker.use('link', 'The walkers');
        await walker.use('link', 'Record formalities');
        const person = walker.page.getByRole('group', { name });
        for (const list of await person.locator('select').all())
          await walker.select(list, 'RECEIVED');
        await walker.send('Save the formalities', 'Saved: 5 of 5.');
        await walker.go('People');
        await walker.use('link', name);
        await walker.use('link', 'Invite');
        await walker.use('button', 'Make a link for');
        const link = await walker.page.locator('.outcome code').innerText();
        // Chromium stores secure cookies of this name of the machine, as it does with TLS.
        const participant = await open(new URL(link.replace('127.0.0.1', 'localhost')));
        await participant.use('button', 'Open my journey of');
        await participant.use('button', 'I have read it');
        await participant.page.getByText('that you have read it').waitFor();
        participants.push(participant);
      }

      // The group is briefed, travels, and is back.
      const record = async (kind: string) => {
        await network.go('Programme');
        await network.use('link', 'The walkers');
        await network.use('link', `Record the ${kind}`);
        await network.type(/^Place/, 'Riga');
        await network.send('Save the meeting', 'The meeting is saved.');
      };
      await record('briefing');
      for (const task of ['Record the departure', 'Record the return']) {
        await network.go('Tasks');
        await network.use('link', new RegExp(`^${task}.*The walkers`));
        await network.send('Record', `Done: ${task}`);
      }
      await record('debriefing');

      // Each member writes her report on her own page.
      for (const participant of participants) {
        await participant.page.reload();
        await participant.look();
        await participant.type('What you have seen', 'Police and shelter share a number.');
        await participant.use('button', 'Hand in the report');
        await participant.page.getByText('Your report is handed in').waitFor();
      }

      // Both sides write the evaluation, and sign it.
      for (const [walker, summary] of [
        [network, 'The network has seen much.'],
        [offices, 'The offices have seen much.'],
      ] as const) {
        await walker.go('Programme');
        await walker.go('Tasks');
        await walker.use('link', /^Draft the evaluation/);
        await walker.type(/^Summary/, summary);
        await walker.send('Save the draft', 'Done: Draft the evaluation');
        await walker.use('link', /^Sign the evaluation/);
        await walker.send('Sign', 'Done: Sign the evaluation');
      }

      const query = `{ programmes { title evaluation { status summary signOffs { organisation } }
        groups { name state stateIsCertain memberCount officerReportsReceived
          visits { departedOn returnedOn stops { confirmed } experts { status }
            regionalHostings { status } } } } }`;
      const reader = { organisation: 'nbnp', role: 'coordinator' } as const;
      const { programmes } = (await hub.ask(query, {}, reader)).data;
      const on = today.map((part) => part.padStart(2, '0')).join('-');
      expect(
        (programmes as Tree[]).find(({ title }) => title === 'A walk through all of it'),
      ).toEqual({
        title: 'A walk through all of it',
        evaluation: {
          status: 'COMPLETE',
          summary: 'The network has seen much.',
          signOffs: [{ organisation: 'nbnp' }, { organisation: 'ncm' }],
        },
        groups: [
          {
            name: 'The walkers',
            state: 'EVALUATED',
            stateIsCertain: true,
            memberCount: 2,
            officerReportsReceived: 2,
            visits: [
              {
                departedOn: on,
                returnedOn: on,
                stops: [{ confirmed: true }],
                experts: [{ status: 'LENT' }],
                regionalHostings: [{ status: 'CONFIRMED' }],
              },
            ],
          },
        ],
      });
      // A participant’s browser asks for the session that the link has not opened yet.
      for (const walker of [network, estonia, latvia, offices, liaison, denmark])
        expect(walker.faults).toEqual([]);
    },
  );
});
