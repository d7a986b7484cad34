import type { HubPlugin } from '../../hub-plugin.js';
import { described, flag } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_SANDBOX: described(
    flag.optional(),
    'Apollo Sandbox for browsers, and its origin allowed',
    '`false` (`npm start`, `--supergraph`: `true`)',
  ),
};

const apolloSandboxOrigin = 'https://studio.apollographql.com';

/** Apollo Sandbox, for browsers that open the address of the graph. */
export const sandbox: HubPlugin<typeof settings> = {
  name: 'sandbox',
  settings,
  // A foreign supergraph is a trial.
  async open({ config: { network } }, { HUB_SANDBOX: isWanted = network === undefined }) {
    if (!isWanted) return undefined;
    const { createSandboxPage } = await import('./page.js');
    const { readFirstQuery } = await import('../../registry/first-query.js');
    const page = createSandboxPage({
      title: 'Cooperation Hub',
      startingDocument: network ? readFirstQuery() : '{ __typename }',
    });
    return { allowedOrigins: [apolloSandboxOrigin], serve: async () => ({ page }) };
  },
};
