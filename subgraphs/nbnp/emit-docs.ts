import { emitReference } from '@hub/shared/partner';
import { packageFile } from '@hub/shared/system';
import { writeFileSync } from 'node:fs';
import { definition } from './partner.js';
import { describeWarnings } from './warnings/catalogue.js';

await emitReference(import.meta.url, definition);
writeFileSync(packageFile(import.meta.url, 'warnings/warnings.md'), describeWarnings());
