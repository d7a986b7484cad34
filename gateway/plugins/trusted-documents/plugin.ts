import { z } from 'zod';
import type { HubPlugin } from '../../hub-plugin.js';
import { locate } from '../../registry/package-folder.js';
import { readTrust } from '../../server/applications.js';
import { described } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_TRUSTED_DOCUMENTS: described(
    z.string().optional(),
    'the file of the applications whose operations are [trusted](write-a-dashboard.md#trusted-documents)',
    'none',
  ),
};

/** Replaces the ids of operations that applications have written down, and may refuse others. */
export const trustedDocuments: HubPlugin<typeof settings> = {
  name: 'trusted-documents',
  settings,
  /** @throws `ConfigError` */
  readApplications: ({ HUB_TRUSTED_DOCUMENTS: file }) =>
    file === undefined ? [] : readTrust(locate(file)).applications,
  async open({ applications, logger }, { HUB_TRUSTED_DOCUMENTS: file }) {
    const { createTrustedDocuments } = await import('./trusted-documents.js');
    const trust = file === undefined ? undefined : readTrust(locate(file));
    const own = applications.filter(({ isOwn }) => isOwn);
    const resolveDocument = createTrustedDocuments(trust, own, logger);
    return { serve: async () => ({ resolveDocument }) };
  },
};
