import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
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
    const note = (...noted: string[]) => notes.push(noted);
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
    const note = (...noted: string[]) => notes.push(noted);
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
