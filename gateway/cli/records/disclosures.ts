import {
  identityIn,
  keyFolderOf,
  localDatabaseUrl,
  localIdentityFile,
  runRecordCommand,
  type LocatePartner,
} from '@hub/shared/partner';
import type { Environment } from '@hub/shared/system';
import { UsageError, readNetworkConfig } from '../../config.js';

/**
 * The command `disclosures`, for the partners whose databases are in the data folder.
 * @throws `UsageError`, or `DisclosuresError` with the first broken link
 */
export function runNetworkRecordCommand(
  argv: readonly string[],
  environment?: Environment,
): Promise<string> {
  const locate: LocatePartner = (partner) => {
    const { network, dataDir, port } = readNetworkConfig(environment);
    const codes = network.partners.map(({ code }) => code);
    if (!codes.includes(partner)) {
      throw new UsageError(`--partner must be one of ${codes.join(', ')}`);
    }
    return {
      url: localDatabaseUrl(dataDir, partner, false),
      file: localIdentityFile(dataDir, partner, false),
      ownSide: {
        partner,
        hubUrl: `http://127.0.0.1:${port}/graphql`,
        ...identityIn(keyFolderOf(dataDir), partner),
      },
    };
  };
  return runRecordCommand(argv, locate);
}
