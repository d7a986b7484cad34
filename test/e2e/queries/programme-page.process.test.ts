import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker, type Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const secretariat: Asker = { organisation: 'nbnp', role: 'coordinator' };
const analyst: Asker = { organisation: 'se', role: 'analyst' };
const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

describe('GET /export/programme.html', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const get = async (search: string, asker?: Asker) => {
    const headers = asker && {
      authorization: `Bearer ${await createToken(network.keys, asker)}`,
    };
    const url = new URL(`/export/programme.html?${search}`, network.hubUrl);
    const response = await fetch(url, { headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const id = 'nbnp:demo-visit-2';

  it('is the visit as its readers see it in the graph: stops, meeting points, hostings', async () => {
    const query = `query ($id: ID!) { visit(id: $id) {
      title practicalInformation group { name } stops { title meetingPoint contactOnTheSpot }
      hostings { status accommodation } regionalHostings { status accommodation } } }`;
    const { visit } = (await network.ask(query, { id }, secretariat)).data;
    const page = await get(`id=${id}`, secretariat);
    expect(page.status).toBe(200);
    const hostings = [...visit.hostings, ...visit.regionalHostings] as Tree[];
    const standing = hostings.filter(({ status }) => status !== 'WITHDRAWN');
    expect(standing.length).toBeGreaterThan(0);
    const texts = [
      visit.title,
      visit.group.name,
      visit.practicalInformation,
      ...visit.stops.flatMap((stop: Tree) => Object.values(stop)),
      ...standing.map(({ accommodation }) => accommodation),
    ].filter((text) => text !== null);
    for (const text of texts as string[]) expect(page.text).toContain(text);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'inline; filename="programme.html"',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; .*; sandbox$/,
    );
  });

  it('is for those who may read the itinerary', async () => {
    expect((await get(`id=${id}`)).status).toBe(403);
    expect((await get(`id=${id}`, analyst)).status).toBe(403);
    expect((await get('id=nbnp:none', secretariat)).status).toBe(404);
    expect((await get('id=nbnp:demo-visit-4', analyst)).status).toBe(200);
  });

  it('names a host that is away, and is refused where only a whole page is wanted', async () => {
    await network.stop('fi');
    try {
      const page = await get('id=nbnp:demo-visit-1', secretariat);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(/class="notice">Incomplete: there was no answer from [A-Z]/);
      expect(page.headers.get('hub-completeness')).toContain('"complete":false');
      expect((await get('id=nbnp:demo-visit-1&partial=false', secretariat)).status).toBe(502);
    } finally {
      await network.start('fi');
    }
  });

  it('is PARTNER_UNAVAILABLE while the network itself is away', async () => {
    await network.stop('nbnp');
    try {
      const { status, text } = await get(`id=${id}`, secretariat);
      expect([status, text]).toEqual([502, expect.stringContaining('PARTNER_UNAVAILABLE')]);
    } finally {
      await network.start('nbnp');
    }
  });

  it.skipIf(!chromium)('prints to A4 in Chromium, under its own policy', async () => {
    const { headers, text } = await get(`id=${id}`, secretariat);
    // A browser sends no token, so this serves the same response without one.
    const asked: string[] = [];
    await using server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(200, Object.fromEntries(headers)).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const folder = await mkdtemp(join(tmpdir(), 'programme-page-'));
    try {
      const pdf = join(folder, 'programme.pdf');
      const { port } = server.address() as AddressInfo;
      await promisify(execFile)(chromium ?? '', [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${folder}`,
        '--no-pdf-header-footer',
        `--print-to-pdf=${pdf}`,
        `http://127.0.0.1:${port}/page`,
      ]);
      const printed = (await readFile(pdf)).toString('latin1');
      // The default of the browser is Letter: 612 by 792 points.
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(printed) ?? [];
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
      expect(asked.filter((url) => url !== '/favicon.ico')).toEqual(['/page']);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
