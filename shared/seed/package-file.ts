import { existsSync } from 'node:fs';

/**
 * The address of a file that a package carries beside its code, wherever the code runs from: its sources or `dist`.
 * @param module `import.meta.url` of a module of the package
 * @param path the file’s place below the package’s folder
 * @throws when no folder above the module has a `package.json`
 * @example packageFile(import.meta.url, 'seed/facts/events.csv')
 */
export function packageFile(module: string, path: string): URL {
  for (let folder = new URL('.', module); ; folder = new URL('..', folder)) {
    if (existsSync(new URL('package.json', folder))) return new URL(path, folder);
    if (folder.pathname === '/' || folder.href === new URL('..', folder).href) {
      throw new Error(`${module} lies in no package.`);
    }
  }
}
