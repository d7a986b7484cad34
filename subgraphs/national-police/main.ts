import { ConfigError, type PartnerConfig } from '@hub/shared/config';
import { runPartner } from '@hub/shared/server';
import { readConfig } from './config.js';
import { definition } from './partner.js';

/** The configuration, or the faults in it on standard error and the end. */
function readConfigOrExit(): PartnerConfig {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

process.exit(await runPartner(definition, readConfigOrExit()));
