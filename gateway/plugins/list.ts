import type { HubPlugin, Variables } from '../hub-plugin.js';
import { evidence } from './evidence/plugin.js';
import { exports } from './exports/plugin.js';
import { heads } from './heads/plugin.js';
import { mailLinks } from './mail-links/plugin.js';
import { mcp } from './mcp/plugin.js';
import { metrics } from './metrics/plugin.js';
import { notices } from './notices/plugin.js';
import { otherEngines } from './other-engines/plugin.js';
import { ownerNotices } from './owner-notices/plugin.js';
import { pages } from './pages/plugin.js';
import { participants } from './participants/plugin.js';
import { refresh } from './refresh/plugin.js';
import { sandbox } from './sandbox/plugin.js';
import { sharedState } from './shared-state/plugin.js';
import { tracing } from './tracing/plugin.js';
import { trustedDocuments } from './trusted-documents/plugin.js';
import { usage } from './usage/plugin.js';

/** What the hub can do besides serving the graph, in the order in which it is opened. */
export const plugins: readonly HubPlugin[] = [
  metrics,
  tracing,
  evidence,
  sharedState,
  notices,
  usage,
  trustedDocuments,
  pages,
  sandbox,
  exports,
  mcp,
  ownerNotices,
  mailLinks,
  participants,
  refresh,
  heads,
  otherEngines,
];

/** The variables of all plugins. */
export const pluginVariables: Variables = Object.assign(
  {},
  ...plugins.map(({ settings }) => settings),
);
