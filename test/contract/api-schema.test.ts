import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../../gateway/registry/package-folder.js';
import { printApiSchema } from '../../gateway/registry/print-api-schema.js';

it('the schema for the pages and for dashboards is what the contracts compose to', () => {
  const file = join(packageFolder, 'explorer', 'schema.graphql');
  expect(readFileSync(file, 'utf8')).toBe(printApiSchema());
});
