import { join } from 'node:path';
import { z } from 'zod';
import type { HubPlugin } from '../../hub-plugin.js';
import { packageFolder } from '../../registry/package-folder.js';
import { described, flag } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_MCP: described(
    flag.default(false),
    'whether assistants may call the tools of [`/mcp`](connect-an-assistant.md)',
    '`false` (`--supergraph`: never)',
  ),
  HUB_MCP_APPLICATIONS: described(
    z
      .string()
      .transform((list) => list.split(',').map((name) => name.trim()))
      .default([]),
    'the trusted applications whose queries are tools too, separated by commas',
    'none',
  ),
};

const documents = { kind: 'tool', folder: join(packageFolder, 'plugins', 'mcp', 'documents') };

/** Tools for assistants, at `/mcp`. */
export const mcp: HubPlugin<typeof settings> = {
  name: 'mcp',
  documents,
  settings,
  async open(worker, { HUB_MCP: isWanted, HUB_MCP_APPLICATIONS: names }) {
    const { network } = worker.config;
    // A foreign supergraph does not say which of its fields are restricted.
    if (!isWanted || !network) return undefined;
    const { openMcp } = await import('./open-mcp.js');
    return openMcp(network, names, worker);
  },
};
