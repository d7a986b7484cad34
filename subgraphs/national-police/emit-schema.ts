import { packageFile } from '@hub/shared/seed';
import { writeFile } from 'node:fs/promises';
import { definition } from './partner.js';

const { sdl } = await definition.createSubgraph();
await writeFile(packageFile(import.meta.url, 'schema.graphql'), sdl);
