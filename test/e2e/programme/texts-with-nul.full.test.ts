import { buildSubgraphSchema } from '@apollo/subgraph';
import { bothDatabases, type TestDatabaseKind, type TestPartner } from '@hub/shared/testing';
import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestPolice } from '../../../subgraphs/national-police/testing/test-partner.js';
import { openTestNetwork } from '../../../subgraphs/nbnp/testing/test-partner.js';
import { openTestOffices } from '../../../subgraphs/ncm-offices/testing/test-partner.js';
import { sampleOf } from '../../sample.js';
import { cloneFolder } from '../network/running-command.js';
import { findTextInputs, type TextInput } from './text-inputs.js';

const partners = [
  {
    folder: 'national-police',
    own: 'fi',
    open: (kind: TestDatabaseKind) => openTestPolice(kind, 'fi'),
  },
  { folder: 'nbnp', own: 'nbnp', open: (kind: TestDatabaseKind) => openTestNetwork(kind) },
  {
    folder: 'ncm-offices',
    own: 'ncm',
    open: (kind: TestDatabaseKind) => openTestOffices(kind, 'demonstration'),
  },
];

const inputsOf = (folder: string): TextInput[] => {
  const file = join(cloneFolder, 'subgraphs', folder, 'schema.graphql');
  return findTextInputs(buildSubgraphSchema(parse(readFileSync(file, 'utf8'))));
};

/** Whether the server itself fails, as on a statement that its database rejects. */
async function fails({ ask }: TestPartner, input: TextInput, text: string): Promise<boolean> {
  const { errors = [] } = await ask(input.query, input.variablesWith(text));
  return errors.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR');
}

// PostgreSQL rejects a text with NUL, wherever a statement has one.
describe.each(bothDatabases)('INTERNAL_SERVER_ERROR on $name', (kind) => {
  it.each(partners)(
    'is not raised by $folder for a text with NUL',
    async ({ folder, own, open }) => {
      await using partner = await open(kind);
      const failing: string[] = [];
      for (const input of sampleOf(3, inputsOf(folder))) {
        // A test without other partners cannot call all of them.
        if (await fails(partner, input, `${own}:a`)) continue;
        if (await fails(partner, input, `${own}:\0`)) failing.push(input.name);
      }
      expect(failing).toEqual([]);
    },
  );
});
