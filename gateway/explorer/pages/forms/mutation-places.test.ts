import { buildSchema, Kind, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ofLiaisons } from '../../parts/planning-links.tsx';

const read = (file: string) =>
  readFileSync(new URL(`../../generated/${file}`, import.meta.url), 'utf8');

/** The mutations that no page has, each with the reason. People never need them on a page. */
const ofOperators: Readonly<Record<string, string>> = {
  revokeAccess: 'An operator ends what a lost or stolen token may do, by its subject.',
};

/** The mutations that a page sends. */
function listPlaced(): string[] {
  const documents = JSON.parse(read('persisted-documents.json')) as Record<string, string>;
  return Object.values(documents)
    .flatMap((text) => parse(text).definitions)
    .flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION && String(one.operation) === 'mutation'
        ? one.selectionSet.selections
        : [],
    )
    .flatMap((field) => (field.kind === Kind.FIELD ? field.name.value : []));
}

it('gives each mutation that people use its place on a page, or says why not', () => {
  const fields = buildSchema(read('schema.graphql')).getMutationType()?.getFields() ?? {};
  const current = Object.values(fields).filter((field) => field.deprecationReason === undefined);
  const placed = new Set(listPlaced());
  const missing = current.map(({ name }) => name).filter((name) => !placed.has(name));
  expect(missing.toSorted()).toEqual(Object.keys(ofOperators).toSorted());
});

it('lets liaisons do what the graph lets them do, and nothing else', () => {
  const fields = buildSchema(read('schema.graphql')).getMutationType()?.getFields() ?? {};
  const theirs = Object.values(fields).filter(({ description }) =>
    description?.includes('Called by: co-ordinators and liaisons of the organisation'),
  );
  expect(ofLiaisons.toSorted()).toEqual(theirs.map(({ name }) => name).toSorted());
});
