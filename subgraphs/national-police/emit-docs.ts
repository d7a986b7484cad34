import { printReference } from '@hub/shared/partner';
import { packageFile } from '@hub/shared/system';
import { writeFileSync } from 'node:fs';
import { definition } from './partner.js';

const { schema, policies } = await definition.createSubgraph();
writeFileSync(packageFile(import.meta.url, 'reference.md'), printReference(schema, policies));
