import { printAccessPage } from '@hub/shared/policy';
import { packageFile } from '@hub/shared/system';
import { writeFileSync } from 'node:fs';
import { definition } from './partner.js';

const { sdl, schema, policies } = await definition.createSubgraph();
writeFileSync(packageFile(import.meta.url, 'schema.graphql'), sdl);
writeFileSync(packageFile(import.meta.url, 'access.md'), printAccessPage(schema, policies));
