import { ConfigError } from '@hub/shared/config';
import type { OperationMeter } from '@hub/shared/http';
import type { Logger } from '@hub/shared/telemetry';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';
import type { ServedMcp } from './http/register-mcp.js';
import type { Hub } from './hub.js';
import type { RestrictedFields } from './mcp/without-restricted.js';
import type { Network } from './registry/network.js';
import { packageFolder } from './registry/package-folder.js';
import { noTrust, readTrust, type Application } from './trusted-documents/applications.js';

const folder = join(packageFolder, 'mcp');

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
 * the operator lists. Loaded only here, because most hubs have none.
 * @throws `ConfigError`
 */
export async function openMcp(
  hub: Hub,
  {
    network,
    trustedDocuments,
    mcpApplications,
    meter,
  }: Pick<Config, 'trustedDocuments' | 'mcpApplications'> & {
    readonly network: Network;
    readonly meter?: OperationMeter | undefined;
  },
  logger: Logger,
): Promise<ServedMcp> {
  const trust = trustedDocuments === undefined ? noTrust : readTrust(trustedDocuments);
  const chosen = chooseApplications(mcpApplications, trust.applications);
  const { createMcp } = await import('./mcp/mcp.js');
  const { listQueries, readOwnDocuments } = await import('./mcp/tool-documents.js');
  const written = chosen.flatMap(({ name, documents }) =>
    [...documents.values()].flatMap((text) => listQueries(text, name)),
  );
  const restricted = readFileSync(join(folder, 'restricted-fields.json'), 'utf8');
  return createMcp({
    hub,
    logger,
    documents: [...readOwnDocuments(join(folder, 'documents')), ...written],
    restricted: JSON.parse(restricted) as RestrictedFields,
    meter,
    partners: new Map(network.partners.map(({ code, name }) => [code, name])),
  });
}
