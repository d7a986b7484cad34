import { runPartnerCommand } from '@hub/shared/partner';
import { readConfig } from './config.js';

process.exit(await runPartnerCommand({ readConfig, load: () => import('./partner.js') }));
