import { writeFileSync } from 'node:fs';
import { printAccessPage } from '../policy/access-page.js';
import { packageFile } from '../system/package-file.js';
import type { PartnerDefinition } from './partner-definition.js';
import { printReference } from './reference/print-reference.js';
import { accessPathsOf } from './requests/hub-path.js';

/**
 * Writes `schema.graphql` and `access.md` of a partner’s folder.
 * @param module `import.meta.url` of a file in the folder or its `dist`
 */
export async function emitSchema(module: string, definition: PartnerDefinition): Promise<void> {
  const { sdl, schema, policies } = await definition.createSubgraph();
  const page = printAccessPage(schema, policies, accessPathsOf(definition));
  writeFileSync(packageFile(module, 'schema.graphql'), sdl);
  writeFileSync(packageFile(module, 'access.md'), page);
}

/** Writes `reference.md` of a partner’s folder. */
export async function emitReference(module: string, definition: PartnerDefinition): Promise<void> {
  const { schema, policies } = await definition.createSubgraph();
  writeFileSync(packageFile(module, 'reference.md'), printReference(schema, policies));
}
