import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { button, editorOf, readKept, readTable, run, write } from './explorer-page.js';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './open-browser.js';

const officers =
  'query Officers { officers(first: 1000, filter: { rehearsals: true }) { nodes { id rank } } }';

describe.skipIf(!chromiumPath && !process.env['CI'])('/explorer', () => {
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
  const open = async (hash = '') => {
    const opened = await openPage(browser, new URL(`/explorer${hash}`, network.hubUrl));
    await settled(opened.page);
    return opened;
  };

  it('runs an example of a partner, and shows who answered and the plan', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.getByRole('main').getByRole('searchbox').fill('areas to involve');
    await button(page, 'AreasToInvolve').click();
    await run(page);
    await page.getByText('Murmansk').first().waitFor();
    await button(page, 'Plan').click();
    const [, first, second] = await readTable(page, 'Plan');
    expect(first?.[0]).toBe('Nordic-Baltic Network of Policewomen');
    expect(first?.[3]).toBe('Query.programme');
    expect(second?.[0]).toContain('Nordic Council of Ministers');
    expect(second?.[3]).toContain('programme.areasToInvolve');
    await page.getByText('All partners that were asked answered.').click();
    const answered = await readTable(page, 'Who answered');
    expect(answered.slice(1).map(([, status]) => status)).toEqual(['● answered', '● answered']);
    expect(faults).toEqual([]);
  });

  it('leads from an error to its place, says status and size, and gives a command', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await write(
      page,
      'query Mine {\n  partners { code }\n  officer(id: "dk:x") { name nobody }\n}',
    );
    await run(page);
    await page.getByText(/ms · Request .* · Status 400 · [1-9]\d* kB$/).waitFor();
    await button(page, 'To its place').first().click();
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('phone }');
    await button(page, 'Copy as cURL').click();
    await page.getByText('Copied').waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain(`curl '${new URL('/graphql', network.hubUrl).href}'`);
    expect(command).toContain('{ name phone }');
    expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
  });

  it('completes fields, marks what the schema does not have, and runs by keyboard', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await write(page, '');
    await page.keyboard.type('query Mine { partners');
    await page.getByRole('option', { name: /^partners/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' { nobody');
    await page.locator('.cm-lintRange-error').first().waitFor();
    for (let count = 0; count < 'nobody'.length; count += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('code ');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^[\d.,]+ ms · Request/).waitFor();
    const json = page.getByRole('textbox', { name: 'JSON' });
    await json.getByText('"nbnp"').waitFor();
    expect(faults).toEqual([]);
  });

  it('lets the keyboard out of the editor with Escape and Tab', async () => {
    await using opened = await open();
    const { page } = opened;
    await editorOf(page).click();
    await page.keyboard.press('Tab');
    expect(await editorOf(page).evaluate((editor) => editor.textContent)).toContain('  ');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const host = document.activeElement;
      return host?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? host?.tagName;
    });
    expect(focused).not.toBe('Operation');
  });

  it('names the owner of a field, and who reads it there', async () => {
    await using opened = await open();
    const { page } = opened;
    await button(page, 'Docs').click();
    await page.getByRole('main').getByRole('searchbox').fill('Officer.rank');
    await button(page, 'Officer.rank').click();
    const panel = page.locator('#explorer-panel');
    const facts = JSON.parse(
      readFileSync(
        new URL('../../../gateway/explorer/generated/field-facts.json', import.meta.url),
        'utf8',
      ),
    ) as Record<string, Record<string, string>>;
    const readers = facts['Officer.rank']?.['national-police']?.replaceAll('`', '') ?? '?';
    await panel.getByText(readers).waitFor();
    await panel.getByText('National police of Norway').waitFor();
  });

  it('starts an operation with a field of the docs, with its variables', async () => {
    await using opened = await open();
    const { page } = opened;
    await button(page, 'Docs').click();
    await page.getByRole('main').getByRole('searchbox').fill('Query.event');
    await button(page, 'Query.event').click();
    await button(page, 'Start an operation with it').click();
    const variables = page.getByRole('textbox', { name: 'Variables' });
    await variables.getByText('"id"').waitFor();
    await run(page);
    // No event has the empty id.
    await page.getByRole('textbox', { name: 'JSON' }).getByText('null').waitFor();
  });

  it('says what is withheld, by the error, until somebody signs in who may read it', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await write(page, officers);
    await run(page);
    await page.locator('.note').getByText('FORBIDDEN').waitFor();
    await button(page, 'Table').click();
    expect(await readTable(page, 'the whole result')).toEqual([
      ['#', 'officers'],
      ['1', expect.stringContaining('withheld')],
    ]);
    await signIn(page, 'no', 'coordinator');
    await page.getByText('Run the operation to see its result here.').waitFor();
    await run(page);
    await button(page, 'Table').click();
    const rows = await readTable(page, 'officers.nodes');
    const rankOf = (start: string) => rows.filter(([, id]) => id?.startsWith(start))[0]?.[2];
    expect(rankOf('no:')).not.toContain('withheld');
    expect(rankOf('dk:')).toContain('withheld');
    expect(await readKept(page)).not.toContain('eyJ');
    expect(await readKept(page)).not.toContain('no:demo');
    expect(faults).toEqual([]);
  });

  it('says of an invalid operation and of invalid variables what is wrong', async () => {
    await using opened = await open();
    const { page } = opened;
    await write(page, '{ nothing }');
    await run(page);
    await page.locator('.note').getByText('GRAPHQL_VALIDATION_FAILED').waitFor();
    await page.getByRole('textbox', { name: 'Variables' }).click();
    await page.keyboard.insertText('{ "a": ');
    await button(page, 'Run').click();
    await page.getByRole('alert').getByText('not a JSON object').waitFor();
  });

  it('completes variables from their types, and sends none that do not fit', async () => {
    await using opened = await open();
    const { page } = opened;
    const sent: unknown[] = [];
    page.on('request', (request) => {
      if (request.url() === network.hubUrl) sent.push(request.postDataJSON());
    });
    await write(
      page,
      'query Found($filter: EventFilter, $first: Int!) { events(filter: $filter, first: $first) { totalCount } }',
    );
    await page.locator('.declared').getByText('$filter: EventFilter').waitFor();
    const before = sent.length;
    await button(page, 'Run').click();
    const problems = page.getByRole('alert');
    await problems.getByText('$first is missing. Its type is Int!.').waitFor();
    const variables = page.getByRole('textbox', { name: 'Variables' });
    await variables.click();
    await page.keyboard.type('{"fi');
    await page.getByRole('option', { name: /^first/ }).click();
    await page.keyboard.type('"ten"');
    await page.locator('.variables .cm-lintRange-error').first().waitFor();
    await button(page, 'Run').click();
    await problems.getByText('Int cannot represent non-integer value: "ten"').waitFor();
    expect(sent).toHaveLength(before);
    await button(page, 'Send it anyway').click();
    await page.getByText(/^[\d.,]+ ms · Request/).waitFor();
    await page.locator('.note').getByText('BAD_USER_INPUT').waitFor();
    for (let count = 0; count < '"ten"'.length; count += 1) await page.keyboard.press('Backspace');
    await variables.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('{ "first": 1 }');
    await run(page);
    await page.getByRole('textbox', { name: 'JSON' }).getByText('"totalCount"').waitFor();
  });

  it('marks a mutation that came with a link, and sends it when the reader says so', async () => {
    const query = 'mutation Move { cancelVisit(input: { id: "nbnp:none", version: 1 }) { id } }';
    await using opened = await open(`#${new URLSearchParams({ query }).toString()}`);
    const { page } = opened;
    const sent: unknown[] = [];
    page.on('request', (request) => {
      if (request.url() === network.hubUrl) sent.push(request.postDataJSON());
    });
    const note = page.getByText('This operation came with a link, and it changes data.');
    await note.waitFor();
    expect(sent).toEqual([]);
    await button(page, 'Run the mutation').click();
    await page.getByText(/^[\d.,]+ ms · Request/).waitFor();
    expect(await note.count()).toBe(0);
    expect(sent).toEqual([expect.objectContaining({ query })]);
    // One that the reader writes is not marked.
    await write(page, 'mutation Own { __typename }');
    await button(page, 'Run the mutation').waitFor();
    expect(await note.count()).toBe(0);
  });

  it('runs the operation of several that the reader chooses', async () => {
    await using opened = await open();
    const { page } = opened;
    await write(page, 'query One { one: __typename }\nquery Two { two: __typename }\n');
    await page.getByLabel('Which operation runs').selectOption('Two');
    await run(page);
    await page.getByRole('textbox', { name: 'JSON' }).getByText('"two"').waitFor();
  });

  it('opens the operation of a link without running it, and keeps it over a reload', async () => {
    const link = new URLSearchParams({
      query: 'query Linked { __typename }',
      variables: '{"a":1}',
    });
    await using opened = await open(`#${link.toString()}`);
    const { page } = opened;
    await button(page, 'Linked').waitFor();
    await page.getByText('Run the operation to see its result here.').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await page.reload();
    await button(page, 'Linked').click();
    await page.getByRole('textbox', { name: 'Variables' }).getByText('1').waitFor();
    await run(page);
    await button(page, 'History').click();
    await page.locator('#explorer-panel').getByText('Linked').waitFor();
  });

  it('saves a list as CSV that no spreadsheet runs', async () => {
    await using opened = await open();
    const { page } = opened;
    await write(page, '{ partners { code name } }');
    // The answer of the hub, with a name as an attacker would choose it.
    await page.route('**/graphql', async (route) => {
      const partners = [{ code: 'xx', name: '=cmd|"x"' }];
      await route.fulfill({ json: { data: { partners } }, headers: { 'x-request-id': 'r' } });
    });
    await run(page);
    await button(page, 'Table').click();
    const download = page.waitForEvent('download');
    await button(page, 'Download CSV').click();
    const path = await (await download).path();
    expect(readFileSync(path, 'utf8')).toBe(`\uFEFFcode,name\r\nxx,"'=cmd|""x"""\r\n`);
  });

  it('says which partner is away, since when, and what is missing for that', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await signIn(page, 'fi', 'coordinator');
    await network.stop('fi');
    try {
      await write(page, '{ officer(id: "fi:demo-officer-1") { id } }');
      await run(page);
      await page.getByText(/Incomplete: no response from National police of Finland/).waitFor();
      const [, away] = await readTable(page, 'Who answered');
      expect(away?.slice(0, 2)).toEqual(['National police of Finland', '○ unavailable']);
      expect(away?.[2]).toMatch(/^last answered /);
      await page.locator('.note').getByText('PARTNER_UNAVAILABLE').waitFor();
      await button(page, 'Table').click();
      expect(await readTable(page, 'the whole result')).toEqual([
        ['#', 'officer'],
        ['1', expect.stringContaining('not available now')],
      ]);
      expect(faults).toEqual([]);
    } finally {
      await network.start('fi');
    }
  });

  it('works without completion where the hub does not publish its schema', async () => {
    await using opened = await openPage(browser, new URL('/status', network.hubUrl));
    const { page, faults } = opened;
    await page.route('**/pages/settings.json', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ json: { ...(await response.json()), hasSchema: false } });
    });
    await page.goto(new URL('/explorer', network.hubUrl).href);
    await page.getByText('This hub does not publish its schema.').first().waitFor();
    await run(page);
    await page.getByRole('textbox', { name: 'JSON' }).getByText('"nbnp"').waitFor();
    expect(faults).toEqual([]);
  });
});
