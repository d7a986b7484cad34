import { join } from 'node:path';
import type { HubPlugin } from '../../hub-plugin.js';
import { packageFolder } from '../../registry/package-folder.js';

const documents = {
  kind: 'export',
  folder: join(packageFolder, 'plugins', 'exports', 'documents'),
};

/** Lists as files, and links to calendars. */
export const exports: HubPlugin = {
  name: 'exports',
  documents,
  async open(worker) {
    const { openExports } = await import('./open-exports.js');
    return openExports(worker, documents.folder);
  },
};
