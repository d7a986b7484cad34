import { ensureKeyFiles, hubIssuer } from '@hub/shared/identity';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noHubUrl } from '../network/running-command.js';
import { signAsHub } from '../network/sign-as-hub.js';

const program = resolve(import.meta.dirname, '../../../subgraphs/dist/embedded.js');

const query = '{ delegateStatistics { nominated { value atLeast atMost } } }';

/** The most people that its offices tell the anonymous of, with this threshold in the environment. */
async function readAtMost(HUB_COUNT_THRESHOLD: string): Promise<(number | null)[]> {
  const data = await mkdtemp(join(tmpdir(), 'hub-embedded-'));
  const keys = join(data, 'keys');
  for (const code of [hubIssuer, 'ncm']) await ensureKeyFiles(keys, code);
  const args = ['--data', data, '--partner', 'ncm=ncm-offices:0', '--hub-url', noHubUrl];
  const child = fork(program, args, {
    env: { ...process.env, HUB_COUNT_THRESHOLD },
    execArgv: [],
  });
  const ended = once(child, 'exit');
  try {
    const [told] = (await Promise.race([once(child, 'message'), ended])) as [{ url?: string }];
    const url = told.url ?? '';
    const body = JSON.stringify({ query });
    const headers = {
      'content-type': 'application/json',
      ...(await signAsHub(keys, 'ncm', body)),
    };
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = (await response.json()) as {
      data: { delegateStatistics: { nominated: { atMost: number | null } }[] };
    };
    return answer.data.delegateStatistics.map(({ nominated }) => nominated.atMost);
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  }
}

describe('HUB_COUNT_THRESHOLD of the embedded start', () => {
  it('decides which counts of people its partners withhold', async () => {
    // Without rehearsals nobody is nominated. One row for each target group.
    expect(await readAtMost('1')).toEqual([0, 0, 0, 0, 0]);
    expect(await readAtMost('13')).toEqual([12, 12, 12, 12, 12]);
  });
});
