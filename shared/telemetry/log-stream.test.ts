import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLog } from './log-stream.js';

describe('openLog', () => {
  let folder: string;
  let file: string;
  let fd: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hub-log-'));
    file = join(folder, 'log');
    fd = openSync(file, 'w');
  });
  afterEach(() => {
    closeSync(fd);
    rmSync(folder, { recursive: true, force: true });
  });
  const written = () => readFileSync(file, 'utf8');

  it('writes lines together, in their order, without being told', async () => {
    const log = openLog(fd);
    log.write('one\n');
    log.write('two\n');
    expect(written()).toBe('');
    await vi.waitFor(() => expect(written()).toBe('one\ntwo\n'));
    log.write('three\n');
    await vi.waitFor(() => expect(written()).toBe('one\ntwo\nthree\n'));
  });

  it('lets no more wait than a few thousand characters', () => {
    const log = openLog(fd);
    const line = `${'x'.repeat(999)}\n`;
    for (let count = 0; count < 10; count += 1) log.write(line);
    expect(written().length).toBeGreaterThanOrEqual(8_000);
    log.flushSync();
    expect(written()).toHaveLength(10_000);
  });

  it('writes all that waits at the end', () => {
    const log = openLog(fd);
    log.write('last\n');
    log.flushSync();
    expect(written()).toBe('last\n');
  });
});
