import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { anonymous, type Reader } from '../identity/reader.js';
import { createDisclosureNote } from '../records/disclosure/disclosure-note.js';
import { readerOf } from '../testing/open-test-partner.js';
import type { PartnerContext } from './context/partner-context.js';
import { guardSchema } from './guard-schema.js';
import type { TypePolicy } from './type-policy.js';

const openRoot: TypePolicy = { fields: { person: 'open' }, decide: () => false };

describe('the note of what is read', () => {
  /** The record of a field of the level `identity` that is read. */
  async function notedOf(row: unknown) {
    const schema = buildSchema('type Query { person: Person } type Person { name: String }');
    guardSchema(schema, {
      Query: openRoot,
      Person: { fields: { name: 'identity' }, decide: () => true },
    });
    schema.getQueryType()!.getFields()['person']!.resolve = () => row;
    const notes: string[][] = [];
    const note = (...noted: string[]) => notes.push(noted.slice(0, 3));
    await execute({
      schema,
      document: parse('{ person { name } }'),
      contextValue: { disclosures: { note } } as unknown as PartnerContext,
    });
    return notes;
  }

  it('names the type, the field and the object', async () => {
    expect(await notedOf({ id: 'anna', name: 'Anna' })).toEqual([['Person', 'name', 'anna']]);
  });

  it.each([
    ['has no id', { name: 'Anna' }],
    ['has an id that is not a text', { id: 7, name: 'Anna' }],
    ['is not an object', 'Anna'],
    ['is a function', Object.assign(() => 'Anna', { id: 'anna' })],
  ])('leaves the id out of an object that %s', async (_what, row) => {
    expect(await notedOf(row)).toEqual([['Person', 'name', '']]);
  });

  it('leaves the id out of a root field, which has no object', async () => {
    const schema = buildSchema('type Query { name: String }');
    schema.getQueryType()!.getFields()['name']!.resolve = () => 'Anna';
    guardSchema(schema, { Query: { fields: { name: 'identity' }, decide: () => true } });
    const notes: string[][] = [];
    const note = (...noted: string[]) => notes.push(noted.slice(0, 3));
    const { data } = await execute({
      schema,
      document: parse('{ name }'),
      rootValue: null,
      contextValue: { disclosures: { note } } as unknown as PartnerContext,
    });
    expect(data).toEqual({ name: 'Anna' });
    expect(notes).toEqual([['Query', 'name', '']]);
  });
});

describe('the note of what is read about people', () => {
  const anna = { id: 'n1', personId: 'anna', name: 'Anna' };
  const berta = { id: 'n2', personId: 'berta', name: 'Berta' };

  /** What was read and refused of nominations: a caller reads the names of those of Anna alone. */
  async function readingsOf(query: string, reader: Reader) {
    const schema = buildSchema(
      'type Query { one: Nomination all: [Nomination!] } type Nomination { id: ID name: String email: String }',
    );
    const fields = schema.getQueryType()!.getFields();
    fields['one']!.resolve = () => berta;
    fields['all']!.resolve = () => [anna, berta, { ...anna, id: 'n3' }, { ...berta, id: 'n4' }];
    const isAnnas = (row: unknown) => (row as typeof anna | undefined)?.personId === 'anna';
    guardSchema(schema, {
      Query: { fields: { one: 'open', all: 'open' }, decide: () => false },
      Nomination: {
        type: 'Nomination',
        object: 'there',
        fields: { id: 'there', name: 'identity', email: 'identity' },
        personOf: (row) => (row as typeof anna).personId,
        decide: (level, row) =>
          level === 'identity' ? Promise.resolve(isAnnas(row)) : isAnnas(row),
      },
    });
    const disclosures = createDisclosureNote();
    const contextValue = { disclosures, reader } as PartnerContext;
    await execute({ schema, document: parse(query), contextValue });
    return disclosures.readings;
  }

  const person = readerOf('dk', 'analyst');

  it('tells whom it is about, and whether the caller was refused', async () => {
    expect(await readingsOf('{ all { name } again: all { name email } }', person)).toEqual([
      { type: 'Nomination', fields: ['email', 'name'], records: 2, people: ['anna'] },
      {
        type: 'Nomination',
        fields: ['email', 'name'],
        records: 2,
        people: ['berta'],
        isRefused: true,
      },
    ]);
  });

  it('notes an object that is refused as such', async () => {
    expect(await readingsOf('{ one { id name } }', person)).toEqual([
      { type: 'Nomination', fields: [], records: 1, people: ['berta'], isRefused: true },
    ]);
  });

  it('notes no refusal of an anonymous caller, who could fill the record', async () => {
    expect(await readingsOf('{ all { name } one { id } }', anonymous)).toEqual([
      { type: 'Nomination', fields: ['name'], records: 2, people: ['anna'] },
    ]);
  });
});
