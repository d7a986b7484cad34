import { codes } from '@hub/shared/policy';
import { packageFile } from '@hub/shared/system';
import { testDatabases } from '@hub/shared/testing';
import { buildASTSchema, Kind, parse, print, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTestPolice } from './testing/test-partner.js';

const readDocument = (name: string) =>
  parse(readFileSync(packageFile(import.meta.url, name), 'utf8'));

const schema = buildASTSchema(readDocument('schema.graphql'), { assumeValidSDL: true });

/** The examples are operations on the hub’s graph. Those with only own fields can run here. */
const examples = readDocument('examples.graphql')
  .definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  .filter((node) => validate(schema, { kind: Kind.DOCUMENT, definitions: [node] }).length === 0);

/**
 * The hub routes an operation that names a country to that country’s police force. It sends a
 * filter to each.
 */
const isLedTo = (query: string, code: string): boolean => {
  const [, country] = /^ {2}\w+\(country: "(\w\w)"/m.exec(query) ?? [];
  return country === undefined || country.toLowerCase() === code;
};

describe.each(testDatabases)('examples.graphql on $name', (kind) => {
  it('has operations that run at each police force to which they are routed, with a result at one at least', async () => {
    const found = new Set<string | undefined>();
    for (const code of codes.policeCodes) {
      await using police = await openTestPolice(kind, code);
      const due = { dueOn: '2033-12-31', noticedOn: '2033-12-01' };
      const person = `${code}:demo-officer-1`;
      await police.source.manager.insert('RetentionNotice', { person, kind: 'REPORTS', ...due });
      await police.read(`mutation { eraseOfficer(id: "${code}:demo-officer-5") }`);
      for (const example of examples) {
        const query = print(example);
        if (!isLedTo(query, code)) continue;
        const answer = await police.read(query);
        for (const value of Object.values(answer)) {
          const rows = Array.isArray(value) ? value : (value as { nodes: unknown[] }).nodes;
          if (rows.length > 0) found.add(example.name?.value);
        }
      }
    }
    expect([...found].toSorted()).toEqual(examples.map(({ name }) => name?.value).toSorted());
  });
});
