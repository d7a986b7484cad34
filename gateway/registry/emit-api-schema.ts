import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './package-folder.js';
import { printApiSchema } from './print-api-schema.js';

// For the types of the hub’s own pages, and for dashboards outside this clone.
writeFileSync(join(packageFolder, 'explorer', 'generated', 'schema.graphql'), printApiSchema());
