import { runPartnerCommand } from '@hub/shared/commands';
import { readConfig } from './config.js';

process.exit(await runPartnerCommand({ readConfig }));
