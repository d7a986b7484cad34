import { ConfigError } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capability, Hub, PluginServer, PluginWorker } from '../../hub-plugin.js';
import type { Network } from '../../registry/network.js';
import { packageFolder } from '../../registry/package-folder.js';
import type { Application } from '../../server/applications.js';
import { createMcp } from './mcp.js';
import { registerMcp } from './register-mcp.js';
import { listQueries, readOwnDocuments } from './tool-documents.js';
import type { RestrictedFields } from './without-restricted.js';

const folder = join(packageFolder, 'plugins', 'mcp');

/** @throws `ConfigError` for a name that no registered application has */
function chooseApplications(
  names: readonly string[],
  applications: readonly Application[],
): readonly Application[] {
  const unknown = names.find((name) => !applications.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new ConfigError(
      `HUB_MCP_APPLICATIONS: ${unknown} is no application of HUB_TRUSTED_DOCUMENTS.`,
    );
  return applications.filter(({ name }) => names.includes(name));
}

/**
 * The tools for assistants: the hub’s own queries for analysts, and those of the applications that
 * the operator lists.
 */
export const openMcp = (
  network: Network,
  names: readonly string[],
  { applications, logger }: Pick<PluginWorker, 'applications' | 'logger'>,
): Capability => ({
  /** @throws `ConfigError` */
  async serve({ http, allowedOrigins, scheme, counting }: PluginServer, hub: Hub) {
    const registered = applications.filter(({ isOwn }) => !isOwn);
    const written = chooseApplications(names, registered).flatMap(({ name, documents }) =>
      [...documents.values()].flatMap((text) => listQueries(text, name)),
    );
    const restricted = readFileSync(join(folder, 'generated', 'restricted-fields.json'), 'utf8');
    const mcp = createMcp({
      hub,
      logger,
      documents: [...readOwnDocuments(join(folder, 'documents')), ...written],
      restricted: JSON.parse(restricted) as RestrictedFields,
      meter: counting.meter,
      partners: new Map(network.partners.map(({ code, name }) => [code, name])),
    });
    const authorizationServers = network.partners.flatMap(({ issuer }) => issuer ?? []);
    registerMcp(http, mcp, { allowedOrigins, authorizationServers, scheme, ...counting });
  },
});
