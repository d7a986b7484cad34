import { describe, expect, it } from 'vitest';
import { createToken } from '../../network/open-hub.js';
import { openNetwork } from '../../network/open-network.js';
import { chromiumPath, openBrowser, openMenu } from '../open-browser.js';
import { goOffline, keepOldJourney, phone, readKept } from './on-phone.js';

const visit = 'nbnp:demo-visit-2';

describe.skipIf(!chromiumPath && !process.env['CI'])('/my-journey while a host is away', () => {
  it('keeps what has come for the time without a connection, and says what is missing', async () => {
    await using network = await openNetwork('demonstration', { isGuarded: true });
    const { data } = await network.ask(
      'query ($id: ID!) { visit(id: $id) { hosts { owner } } }',
      { id: visit },
      { organisation: 'nbnp', role: 'coordinator' },
    );
    const hosts = (data.visit.hosts as { owner: string }[]).map(({ owner }) => owner);
    await network.stop(hosts.find((owner) => !['dk', 'nbnp'].includes(owner)) ?? '');

    const browser = await openBrowser();
    await using context = await browser.newContext({ ...phone, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(new URL('/my-journey', network.hubUrl).href);
    await openMenu(page);
    await page.locator('header .tools button').click();
    const form = page.locator('dialog form').last();
    const her = { organisation: 'dk', role: 'participant', person: 'dk:demo-officer-3' } as const;
    await form.locator('textarea').fill(await createToken(network.keys, her));
    await form.locator('button[type=submit]').click();

    const missing = page.locator('.note', { hasText: 'Incomplete: no response from' });
    await missing.waitFor();
    const stops = page.locator('.journey-stop');
    const online = await stops.allInnerTexts();
    expect(online.length).toBeGreaterThan(0);

    // Days later the kept journey is too old. What she has written is not.
    await expect.poll(() => page.evaluate(readKept)).toContain(visit);
    await page.evaluate(keepOldJourney, visit);
    await page.reload();
    await missing.waitFor();
    await expect.poll(() => page.evaluate(readKept)).not.toContain('"savedAt":1,');
    expect(await page.evaluate(readKept)).toContain('What I saw.');
    await goOffline(context, page, visit);
    await page.getByText('No connection. This is as of').waitFor();
    await missing.waitFor();
    expect(await stops.allInnerTexts()).toEqual(online);
  });
});
