import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { walkBackUpFile, writeBackUpFile, writeHead, writeTable } from './back-up-file.js';
import { createFolder } from './test-back-ups.js';

const head = { partner: 'dk', database: 'x', migrations: [], at: '2026-11-25' };
const megabyte = 1024 * 1024;

async function writeText(path: string, parts: Iterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await pipeline(Readable.from(parts), createGzip(), createWriteStream(path));
}

/** A line that never ends. */
function* beginLine(megabytes: number): Generator<string> {
  yield '[';
  for (let sent = 0; sent < megabytes; sent += 1) yield 'x'.repeat(megabyte);
}

describe('walkBackUpFile', () => {
  it('returns a row as it was written, however many chunks it came in', async () => {
    await using folder = await createFolder();
    await mkdir(dirname(folder.file), { recursive: true });
    const long = JSON.stringify({ text: 'æ€😀'.repeat(300_000) });
    await writeBackUpFile(
      folder.file,
      (async function* () {
        yield writeHead(head);
        yield writeTable('things', ['text']);
        yield `${long}\n{}\n${long}\n`;
        return { rows: { things: 3 }, sequences: {}, links: 0, lastHash: '0'.repeat(64) };
      })(),
    );
    const found: string[] = [];
    await walkBackUpFile(folder.file, { rows: (rows) => void found.push(...rows) });
    expect(found).toEqual([long, '{}', long]);
  });

  // To search each chunk’s line from its beginning took half a minute.
  it('rejects a file whose only line is long and cut off', async () => {
    await using folder = await createFolder();
    await writeText(folder.file, beginLine(31));
    await expect(walkBackUpFile(folder.file)).rejects.toThrow(/is cut off/);
  });

  it('rejects a file with a line that does not fit into memory', async () => {
    await using folder = await createFolder();
    await writeText(folder.file, beginLine(40));
    await expect(walkBackUpFile(folder.file)).rejects.toThrow(/has a line of more than 33554432/);
  });
});
