import { createKeyStore, keyFilesOf } from '@hub/shared/identity';
import { chainedLines, dailyHeads, networkHeads } from '@hub/shared/records';
import { createTestKeyPair, type TestKeyPair } from '@hub/shared/testing';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEvidenceCommand } from '../../../../gateway/cli/records/evidence.js';
import { printed } from '../../../../gateway/cli/test-printed.js';
import { createEvidenceStore } from '../../../../gateway/registry/records/evidence-store.js';
import type { Asker } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { placeNetwork } from '../../network/place-network.js';
import { press } from '../by-keyboard.js';
import { findAllBarriers } from '../find-barriers.js';
import { chromiumPath, fillDate, openBrowser, openPageAs, save, settled } from '../open-browser.js';

const auditor: Asker = { organisation: 'fi', role: 'auditor' };
const coordinator: Asker = { organisation: 'fi', role: 'coordinator' };

type Pair = Pick<TestKeyPair, 'key' | 'publicKey'>;

/** The published file with a head of each of these records, signed in turn. */
async function signHeads(
  signers: readonly (readonly [code: string, pair: Pair])[],
): Promise<string[]> {
  const lines: string[] = [];
  let end = chainedLines.noLines;
  for (const [index, [issuer, { key, publicKey }]] of signers.entries()) {
    const at = `2026-11-0${index + 1}T00:00:00.000Z`;
    const opening = dailyHeads.makeOpening({ links: 1, hash: 'a'.repeat(64) });
    const { sequence, hash } = end;
    const seen = { sequence, hash };
    const head = { form: 2, issuer, at, end: dailyHeads.commitToEnd(opening), seen } as const;
    const statement = await dailyHeads.signHead(head, key);
    const details = { partner: issuer, statement, key: networkHeads.describeKey(publicKey) };
    const line = chainedLines.continueLines(end, { at, event: 'HEAD', details });
    lines.push(JSON.stringify(line));
    end = line;
  }
  return lines;
}

/** The keys of a partner of the open network, or of its hub. */
async function readPair(folder: string, code: string): Promise<Pair> {
  const files = new Map([[code, keyFilesOf(folder, code).private]]);
  const [key = {}] = await createKeyStore({ files }).signingKeysOf(code);
  return { key, publicKey: key };
}

