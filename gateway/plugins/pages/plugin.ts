import { hubIssuer } from '@hub/shared/identity';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HubPlugin } from '../../hub-plugin.js';
import { packageFolder } from '../../registry/package-folder.js';
import { readManifest } from '../../server/applications.js';
import { described, flag } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_PAGES: described(
    flag.default(true),
    'whether the hub serves its own pages',
    '`true` (`--supergraph`: never)',
  ),
  HUB_TRIAL_SIGN_IN: described(
    flag.default(false),
    'whether the pages sign anybody in as anybody, with the private keys of all organisations in the data folder; only for a browser on this machine, at `localhost`',
    '`false` (`npm start`: `true`)',
  ),
};

/** The build writes the pages’ own operations beside the pages. */
const manifest = join(packageFolder, 'explorer', 'dist', 'persisted-documents.json');
const application = { name: 'hub-pages', version: '1', owner: hubIssuer, isOwn: true };

/** The hub’s own pages, and the ways to sign in to them. */
export const pages: HubPlugin<typeof settings> = {
  name: 'pages',
  settings,
  readApplications: ({ HUB_PAGES: isWanted }, isForeign) =>
    isWanted && !isForeign && existsSync(manifest)
      ? [{ ...application, documents: readManifest(manifest) }]
      : [],
  async open(worker, { HUB_PAGES: isWanted, HUB_TRIAL_SIGN_IN: hasTrialSignIn }) {
    const { network } = worker.config;
    // The pages know the network’s own schema.
    if (!isWanted || !network) return undefined;
    const { openPages } = await import('./open-pages.js');
    return openPages(network, worker, hasTrialSignIn);
  },
};
