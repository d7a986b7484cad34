import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test. Disposing of it removes it. */
export interface TestFolder extends AsyncDisposable {
  /** Writes a file there, and returns its path. */
  write(name: string, content: string | Buffer): Promise<string>;
}

export async function createFolder(): Promise<TestFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
  return {
    async write(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
