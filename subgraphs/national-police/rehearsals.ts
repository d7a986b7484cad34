import { runRehearsals } from '@hub/shared/programme';
import { readConfig } from './config.js';
import { prepareRemoval } from './groups/remove-rehearsals.js';
import { definition } from './partner.js';

process.exit(await runRehearsals({ definition, readConfig, prepare: prepareRemoval }));