describe.skipIf(!chromiumPath && !process.env['CI'])('the record of an auditor', () => {
  let hub: OpenNetwork;
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-record-'));
    const evidence = createEvidenceStore(join(folder, 'evidence'));
    [hub, browser] = await Promise.all([
      openNetwork('demonstration', { isGuarded: true, evidence }),
      openBrowser(),
    ]);
    // A colleague reads at home and elsewhere, and is refused.
    const names = 'query Names { officers(filter: { rehearsals: true }) { nodes { name } } }';
    await hub.ask(names, {}, coordinator);
    const [{ id, version }] = (
      await hub.ask(
        '{ officers(filter: { country: "FI", rehearsals: true }) { nodes { id version } } }',
        {},
        coordinator,
      )
    ).data.officers.nodes;
    const hold = `mutation ($person: ID!, $version: Int!) {
      holdPoliceData(input: {
        person: $person, reason: "A complaint is open.", until: "2028-01-01" }) { until }
      changeOfficer(input: { officer: $person, rank: "Inspector", version: $version }) { id } }`;
    const { errors } = await hub.ask(hold, { person: id, version }, coordinator);
    expect(errors).toBeUndefined();
  });
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const openAs = (asker: Asker | undefined, path = '/record') =>
    openPageAs(browser, new URL(path, hub.hubUrl), asker);

  it('says who may read it, and shows nobody else anything', async () => {
    await using opened = await openAs(undefined);
    const { page, faults } = opened;
    await page.getByText('The record is for auditors.').waitFor();
    expect(await page.getByRole('main').getByRole('list').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('leads a participant to what she may read about herself', async () => {
    const her: Asker = { organisation: 'dk', role: 'participant', person: 'dk:demo-officer-3' };
    await using opened = await openAs(her);
    const { page, faults } = opened;
    await press(page, 'link', /who read it/);
    await page.waitForURL('**/my-journey');
    await page.getByText('Who read my data').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('shows co-ordinators what is due and held alone, with the way to it', async () => {
    await using opened = await openAs(coordinator, '/people');
    const { page, faults } = opened;
    await press(page, 'link', 'What is erased soon, and what is held');
    const main = page.getByRole('main');
    await main.getByText('Only auditors read the rest of the record.').waitFor();
    const held = main.getByRole('listitem').filter({ hasText: 'A complaint is open.' }).first();
    await held.waitFor();
    expect(await held.innerText()).toContain('Held until');
    expect(await main.getByRole('link', { name: 'Readings' }).count()).toBe(0);
    expect(await findAllBarriers(page)).toEqual([]);
    await held.getByRole('link', { name: 'The record of the person' }).press('Enter');
    await main.getByText('A complaint is open.').waitFor();
    await page.goto(new URL('/status', hub.hubUrl).href);
    await main.getByText('Held now: 1.').waitFor();
    expect(faults).toEqual([]);
  });

  it('tells who read what, finds refusals, and saves a table and proof', async () => {
    await using opened = await openAs(auditor, '/');
    const { page, faults } = opened;
    expect(await page.locator('header').getByRole('link', { name: 'Tasks' }).count()).toBe(0);
    await page.locator('header').getByRole('link', { name: 'Record' }).press('Enter');
    await settled(page);
    const main = page.getByRole('main');
    const own = main.getByRole('row').filter({ hasText: 'officers (names)' });
    await own.filter({ hasText: 'Finland (Co-ordinator)' }).first().waitFor();
    // Servers read for each other all day. A link leads to what they read.
    expect(await main.getByText('(Server)').count()).toBe(0);
    await press(page, 'link', /^Readings by servers, not shown here: [1-9]/);
    await main.getByText('(Server)').first().waitFor();
    expect(await own.filter({ hasText: 'Finland (Co-ordinator)' }).count()).toBe(0);
    await page.goBack();
    await own.filter({ hasText: 'Finland (Co-ordinator)' }).first().waitFor();
    // Of others’ data, what was read in her organisation’s name.
    await main.getByLabel('Whose data').selectOption('ee');
    await settled(page);
    await main.getByText('Whose data: National police of Estonia').waitFor();
    await main.getByText('you see what was read in the name of').waitFor();
    expect(new URL(page.url()).searchParams.get('owner')).toBe('ee');
    expect(await findAllBarriers(page)).toEqual([]);
    await main.getByLabel('Kind').selectOption('refused');
    await settled(page);
    const texts = await main.locator('tbody').getByRole('row').allInnerTexts();
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).toContain('Refused:');
    await press(page, 'button', 'Clear the filter');
    await main.getByLabel('Role').selectOption('auditor');
    await main.getByText('(Co-ordinator)').first().waitFor({ state: 'detached' });
    await page.goBack();
    await main.getByText('(Co-ordinator)').first().waitFor();
    await main.getByLabel('Name of who did it').fill('nobody of this name');
    await main.getByLabel('Name of who did it').press('Enter');
    await main.getByText('Nothing found.').waitFor();
    await page.goBack();
    await press(page, 'link', /^Refusals: \d/);
    await settled(page);
    expect(new URL(page.url()).searchParams.get('kind')).toBe('refused');
    await press(page, 'button', 'Clear the filter');
    // A day acts once it is whole, and follows the address.
    await fillDate(main, 'Last day', '2026-01-07');
    await main.getByLabel('Year').last().press('Tab');
    await main.getByText('Nothing found.').waitFor();
    expect(new URL(page.url()).searchParams.get('to')).toBe('2026-01-07');
    await page.goBack();
    await main.getByText('(Co-ordinator)').first().waitFor();
    expect(await main.getByLabel('Year').last().inputValue()).toBe('');
    const table = (await save(page, 'Save as a table')).toString();
    expect(table.split('\r\n')[0]).toContain('at,owner,organisation,reader,role,purpose,type');
    expect(table).toMatch(/,fi,fi,.*,coordinator,/);
    const proof = JSON.parse((await save(page, 'Save with proof')).toString()) as unknown[];
    expect(proof).toHaveLength(10);
    await main.getByText('The hub keeps proof of each response until').waitFor();
    expect(faults).toEqual([]);
  });

  it('tells changes, and what is about one person', async () => {
    await using opened = await openAs(auditor, '/record?part=changes&owner=fi');
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await main.getByText('held, or lifted the hold of, data of a person').waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    // What a rehearsal adds is told by kinds, each with its number.
    await main.getByLabel('Kind').selectOption('imports');
    await settled(page);
    await main.getByText(/^added for a rehearsal: data of people × \d+$/).waitFor();
    await main.getByLabel('Kind').selectOption('holds');
    await settled(page);
    expect(await main.getByRole('row').count()).toBe(2);
    await press(page, 'link', 'Only this person');
    await main.getByText('changed data of a person').waitFor();
    await press(page, 'link', 'Readings');
    await main.getByText('Only what is about one person').waitFor();
    await main
      .getByText(/officers \(.*names.*\)/)
      .first()
      .waitFor();
    // This is recorded too, with the purpose that the page states.
    await page.reload();
    await settled(page);
    const rows = main.getByRole('row');
    await rows.getByText('to verify who has read or changed what').first().waitFor();
    await press(page, 'link', 'The record of the person');
    await press(page, 'link', 'Who read about this person');
    await main.getByText('Only what is about one person').waitFor();
    await press(page, 'link', 'Erasure and retention');
    // What is empty is said at once, with the day until which it stays so.
    await main
      .getByText(/^Nothing is overdue\. Nothing more is to be erased until .* 20\d\d\./)
      .waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('verifies what the hub publishes, and says at which line it does not hold', async () => {
    await using opened = await openAs(auditor, '/record?part=proof');
    const { page, faults } = opened;
    const main = page.getByRole('main');
    const pair = await createTestKeyPair('fi-1');
    const lines = await signHeads([
      ['fi', pair],
      ['fi', pair],
    ]);
    let file = lines;
    await page.route('**/.well-known/hub-heads.jsonl*', (route) =>
      route.fulfill({ body: file.map((line) => `${line}\n`).join('') }),
    );
    await press(page, 'button', 'Verify now');
    await main.getByText('The file holds. Lines: 2.').waitFor();
    await main.getByRole('row', { name: /National police of Finland 2/ }).waitFor();
    await main.getByText(/No signature in the file: .*Network of Policewomen/).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    file = lines.slice(1);
    await press(page, 'button', 'Verify now');
    await main.getByText('The file does not hold. Line 1: it is missing').waitFor();
    expect((await save(page, 'Save the file')).toString()).toBe(`${file.join()}\n`);
    file = [];
    await press(page, 'button', 'Verify now');
    await main.getByText('Nobody has signed yet').waitFor();
    expect(faults).toEqual([]);
  });

  it('checks a file of evidence line by line, and finds a byte that was changed', async () => {
    await using opened = await openAs(auditor);
    const { page, faults } = opened;
    const main = page.getByRole('main');
    await main.getByLabel('Whose data').selectOption('ee');
    await settled(page);
    const [proof] = JSON.parse((await save(page, 'Save with proof')).toString()) as [
      { readonly evidence: { readonly requestId: string } },
    ];
    const file = join(folder, 'evidence.json');
    const environment = await placeNetwork(folder, hub.keys);
    await printed(runEvidenceCommand, [proof.evidence.requestId, '--to', file], environment);
    const signers = ['hub', 'ee'] as const;
    const lines = await signHeads(
      await Promise.all(
        signers.map(async (code) => [code, await readPair(hub.keys, code)] as const),
      ),
    );
    await page.route('**/.well-known/hub-heads.jsonl*', (route) =>
      route.fulfill({ body: lines.map((line) => `${line}\n`).join('') }),
    );
    await press(page, 'link', 'Is the record whole?');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    const choose = (name: string, content: string) =>
      main
        .getByLabel('File of evidence')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    const text = await readFile(file, 'utf8');
    await choose('whole.json', text);
    // No head after it is published yet.
    await main
      .getByText('What could be checked fits. Lines that could not be checked here: 1.')
      .waitFor();
    const fits = main.getByRole('listitem').filter({ hasText: 'Fits:' });
    await fits
      .getByText(/The hub stated who asks: .* \(Auditor, National police of Finland\)/)
      .waitFor();
    await fits.getByText(/National police of Estonia signed its response \(status 200\)/).waitFor();
    expect(await findAllBarriers(page)).toEqual([]);
    const middle = Math.floor(text.length / 2);
    const other = text[middle] === 'A' ? 'B' : 'A';
    await choose('changed.json', text.slice(0, middle) + other + text.slice(middle + 1));
    await main.getByText(/changed\.json: The file does not hold\./).waitFor();
    await main.getByText('Does not fit:').first().waitFor();
    await choose('other.json', '{}');
    await main.getByText('This is no file of evidence').waitFor();
    expect(sent).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('loses nothing but the rows of an organisation that is down', async () => {
    await hub.stop('lt');
    try {
      await using opened = await openAs(auditor);
      const { page, faults } = opened;
      const main = page.getByRole('main');
      await main.getByText(/no response from .*Lithuania/).waitFor();
      await main.getByText('officers (names) of').first().waitFor();
      expect(faults).toEqual([]);
    } finally {
      await hub.start('lt');
    }
  });
});
