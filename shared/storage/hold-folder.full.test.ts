import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { holdFolder } from './hold-folder.js';

async function createFolder() {
  const path = await mkdtemp(join(tmpdir(), 'hub-hold-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

describe('holdFolder', () => {
  it('holds a folder until it is disposed of, independent of other folders', async () => {
    await using folder = await createFolder();
    await using other = await createFolder();
    {
      await using held = await holdFolder(folder.path);
      expect(held).toBeDefined();
      expect(await holdFolder(folder.path)).toBeUndefined();
      await using beside = await holdFolder(other.path);
      expect(beside).toBeDefined();
    }
    await using again = await holdFolder(folder.path);
    expect(again).toBeDefined();
  });

  it('is free again when the process that held it was killed', async () => {
    await using folder = await createFolder();
    const module = fileURLToPath(new URL('../dist/storage/hold-folder.js', import.meta.url));
    const script = join(folder.path, 'hold.mjs');
    await writeFile(
      script,
      `const { holdFolder } = await import(${JSON.stringify(module)});
       process.send(Boolean(await holdFolder(${JSON.stringify(folder.path)})));
       setInterval(() => {}, 1000);`,
    );
    const holder = fork(script, { execArgv: [] });
    const ended = once(holder, 'exit');
    expect(await once(holder, 'message')).toEqual([true, undefined]);
    expect(await holdFolder(folder.path)).toBeUndefined();
    holder.kill('SIGKILL');
    await ended;
    await using again = await holdFolder(folder.path);
    expect(again).toBeDefined();
  });

  it('reports what is wrong with the folder', async () => {
    await using folder = await createFolder();
    const missing = join(folder.path, 'a-file', 'below');
    await writeFile(join(folder.path, 'a-file'), '');
    await expect(holdFolder(missing)).rejects.toThrow(/a-file/);
  });
});
