import { runImport } from '@hub/shared/import';
import { readConfig } from './config.js';
import { definition } from './partner.js';
import { importKinds } from './seed/import-kinds.js';

process.exit(await runImport({ definition, readConfig, kinds: importKinds }));
