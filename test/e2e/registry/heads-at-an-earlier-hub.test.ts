import { ensureKeyFiles, hubIssuer, keyFilesOf } from '@hub/shared/identity';
import { runRecordCommand } from '@hub/shared/partner';
import { dailyHeads } from '@hub/shared/records';
import { silentLogger } from '@hub/shared/system';
import { inner, testDatabases } from '@hub/shared/testing';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openWitnessedRecord } from './open-witnessed-record.js';

/** A hub without published heads that responds with this status to what an earlier hub does not know. */
async function openEarlierHub(status: number) {
  const keys = await mkdtemp(join(tmpdir(), 'hub-earlier-'));
  for (const code of [hubIssuer, 'nbnp']) await ensureKeyFiles(keys, code);
  let handedIn = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url !== dailyHeads.handInPath) return response.end();
      handedIn += 1;
      // Before form 2, nothing but the head was allowed.
      const isKnown = Object.keys(JSON.parse(body) as object).join() === 'head';
      response.statusCode = isKnown ? 200 : status;
      return response.end('{}');
    });
  }).listen(0);
  await once(server, 'listening');
  return {
    ownSide: {
      partner: 'nbnp',
      hubUrl: `http://localhost:${(server.address() as AddressInfo).port}`,
      privateKeys: keyFilesOf(keys, 'nbnp').private,
      hubKeys: keyFilesOf(keys, hubIssuer).public,
    },
    handedIn: () => handedIn,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await rm(keys, { recursive: true, force: true });
    },
  };
}

describe.each(testDatabases)('a head at a hub of an earlier version, on $name', ({ create }) => {
  /** A partner with three attempts at the hub. */
  async function attempt(url: string, status: number) {
    await using hub = await openEarlierHub(status);
    await using source = await openWitnessedRecord(url);
    const metrics = inner.createPartnerMetrics(() => undefined);
    const errors: unknown[] = [];
    const chore = inner.createWitness({
      ...inner.openOwnSide(hub.ownSide),
      partner: 'nbnp',
      source,
      logger: { ...silentLogger, error: (line: unknown) => void errors.push(line) },
      clock: () => new Date(),
      onAttempt: metrics.headFailure,
    });
    for (let time = 0; time < 3; time += 1) {
      await source.read(1);
      await chore();
    }
    expect(hub.handedIn()).toBe(3);
    const file = join(tmpdir(), 'none.identity.json');
    const place = { url, file, ownSide: hub.ownSide };
    const command = runRecordCommand(['hand-in', '--partner', 'nbnp'], () => place);
    await expect(command).rejects.toThrow(`HTTP ${status}`);
    const openings = await source.manager.count(inner.HeadOpening);
    return { openings, errors, metrics: await metrics.read() };
  }

  it.each([400, 401, 413, 429])(
    'leaves no opening if the hub responds with %i, and is reported',
    async (status) => {
      await using database = await create();
      const { openings, errors, metrics } = await attempt(database.url, status);
      expect(openings).toBe(0);
      expect(errors).toEqual([
        expect.objectContaining({
          code: 'HEAD_REFUSED',
          reason: expect.stringContaining(`HTTP ${status}`),
        }),
      ]);
      expect(metrics).toContain('partner_head_failure{reason="HEAD_REFUSED"} 1');
    },
  );

  it('keeps each opening if the hub fails, because the head may be published', async () => {
    await using database = await create();
    const { openings, errors, metrics } = await attempt(database.url, 500);
    expect(openings).toBe(4);
    expect(errors).toEqual([]);
    expect(metrics).toContain('partner_head_failure{reason="HEAD_REFUSED"} 0');
  });
});
