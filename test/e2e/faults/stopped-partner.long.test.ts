import { ensureKeyFiles } from '@hub/shared/identity';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { examinePartners } from '../../../gateway/cli/doctor/doctor.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { createOwnNetwork } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';

/** Longer than clocks may differ. */
const stoppedMs = 8_000;
/** Shorter than the hub waits for a partner. */
const waitsMs = 3_000;

describe.runIf(process.platform !== 'win32')('a partner’s process that was stopped', () => {
  it('is reported with a wrong clock neither by itself nor by the hub', async () => {
    await using network = await createOwnNetwork();
    const dataDir = join(network.folder, 'data');
    for (const code of ['hub', 'no']) await ensureKeyFiles(join(dataDir, 'keys'), code);
    const port = network.portOf('no');
    await using partner = runCommand(
      'subgraphs/national-police/dist/main.js',
      ['--partner', 'no'],
      { ...network.environment, PORT: String(port) },
    );
    await partner.until(/"msg":"ready"/);
    const file = readNetwork(join(network.folder, 'network.json'));
    const partners = file.partners
      .filter(({ code }) => code === 'no')
      .map((one) => ({ ...one, deadlineMs: stoppedMs + waitsMs }));
    const privateKeys = join(dataDir, 'keys', 'hub.private.json');
    const examine = () => examinePartners({ ...file, partners }, { dataDir, privateKeys });
    expect(await examine()).toEqual([]);

    for (let stop = 0; stop < 3; stop += 1) {
      partner.kill('SIGSTOP');
      // One comes early and one late in the time that it is stopped.
      const early = examine();
      await wait(stoppedMs - waitsMs);
      const late = examine();
      await wait(waitsMs);
      partner.kill('SIGCONT');
      expect([await early, await late, await examine()]).toEqual([[], [], []]);
    }
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
    expect(await ready.text()).not.toContain('CLOCK');
    const { stdout, stderr } = partner.output();
    expect(stdout + stderr).not.toMatch(/clock/i);
  });
});
