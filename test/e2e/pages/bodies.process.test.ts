import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './open-browser.js';

describe.skipIf(!chromiumPath && !process.env['CI'])('a body of the network', () => {
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    [network, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
  });
  const at = (path: string) => new URL(path, network.hubUrl);

  it('shows on the network page how to reach one, from where and since when', async () => {
    const set = {
      function: 'duty desk',
      mailbox: 'desk@politi.example',
      telephone: '+45 3314 8888',
      openingHours: 'Mon–Fri 9–17',
      languages: ['da', 'en'],
      source: 'https://politi.example/contact',
      checkedOn: '2026-11-20',
    };
    const { errors } = await network.ask(
      'mutation ($input: SetUnitContactPointInput!) { setUnitContactPoint(input: $input) { id } }',
      { input: { unit: 'dk:nec', set } },
      { organisation: 'dk', role: 'coordinator' },
    );
    expect(errors).toBeUndefined();
    await using opened = await openPage(browser, at('/network'));
    const { page, faults } = opened;
    await settled(page);
    await page.getByRole('tab', { name: 'Parties' }).click();
    await page.getByRole('button', { name: /^National Centre of Investigation/ }).click();
    const details = page.locator('.network-details');
    await details.getByText('Sign in to see how to reach it.').waitFor();
    expect(await details.getByText(set.mailbox).count()).toBe(0);
    await signIn(page, 'ee', 'analyst');
    const points = details.locator('.contact-points');
    const mailbox = points.getByRole('link', { name: set.mailbox });
    expect(await mailbox.getAttribute('href')).toBe('mailto:desk@politi.example');
    const telephone = points.getByRole('link', { name: set.telephone });
    expect(await telephone.getAttribute('href')).toBe('tel:+4533148888');
    const text = await points.innerText();
    for (const shown of [set.function, set.openingHours, 'Danish, English', 'politi.example'])
      expect(text).toContain(shown);
    expect(text).toMatch(/read on (20 Nov|Nov 20,) 2026/);
    expect(faults).toEqual([]);
  });

  it('shows who selects, hosts and co-ordinates at each side of a programme', async () => {
    const sides = [
      { name: 'Latvia', countries: ['LV'], selectors: ['lv:police'], coordinators: ['ncm:rix'] },
      { name: 'Denmark and Poland', countries: ['DK', 'PL'], hosts: ['dk:nec'] },
    ];
    const { errors } = await network.ask(
      'mutation ($input: CreateProgrammeInput!) { createProgramme(input: $input) { id } }',
      {
        input: {
          title: 'From Latvia to Denmark',
          startsOn: '2027',
          endsOn: '2028',
          groupSizeMin: 2,
          groupSizeMax: 5,
          targetGroups: ['POLICE'],
          sectorsToShow: ['COURT'],
          workingLanguages: ['en'],
          sides,
        },
      },
      { organisation: 'nbnp', role: 'coordinator' },
    );
    expect(errors).toBeUndefined();
    await using opened = await openPage(browser, at('/programme'));
    const { page, faults } = opened;
    const section = page.locator('section').filter({ hasText: 'From Latvia to Denmark' });
    await section.locator('.sides').waitFor();
    const shown = await section.locator('.sides > li').allInnerTexts();
    expect(shown.map((text) => text.replaceAll(/\s*\n\s*/g, ' | '))).toEqual([
      "Latvia | Where | Latvia | Who selects there | State Police of Latvia | Who hosts there | National police of Latvia | Who co-ordinates there | Nordic Council of Ministers' Office in Latvia",
      'Denmark and Poland | Where | Denmark, Poland | Who selects there | nobody is named | Who hosts there | National Centre of Investigation (Danish National Police) | No organisation of the network answers in Poland. Nordic-Baltic Network of Policewomen confirms there. | Who co-ordinates there | Nordic-Baltic Network of Policewomen',
    ]);
    expect(await section.locator('details').count()).toBe(0);
    await signIn(page, 'fi', 'analyst');
    await section.locator('summary').filter({ hasText: 'State Police of Latvia' }).click();
    await section.getByText('No contact point is recorded.').waitFor();
    expect(faults).toEqual([]);
  });
});
