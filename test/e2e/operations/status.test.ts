import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showStatus } from '../../../gateway/cli/status/status.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

describe('npm run hub -- status', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts', { isMeasured: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const status = async (...argv: readonly string[]) => {
    const lines: string[] = [];
    const code = await showStatus(['--url', network.hubUrl, ...argv], (line) => lines.push(line));
    return { code, lines };
  };

  it('prints a line for each partner, and ends with 0 while all answer', async () => {
    await network.ask('{ policeUnits { id } }');
    const { code, lines } = await status();
    expect(code).toBe(0);
    expect(lines[0]).toBe(`${network.hubUrl} is ready.`);
    const rows = lines.slice(lines.indexOf('') + 2).map((line) => line.split(/ {2,}/));
    expect(rows.map(([partner]) => partner)).toEqual(network.codes.toSorted());
    for (const [, said, since = '', last = ''] of rows) {
      expect(said).toBe('ANSWERING');
      for (const time of [since, last]) expect(Date.parse(time)).toBeGreaterThan(0);
    }
    const [, , , , calls, failed, mean, p95] = rows.find(([partner]) => partner === 'dk') ?? [];
    expect([calls, failed]).toEqual(['1', '0']);
    expect([mean, p95]).toEqual([expect.stringMatching(/ ms$/), expect.stringMatching(/ ms$/)]);
  });

  it('ends with 1 while a partner does not answer, and says so as JSON', async () => {
    await network.stop('lt');
    const units = '{ policeUnits(filter: { country: "LT" }) { id name } }';
    for (const _ of [1, 2, 3]) await network.ask(units);
    const { code, lines } = await status('--json');
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    const said = JSON.parse(lines[0] ?? '') as {
      isReady: boolean;
      partners: { code: string; status: string; times: { failed: number } | null }[];
    };
    expect(said.isReady).toBe(true);
    const away = said.partners.find((partner) => partner.code === 'lt');
    expect(away?.status).toBe('UNAVAILABLE');
    expect(away?.times?.failed).toBeGreaterThan(0);
    await network.start('lt');
  });

  it('says that no hub responds, and refuses what it does not know', async () => {
    await expect(
      showStatus(['--url', 'http://127.0.0.1:9/graphql'], () => undefined),
    ).rejects.toThrow('No hub responds at http://127.0.0.1:9/graphql.');
    await expect(status('--nothing')).rejects.toThrow('Usage: npm run hub -- status');
  });
});
