import { existsSync } from 'node:fs';

/**
 * The URL of a file that a package contains beside its code, whether the code runs from its sources
 * or from `dist`.
 * @param module `import.meta.url` of a module of the package
 * @param path the path below the package’s folder
 * @throws if no folder above the module has a `package.json`
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
