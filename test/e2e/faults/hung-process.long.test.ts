import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { median } from '../network/measure.js';
import { openLoad, percentile, type Outcome, type Sent } from '../network/offer-load.js';
import { createToken } from '../network/open-hub.js';
import { createOwnNetwork } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';

const perSecond = 60;
/** A partner counts as hung when it has said nothing for 2.5 s; then nobody waits for it. */
const noticedMs = 3_500;

const timesOf = (outcomes: readonly Outcome[]): number[] => outcomes.map(({ ms }) => ms);

describe.runIf(process.platform !== 'win32')('a partner that hangs', () => {
  it('delays only requests that need it, once and by a few seconds', async () => {
    await using network = await createOwnNetwork();
    await using command = runCommand(
      'gateway/cli/start.mjs',
      ['--without', 'no'],
      network.environment,
    );
    await command.until(/The network is running\.[^]*Ctrl-C/);
    await using partner = runCommand(
      'subgraphs/national-police/dist/main.js',
      ['--partner', 'no'],
      { ...network.environment, PORT: String(network.portOf('no')) },
    );
    await partner.until(/"msg":"ready"/);
    await using load = openLoad(`http://127.0.0.1:${network.hubPort}/graphql`);
    const keys = join(network.folder, 'data', 'keys');
    // Who reads of her own people needs no other partner.
    const tokens = new Map(
      await Promise.all(
        ['DK', 'FI', 'SE', 'NO'].map(
          async (country) =>
            [
              country,
              await createToken(keys, {
                organisation: country.toLowerCase(),
                role: 'coordinator',
              }),
            ] as const,
        ),
      ),
    );
    const of = (country: string, index: number): Sent => ({
      query: `{ officers(filter: { country: "${country}", rehearsals: true }, first: ${20 + (index % 50)}) { nodes { id targetGroup } } }`,
      headers: { authorization: `Bearer ${tokens.get(country)}` },
    });
    const others = (index: number) => of(['FI', 'DK', 'SE'][index % 3] ?? 'FI', index);
    const window = (ms: number) =>
      Promise.all([
        load.open(perSecond, ms, others),
        load.open(perSecond / 2, ms, (index) => of('NO', index)),
      ]);
    await window(3_000);
    const rounds: Record<'p50' | 'p99', number>[] = [];
    const late: number[] = [];
    const firstMs: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const [calm] = await window(4_000);
      const hungAt = performance.now();
      partner.kill('SIGSTOP');
      const [apart, touching] = await window(7_000);
      partner.kill('SIGCONT');
      const ratio = (share: number) =>
        percentile(timesOf(apart), share) / percentile(timesOf(calm), share);
      rounds.push({ p50: ratio(0.5), p99: ratio(0.99) });
      expect(new Set(apart.flatMap(({ named }) => named))).toEqual(new Set());
      expect(apart.filter(({ status }) => status !== 200)).toEqual([]);
      expect(new Set(touching.flatMap(({ named }) => named))).toEqual(new Set(['no TIMED_OUT']));
      firstMs.push(Math.max(...timesOf(touching)));
      late.push(...timesOf(touching.filter(({ at }) => at > hungAt + noticedMs)));
      // Until it answers again, which it is asked all the time.
      await expect
        .poll(async () => (await load.send(of('NO', round))).named, { timeout: 10_000 })
        .toEqual([]);
      await wait(500);
    }
    const figures = {
      p50: median(rounds.map(({ p50 }) => p50)),
      p99: median(rounds.map(({ p99 }) => p99)),
      first: Math.max(...firstMs),
      lateP99: percentile(late, 0.99),
      rounds,
    };
    console.info(figures);
    expect(figures.lateP99).toBeLessThan(1_000);
    expect(figures.p50).toBeLessThan(1.2);
    expect(figures.p99).toBeLessThan(1.2);
  });
});
