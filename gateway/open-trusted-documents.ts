import type { Logger } from '@hub/shared/telemetry';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';
import { packageFolder } from './registry/package-folder.js';
import { readManifest, readTrust, type Application } from './trusted-documents/applications.js';
import {
  createTrustedDocuments,
  type ResolveDocument,
} from './trusted-documents/trusted-documents.js';

/** The pages’ own operations, which the build writes beside the pages. */
function readPagesApplication(): Application[] {
  const manifest = join(packageFolder, 'explorer', 'dist', 'persisted-documents.json');
  if (!existsSync(manifest)) return [];
  return [{ name: 'hub-pages', version: '1', owner: 'hub', documents: readManifest(manifest) }];
}

/**
 * The applications whose operations are written down, the hub’s own pages among them.
 * @throws `ConfigError`
 */
export function readApplications({
  pages,
  trustedDocuments,
}: Pick<Config, 'pages' | 'trustedDocuments'>): readonly Application[] {
  const trust = trustedDocuments === undefined ? undefined : readTrust(trustedDocuments);
  return [...(trust?.applications ?? []), ...(pages ? readPagesApplication() : [])];
}

/**
 * The operations that the hub trusts: those of registered applications, and of its own pages.
 * @throws `ConfigError`
 */
export function openTrustedDocuments(
  { pages, trustedDocuments }: Pick<Config, 'pages' | 'trustedDocuments'>,
  logger: Logger,
): ResolveDocument {
  const trust = trustedDocuments === undefined ? undefined : readTrust(trustedDocuments);
  return createTrustedDocuments(trust, pages ? readPagesApplication() : [], logger);
}
