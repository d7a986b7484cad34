import { noHub, runChore, type ChoreContext, type RunningChore } from '../context/index.js';
import { searchesScan } from '../database/index.js';
import type { Warnings } from '../http/index.js';
import { anonymous } from '../identity/index.js';
import { openFilledDatabase } from './partner-database.js';
import type { PartnerDefinition, PartnerOptions } from './partner-definition.js';
import { createPartnerServer, type PartnerServer } from './partner-server.js';

const unrecognised =
  'DATABASE_NOT_RECOGNISED: there is no identity file outside of the database, so an older or another database cannot be detected. Set HUB_DATABASE_IDENTITY to a file on another disk.';

const scanning =
  'SEARCH_NOT_INDEXED: the database does not allow the extension pg_trgm, so each search reads every row. Let an administrator create it, and start the partner again.';

/**
 * Opens a partner’s database, loads its first content, and creates its server, which does not
 * listen yet.
 */
export async function openPartner(
  definition: PartnerDefinition,
  options: PartnerOptions,
): Promise<PartnerServer> {
  const {
    partner,
    logger,
    clock = () => new Date(),
    limits,
    countThreshold,
    readyChecks,
    travelNeedsDays = 30,
  } = options;
  const { authenticate = () => Promise.resolve({ reader: anonymous }), askHub = noHub } = options;
  const source = await openFilledDatabase(definition, options);
  const isUnrecognised = options.recognition && options.recognition.file === undefined;
  const warnings: Warnings = {
    ...(isUnrecognised && { database: unrecognised }),
    ...(searchesScan(source) && { search: scanning }),
  };
  for (const warning of Object.values(warnings))
    logger.warn({ partner, warning }, 'started with a warning');
  try {
    const { schema, policies } = await definition.createSubgraph();
    const chore = createChore(definition, options, {
      partner,
      source,
      clock,
      askHub,
      travelNeedsDays,
    });
    const server = await createPartnerServer({
      partner,
      schema,
      policies,
      source,
      logger,
      clock,
      authenticate,
      askHub,
      limits,
      countThreshold,
      readyChecks,
      warnings,
      async onClose() {
        await chore.stop();
        await definition.close?.(source);
      },
    });
    return { ...server, listen: (port, host) => server.listen(port, host).then(chore.begin) };
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** The partner’s chore, which begins when the server listens. */
function createChore(
  { chore }: PartnerDefinition,
  { logger }: PartnerOptions,
  context: ChoreContext,
) {
  let running: RunningChore | undefined;
  return {
    begin(this: void, url: string): string {
      if (chore) running ??= runChore(() => chore(context), logger);
      return url;
    },
    stop: () => running?.stop(),
  };
}
