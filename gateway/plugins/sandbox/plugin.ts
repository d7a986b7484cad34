import type { HubPlugin } from '../../hub-plugin.js';
import { flag } from '../../settings/hub-variables.js';

const settings = { HUB_SANDBOX: flag.optional() };

const apolloSandboxOrigin = 'https://studio.apollographql.com';

/** Apollo Sandbox, for browsers that open the address of the graph. */
export const sandbox: HubPlugin<typeof settings> = {
  name: 'sandbox',
  settings,
  // A foreign supergraph is a trial.
  async open({ config: { network } }, { HUB_SANDBOX: isWanted = network === undefined }) {
    if (!isWanted) return undefined;
    const { createSandboxPage } = await import('../../sandbox/page.js');
    const { readFirstQuery } = await import('../../registry/first-query.js');
    const page = createSandboxPage({
      title: 'Cooperation Hub',
      startingDocument: network ? readFirstQuery() : '{ __typename }',
    });
    return { allowedOrigins: [apolloSandboxOrigin], serve: async () => ({ page }) };
  },
};
