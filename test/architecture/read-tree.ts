import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const left = /(^|\/)(node_modules|dist|\.git|\.data)(\/|$)/;

/** The files of the project below a folder, as paths from its root, whatever git thinks of them. */
export function listFiles(folder = ''): string[] {
  return readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (left.test(path)) return [];
    return entry.isDirectory() ? listFiles(`${path}/`) : [path];
  });
}

export const readFile = (path: string): string =>
  readFileSync(fileURLToPath(new URL(path, root)), 'utf8');
