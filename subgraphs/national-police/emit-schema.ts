import { packageFile } from '@hub/shared/seed';
import { writeFileSync } from 'node:fs';
import { definition } from './partner.js';

const { sdl } = await definition.createSubgraph(definition.policies);
writeFileSync(packageFile(import.meta.url, 'schema.graphql'), sdl);
