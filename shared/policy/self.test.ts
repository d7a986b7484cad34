import { execute, parse } from 'graphql';
import 'reflect-metadata';
import { Arg, buildSchema, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { AboutPerson, Access, Self } from '../identity/access.js';
import { anonymous, type Reader } from '../identity/reader.js';
import { createDisclosureNote } from '../records/disclosure/disclosure-note.js';
import { participantOf, readerOf } from '../testing/open-test-partner.js';
import { describeReaders, printAccessPage } from './access-page.js';
import type { PartnerContext } from './context/partner-context.js';
import { guardSchema } from './guard-schema.js';
import type { OwnLevels } from './levels.js';
import { readPolicies } from './read-policies.js';

@ObjectType()
@Access('signedIn')
class Report {
  person: string;

  @Field(() => String)
  @Self()
  text: string;
}

@ObjectType()
@Access('signedIn')
@AboutPerson(({ id }: Officer) => id)
class Officer {
  @Field(() => ID)
  @Self('fellow')
  id: string;

  @Field(() => String, { nullable: true })
  @Access('identity')
  @Self()
  name: string;

  @Field(() => String, { nullable: true })
  note: string;

  @Field(() => String, { nullable: true })
  @Access('open')
  unit: string;

  @Field(() => Report, { nullable: true })
  @Self()
  report: Report | null;
}

const officers = ['no:anna', 'no:bo', 'se:cia'].map((id): Officer => ({
  id,
  name: `name of ${id}`,
  note: `note on ${id}`,
  unit: `unit of ${id}`,
  report: id === 'no:anna' ? null : { person: id, text: `report of ${id}` },
}));

@Resolver()
class OfficerResolver {
  @Query(() => Officer, { nullable: true })
  @Access('signedIn')
  @Self()
  officer(@Arg('id', () => ID) id: string): Officer | null {
    return officers.find((one) => one.id === id) ?? null;
  }

  @Query(() => [Officer], { nullable: true })
  @Access('open')
  officers(): Officer[] {
    return officers;
  }

  @Mutation(() => Officer, { nullable: true })
  @Access('coordinator')
  @Self()
  handIn(
    @Arg('officer', () => ID, { nullable: true }) id: string,
    @Arg('participant', () => ID, { nullable: true }) other: string,
    @Arg('text', () => String, { nullable: true }) _text: string,
  ): Officer | null {
    return this.officer(id ?? other);
  }
}

/** Anna and Bo travel together. */
const levels: OwnLevels = {
  Officer: {
    identity: { readers: 'staff', decide: () => false },
    self: {
      readers: 'the person concerned',
      decide: (row: Officer | undefined, { reader }) =>
        reader.kind === 'participant' && row?.id === reader.person,
    },
    fellow: {
      readers: 'members of her group',
      decide: (row: Officer | undefined) => Promise.resolve(row?.id.startsWith('no:') ?? false),
    },
  },
  Report: {
    self: {
      readers: 'who wrote it',
      decide: (row: Report | undefined, { reader }) =>
        Promise.resolve(reader.kind === 'participant' && row?.person === reader.person),
    },
  },
};

const build = (resolvers: [Function] = [OfficerResolver]) =>
  buildSchema({ resolvers, validate: false });

async function ask(source: string, reader: Reader) {
  const schema = await build();
  guardSchema(schema, readPolicies(schema, levels));
  const disclosures = createDisclosureNote();
  const context = { reader, disclosures, partner: 'no' } as PartnerContext;
  const { data, errors = [] } = await execute({
    schema,
    document: parse(source),
    contextValue: context,
  });
  const codes = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions['code']}`);
  return { data: JSON.parse(JSON.stringify(data)) as unknown, codes: codes.toSorted() };
}

const bo = participantOf('no:bo');
const everything = '{ id name note unit report { text } }';

describe('Self', () => {
  it('gives a participant what is marked of her own rows, and what everybody reads', async () => {
    const { data, codes } = await ask(`{ officer(id: "no:bo") ${everything} }`, bo);
    expect(data).toEqual({
      officer: {
        id: 'no:bo',
        name: 'name of no:bo',
        note: null,
        unit: 'unit of no:bo',
        report: { text: 'report of no:bo' },
      },
    });
    expect(codes).toEqual(['officer.note FORBIDDEN']);
  });

  it('tells her that there is nothing in her own row, without an error', async () => {
    const anna = participantOf('no:anna');
    expect(await ask('{ officer(id: "no:anna") { report { text } } }', anna)).toEqual({
      data: { officer: { report: null } },
      codes: [],
    });
  });

  it('gives her of a fellow member what is marked so, and of others nothing', async () => {
    const { data, codes } = await ask(`{ officers { id name unit report { text } } }`, bo);
    // The id of the other is not nullable, so that the list is null as a whole.
    expect(data).toEqual({ officers: null });
    expect(codes).toContain('officers.2.id FORBIDDEN');
    const nullable = await ask('{ officers { name unit } }', bo);
    expect(nullable.data).toEqual({
      officers: [
        { name: null, unit: 'unit of no:anna' },
        { name: 'name of no:bo', unit: 'unit of no:bo' },
        { name: null, unit: 'unit of se:cia' },
      ],
    });
  });

  it('is of root fields whose arguments name her, and nobody else', async () => {
    for (const [field, ...refused] of [
      ['officer(id: "no:anna")'],
      ['officer(id: "no:unknown")'],
      ['officer(id: "")'],
    ]) {
      const { data, codes } = await ask(`{ ${field} { unit } }`, bo);
      expect({ data, codes, refused }).toEqual({
        data: { officer: null },
        codes: ['officer FORBIDDEN'],
        refused: [],
      });
    }
    const call = async (given: string) =>
      (await ask(`mutation { handIn${given} { id } }`, bo)).codes;
    expect(await call('(officer: "no:bo")')).toEqual([]);
    expect(await call('(officer: "no:bo", participant: "no:bo")')).toEqual([]);
    for (const given of [
      '',
      '(officer: "no:anna")',
      '(text: "no:bo")',
      '(officer: "no:anna", text: "no:bo")',
      '(officer: "no:anna", participant: "no:bo")',
      '(officer: "no:bo", participant: "no:anna")',
      '(officer: null)',
    ])
      expect(await call(given), given).toEqual(['handIn FORBIDDEN']);
  });

  it('gives nothing to anybody else: to the anonymous, or to staff by her name', async () => {
    for (const reader of [anonymous, { ...readerOf('no', 'analyst'), subject: 'no:bo' }]) {
      const { data } = await ask('{ officers { name } }', reader);
      expect(data, reader.kind).toEqual({
        officers: [{ name: null }, { name: null }, { name: null }],
      });
    }
    expect((await ask('{ officer(id: "no:bo") { unit } }', anonymous)).codes).toEqual([
      'officer FORBIDDEN',
    ]);
    const staff = await ask(
      '{ officer(id: "no:anna") { note report { text } } }',
      readerOf('fi', 'analyst'),
    );
    expect(staff.data).toEqual({ officer: { note: 'note on no:anna', report: null } });
  });

  it('is a column of the page of access rules, and part of the descriptions', async () => {
    const schema = await build();
    const policies = readPolicies(schema, levels);
    const page = printAccessPage(schema, policies);
    expect(page).toContain(`| field | level | who reads it | participants |
| --- | --- | --- | --- |
| \`note\` | \`signedIn\` | signed-in callers of every organisation and role |  |
| \`report\` | \`signedIn\` | signed-in callers of every organisation and role | the person concerned |
| \`id\` | \`signedIn\` | signed-in callers of every organisation and role | the person concerned, members of her group |
| \`name\` | \`identity\` | staff | the person concerned |
| \`unit\` | \`open\` | everybody |  |
`);
    expect(page).toContain(
      '| `handIn` | `coordinator` | co-ordinators of this organisation | the person concerned |',
    );
    describeReaders(schema, policies);
    expect(String(schema.getType('Officer')?.description)).toMatch(
      /Read by: signed-in callers .*; the person concerned, members of her group\.$/,
    );
    expect(schema.getQueryType()?.getFields()['officer']?.description).toMatch(
      /Read by: signed-in callers .*; the person concerned\.$/,
    );
  });

  it('needs the level of the type that decides, which needs a mark', async () => {
    const schema = await build();
    expect(() =>
      readPolicies(schema, { Officer: { identity: levels['Officer']!['identity']! } }),
    ).toThrow('Officer.name is @Self, and its type has no level "self".');
    @Resolver()
    class Unmarked {
      @Query(() => String)
      @Access('open')
      name(): string {
        return '';
      }
    }
    const unmarked = await build([Unmarked]);
    const self = { readers: 'nobody', decide: () => true };
    expect(() => readPolicies(unmarked, { Query: { self } })).toThrow(
      'The level "self" of Query is not used.',
    );
  });
});
