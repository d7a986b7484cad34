import { readFileSync } from 'node:fs';
import type { PartnerDefinition } from '../partner/index.js';
import { printAccessPage, unguardedFields } from '../policy/index.js';
import { findUndescribed, printReference } from '../reference/index.js';
import { packageFile } from '../seed/index.js';

/**
 * What is wrong with a partner’s schema and the files that it emits: a file that is not what the classes say, an element
 * without a description, a field without a rule.
 * @param module the `import.meta.url` of a file at the root of the partner’s folder
 */
export async function findSchemaErrors(
  definition: PartnerDefinition,
  module: string,
): Promise<string[]> {
  const { sdl, schema, policies } = await definition.createSubgraph();
  const emitted = [
    ['schema.graphql', 'schema:emit', sdl],
    ['access.md', 'schema:emit', printAccessPage(schema, policies)],
    ['reference.md', 'docs:emit', printReference(schema, policies)],
  ] as const;
  const stale = emitted.filter(
    ([name, , text]) => readFileSync(packageFile(module, name), 'utf8') !== text,
  );
  return [
    ...stale.map(([name, command]) => `${name} is not what the classes say: npm run ${command}`),
    ...findUndescribed(schema),
    ...unguardedFields(schema, policies).map(
      (field) => `${field} is a field without a rule, or a rule without a field.`,
    ),
  ];
}
