import { runPartner } from '@hub/shared/partner';
import { readConfig } from './config.js';
import { definition } from './partner.js';

try {
  process.exit(await runPartner(definition, readConfig()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
