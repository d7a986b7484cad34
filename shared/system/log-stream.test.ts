import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log-stream.js';

const describeDropped = (count: number) => `${count} dropped\n`;

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

  it('writes lines together, in order, by itself', async () => {
    using log = openLog({ fd, describeDropped });
    log.write('one\n');
    log.write('two\n');
    expect(written()).toBe('');
    await expect.poll(written).toBe('one\ntwo\n');
    log.write('three\n');
    await expect.poll(written).toBe('one\ntwo\nthree\n');
  });

  it('lets at most a few thousand characters wait', () => {
    using log = openLog({ fd, describeDropped });
    const line = `${'x'.repeat(999)}\n`;
    for (let count = 0; count < 10; count += 1) log.write(line);
    expect(written().length).toBeGreaterThanOrEqual(8_000);
    log.flush();
    expect(written()).toHaveLength(10_000);
  });

  it('writes all waiting lines at the end, also long ones', () => {
    using log = openLog({ fd, describeDropped });
    const long = `${'ø'.repeat(50_000)}\n`;
    log.write('first\n');
    log.write(long);
    log.write('last\n');
    expect(log.flush()).toBe(true);
    expect(written()).toBe(`first\n${long}last\n`);
  });
});

/** A pipe of about 64 KB, whose other end reads on request. */
function openPipe() {
  const folder = mkdtempSync(join(tmpdir(), 'hub-log-'));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(1_048_576);
  let isRead = true;
  const closeReader = () => {
    if (isRead) closeSync(reader);
    isRead = false;
  };
  return {
    writer,
    closeReader,
    /** Everything that is in the pipe. */
    read(): string {
      const parts: Buffer[] = [];
      try {
        for (let size = 1; size > 0;) {
          size = readSync(reader, buffer);
          parts.push(Buffer.from(buffer.subarray(0, size)));
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
      return Buffer.concat(parts).toString();
    },
    [Symbol.dispose]() {
      closeReader();
      closeSync(writer);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe('openLog on a pipe that nobody reads', () => {
  const lineOf = (number: number) => `${String(number).padStart(99, '0')}\n`;

  it('keeps lines up to its limit, drops the rest, and logs how many once the pipe is read', async () => {
    using pipe = openPipe();
    using log = openLog({ fd: pipe.writer, mostWaitingBytes: 100_000, describeDropped });
    for (let number = 0; number < 10_000; number += 1) log.write(lineOf(number));
    let text = '';
    await expect.poll(() => (text += pipe.read())).toContain('dropped');
    log.write('again\n');
    expect(log.flush()).toBe(true);
    text += pipe.read();
    const lines = text.trimEnd().split('\n');
    const [note = '', again] = lines.splice(-2);
    expect(lines).toEqual(lines.map((_, number) => lineOf(number).trimEnd()));
    expect(lines.length).toBeGreaterThan(1_000);
    expect(note).toBe(`${10_000 - lines.length} dropped`);
    expect(again).toBe('again');
  });

  it('continues when the pipe is closed', () => {
    using pipe = openPipe();
    using log = openLog({ fd: pipe.writer, mostWaitingBytes: 100_000, describeDropped });
    pipe.closeReader();
    for (let number = 0; number < 10_000; number += 1) log.write(lineOf(number));
    expect(log.flush()).toBe(false);
  });

  it('writes nothing into the next file with the number of a closed one', async () => {
    const [pipe, next] = [openPipe(), mkdtempSync(join(tmpdir(), 'hub-log-'))];
    const { writer } = pipe;
    {
      using log = openLog({ fd: writer, describeDropped });
      pipe.closeReader();
      log.write('one\n');
      expect(log.flush()).toBe(false);
    }
    pipe[Symbol.dispose]();
    const files: number[] = [];
    // The system gives out the lowest free number.
    while (!files.includes(writer)) files.push(openSync(join(next, `${files.length}`), 'w'));
    // Writing is tried again after 100 ms.
    await wait(300);
    const sizes = files.map((_, index) => readFileSync(join(next, `${index}`)).length);
    expect(sizes).toEqual(files.map(() => 0));
    for (const file of files) closeSync(file);
    rmSync(next, { recursive: true });
  });
});
