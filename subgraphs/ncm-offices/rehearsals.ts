import { runRehearsals } from '@hub/shared/programme';
import { readConfig } from './config.js';
import { definition } from './partner.js';
import { prepareRemoval } from './programmes/remove-rehearsals.js';

process.exit(await runRehearsals({ definition, readConfig, prepare: prepareRemoval }));
