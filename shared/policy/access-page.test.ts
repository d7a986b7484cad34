import { assertObjectType, buildSchema, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { describeReaders, printAccessPage, withoutReaders } from './access-page.js';
import type { Policies } from './type-policy.js';

const schema = buildSchema(`
  type Query { person: Person towns: [Town!] visit: Visit }
  type Town { name: String claims: [Claim!] }
  type Mutation { addPerson: Person }
  type Person { id: ID! name: String birthday: String shoeSize: Int }
  type Claim { value: String }
  type Visit { id: ID! plan: String }
`);

const readers = { open: 'everybody', people: 'people', identity: 'staff', staff: 'staff' };
const decide = () => false;
const policies: Policies = {
  Query: { fields: { person: 'people', towns: 'open', visit: 'open' }, readers, decide },
  Mutation: { fields: { addPerson: 'staff' }, readers, decide },
  Person: {
    object: 'people',
    fields: { id: 'people', name: 'identity', birthday: 'people' },
    readers,
    decide,
  },
  Town: { fields: { name: 'open', claims: 'open' }, maxAge: 30, readers, decide },
  Visit: { fields: { id: 'open', plan: 'staff' }, maxAge: 60, readers, decide },
  Claim: { object: 'open', fields: { value: 'open' }, maxAge: Infinity, readers, decide },
};

const page = printAccessPage(schema, policies);
const sectionOf = (type: string) => page.split(/^## /m).find((part) => part.startsWith(type));

describe('printAccessPage', () => {
  it('has the root types first, and then the others by name', () => {
    const titles = [...page.matchAll(/^## (\w+)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['Query', 'Mutation', 'Person', 'Visit']);
  });

  it('lists fields with the rule of the object together, each other one with its level and who reads it, and nobody for a field without a rule', () => {
    expect(sectionOf('Person')).toBe(`Person

The object: \`people\`, people.

| field | level | who reads it |
| --- | --- | --- |
| \`id\`, \`birthday\` | \`people\` | people |
| \`name\` | \`identity\` | staff |
| \`shoeSize\` | (no rule) | nobody |

`);
  });

  it('lists who may call the fields of root types', () => {
    expect(sectionOf('Query')).not.toContain('The object');
    expect(sectionOf('Mutation')).toContain('| `addPerson` | `staff` | staff |');
    expect(sectionOf('Mutation')).toContain('| field | level | who may call it |');
  });

  it('lists types of which all fields follow the rule of the object in one table', () => {
    expect(sectionOf('Types with one rule')).toContain(`
| type | fields | level | who reads it | cached |
| --- | --- | --- | --- | --- |
| \`Claim\` | \`value\` | \`open\` | everybody | as long as the object that it is a part of |
| \`Town\` | \`name\`, \`claims\` | \`open\` | everybody | for 30 s |
`);
  });

  it('says how long a type is cached', () => {
    expect(sectionOf('Visit')).toContain('The object: `open`, everybody. Cached for 60 s.\n');
    expect(sectionOf('Person')).not.toContain('Cached');
  });
});

describe('describeReaders', () => {
  it('adds who reads or calls what is restricted, in the words of its rule', () => {
    const described = buildSchema(`
      type Query { "Open." open: Int "Not." restricted: Int }
      type Mutation { "Writes." write: Int }
      "Whole." type Record { "Alike." alike: Int "Other." other: Int open: Int }
      "Piece." type Part { none: Int }
    `);
    const words = { people: 'staff of this organisation', host: 'hosts', open: 'everybody' };
    const policy = (fields: Record<string, string>) => ({ fields, readers: words, decide });
    describeReaders(described, {
      Query: policy({ open: 'open', restricted: 'people' }),
      Mutation: policy({ write: 'people' }),
      Record: {
        ...policy({ alike: 'people', other: 'host', open: 'open' }),
        object: 'people',
      },
      Part: policy({}),
    });
    const { open, restricted } = described.getQueryType()?.getFields() ?? {};
    const { write } = described.getMutationType()?.getFields() ?? {};
    expect([open, restricted, write].map((field) => field?.description)).toEqual([
      'Open.',
      'Not.\n\nRead by: staff of the organisation that owns the data.',
      'Writes.\n\nCalled by: staff of the organisation that owns the data.',
    ]);
    expect(['Record', 'Part'].map((name) => described.getType(name)?.description)).toEqual([
      'Whole.\n\nRead by: staff of the organisation that owns the data.',
      'Piece.',
    ]);
    const { alike, other } = assertObjectType(described.getType('Record')).getFields();
    expect([alike, other].map((field) => field?.description)).toEqual([
      'Alike.',
      'Other.\n\nRead by: hosts.',
    ]);
  });

  it('adds nothing to a field whose readers are not in words', () => {
    const described = buildSchema(`
      type Query { "Wordless." wordless: Int }
      type Bare { "Not ruled." ruled: Int }
    `);
    describeReaders(described, { Query: { fields: { wordless: 'people' }, decide } });
    const fields = ['Query', 'Bare'].flatMap((name) => {
      const type = described.getType(name);
      return isObjectType(type) ? Object.values(type.getFields()) : [];
    });
    expect(fields.map(({ description }) => description)).toEqual(['Wordless.', 'Not ruled.']);
  });
});

describe('withoutReaders', () => {
  it('removes only the paragraph about who reads or calls it', () => {
    expect(withoutReaders('Not.\n\nRead by: staff.')).toBe('Not.');
    expect(withoutReaders('Writes.\n\nCalled by: staff.')).toBe('Writes.');
    expect(withoutReaders('Read by: the first line is not a paragraph.')).toMatch(/^Read by/);
  });
});
