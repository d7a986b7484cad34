import { openTracing } from '../server/tracing/open-tracing.js';
import type { Logger } from '../system/logger.js';
import type { readCommonSettings } from './config/partner-config.js';
import { keyFolderOf, localDatabaseUrl, localIdentityFile } from './config/partner-files.js';
import { localPublicationFiles } from './config/publication-settings.js';
import type { PartnerDefinition } from './partner-definition.js';
import { createPartnerIdentity, identityIn } from './partner-identity.js';
import type { PartnerServer } from './partner-server.js';
import { openPartner } from './partner.js';

/** A partner of this machine. Dispose of it after its server is closed. */
export interface LocalPartner extends Pick<PartnerServer, 'listen' | 'close'>, AsyncDisposable {}

interface LocalPartnerOptions {
  readonly partner: string;
  /** The folder in which the partners of this machine have their keys and databases. */
  readonly data: string;
  readonly hubUrl: string;
  readonly factsOnly: boolean;
  /** Accepts the database as it is. */
  readonly isNew: boolean;
  readonly settings: ReturnType<typeof readCommonSettings>;
  readonly logger: Logger;
}

/** Opens one of several partners in this process, for trying the network out on one machine. */
export async function openLocalPartner(
  definition: PartnerDefinition,
  { partner, data, hubUrl, factsOnly, isNew, settings, logger }: LocalPartnerOptions,
): Promise<LocalPartner> {
  const identity = createPartnerIdentity({
    partner,
    ...identityIn(keyFolderOf(data), partner),
    hubUrl,
    logger,
  });
  const { authenticate, askHub, publisher, hubHeads, tellHub, readHubKeys, readyChecks } = identity;
  // The log reports problems with keys, even if nobody requests `/health/ready`.
  await readyChecks.keys?.();
  const tracing = await openTracing({ endpoint: settings.tracesEndpoint, service: partner });
  const server = await openPartner(definition, {
    tracing,
    authenticate,
    askHub,
    publisher,
    hubHeads,
    publication: localPublicationFiles(data, partner),
    tellHub,
    pagesUrl: new URL(hubUrl).origin,
    readHubKeys,
    readyChecks,
    partner,
    ...settings,
    databaseUrl: localDatabaseUrl(data, partner, factsOnly),
    content: factsOnly ? 'facts' : 'demonstration',
    recognition: { file: localIdentityFile(data, partner, factsOnly), mayBeFirst: true, isNew },
    logger,
  });
  return {
    listen: (...place) => server.listen(...place),
    close: () => server.close(),
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([identity[Symbol.asyncDispose](), tracing?.[Symbol.asyncDispose]()]);
    },
  };
}
