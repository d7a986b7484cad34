import { ensureKeyFiles, fingerprintsOf, keyFilesOf, readKeyFile } from '@hub/shared/identity';
import { join } from 'node:path';

/** Makes the keys of a newcomer, in its own folder, and the flags that confirm them. */
export async function makeKeys(folder: string, code: string) {
  const keys = join(folder, `home-of-${code}`);
  await ensureKeyFiles(keys, code);
  const file = keyFilesOf(keys, code).public;
  const prints = (await fingerprintsOf(await readKeyFile(file))).map(
    ({ thumbprint }) => thumbprint,
  );
  return { keys, file, flags: prints.map((print) => `--fingerprint=${print}`) };
}
