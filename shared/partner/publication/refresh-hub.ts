import { request, type Dispatcher } from 'undici';
import {
  refreshPath,
  signRefresh,
  type SignRefreshOptions,
} from '../../records/manifest/refresh.js';
import type { Logger } from '../../system/logger.js';

interface RefreshHubOptions extends SignRefreshOptions {
  readonly hubUrl: string;
  /** The connections to the hub. */
  readonly dispatcher: Dispatcher;
  readonly logger: Logger;
}

const deadlineMs = 4_000;

/**
 * Asks the hub to fetch this partner’s manifest. It never throws: a hub that is down fetches the
 * manifest when it is back.
 */
export async function refreshHub({
  hubUrl,
  dispatcher,
  logger,
  ...signing
}: RefreshHubOptions): Promise<void> {
  try {
    const { statusCode: status, body } = await request(new URL(refreshPath, hubUrl), {
      method: 'POST',
      dispatcher,
      headers: await signRefresh(signing),
      signal: AbortSignal.timeout(deadlineMs),
    });
    await body.dump();
    logger.debug({ status }, 'the hub was told of the manifest');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.debug({ reason }, 'the hub was not told of the manifest, and will fetch it later');
  }
}
