import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../identity/reader.js';
import { createDisclosureNote } from '../records/disclosure/disclosure-note.js';
import { participantOf, readerOf } from '../testing/open-test-partner.js';
import type { PartnerContext } from './context/partner-context.js';
import { findInvalidFields, readFieldPurposes } from './field-purposes.js';
import { guardSchema } from './guard-schema.js';
import type { Policies } from './type-policy.js';

const policies: Policies = {
  Query: { fields: { needs: 'open', count: 'identity' }, decide: () => true },
  Needs: {
    type: 'Needs',
    fields: { id: 'open', diet: 'travelNeeds', access: 'travelNeeds' },
    personOf: () => 'dk:anna',
    self: {
      fields: { diet: 'own' },
      readers: { own: 'she', fellow: 'they' },
      decide: (_whose, _row, { reader }) => reader.kind === 'participant',
    },
    decide: (_level, _row, { reader, disclosures }) => {
      if (reader.kind === 'person' && reader.role === 'liaison')
        disclosures.justify('Needs', 'n1', 'A_TASK');
      return reader.kind === 'person' && reader.role !== 'analyst';
    },
  },
};

async function read(stated: string | undefined, reader: Reader, setting: string) {
  const schema = buildSchema(
    'type Query { needs: Needs count: Int } type Needs { id: ID diet: String access: String }',
  );
  schema.getQueryType()!.getFields()['needs']!.resolve = () => ({
    id: 'n1',
    diet: 'vegan',
    access: 'lift',
  });
  guardSchema(schema, policies);
  const disclosures = createDisclosureNote();
  const contextValue = {
    disclosures,
    reader: { ...reader, purpose: stated },
    fieldPurposes: readFieldPurposes(setting),
  } as PartnerContext;
  const document = parse('{ needs { id diet access } }');
  const { data, errors = [] } = await execute({ schema, document, contextValue });
  return {
    needs: data?.['needs'],
    refused: errors.map(({ extensions, path }) => `${path?.join('.')} ${extensions['code']}`),
    errors,
    readings: disclosures.readings,
  };
}

const coordinator = readerOf('dk', 'coordinator');
const limited = 'Needs.diet=HOSTING+SAFETY';
const both = { id: 'n1', diet: 'vegan', access: 'lift' };

describe('a field for some purposes only', () => {
  it.each(['HOSTING', 'SAFETY: an allergy'])('is read for %s', async (purpose) => {
    const { needs, errors } = await read(purpose, coordinator, limited);
    expect([needs, errors]).toEqual([both, []]);
  });

  it.each([undefined, 'PROGRAMME', 'OTHER: HOSTING', 'hosting'])(
    'is null for %s, says for which it is read, and is recorded as refused',
    async (purpose) => {
      const { needs, refused, errors, readings } = await read(purpose, coordinator, limited);
      expect(needs).toEqual({ ...both, diet: null });
      expect(refused).toEqual(['needs.diet PURPOSE_NOT_ALLOWED']);
      expect(errors[0]?.extensions['purposes']).toEqual(['HOSTING', 'SAFETY']);
      expect(errors[0]?.message).toContain('HOSTING or SAFETY');
      const about = { type: 'Needs', records: 1, people: ['dk:anna'] };
      expect(readings).toEqual([
        { ...about, fields: ['diet'], isRefused: true },
        { ...about, fields: ['access'] },
      ]);
    },
  );

  it('is refused first to those who may not read it at all', async () => {
    const { refused } = await read('AUDIT', readerOf('dk', 'analyst'), limited);
    expect(refused).toEqual(['needs.diet FORBIDDEN', 'needs.access FORBIDDEN']);
  });

  it('is read by the person concerned for any purpose', async () => {
    expect((await read(undefined, participantOf('dk:anna'), limited)).needs).toMatchObject({
      diet: 'vegan',
    });
  });

  it('is read for the programme by a task that gave access, if nothing was stated', async () => {
    const liaison = readerOf('dk', 'liaison');
    const refusedOf = async (purpose: string | undefined, setting: string) =>
      (await read(purpose, liaison, setting)).refused.length;
    expect(await refusedOf(undefined, 'Needs.diet=PROGRAMME')).toBe(0);
    expect(await refusedOf('AUDIT', 'Needs.diet=PROGRAMME')).toBe(1);
    expect(await refusedOf(undefined, limited)).toBe(1);
  });
});

describe('HUB_FIELD_PURPOSES', () => {
  it.each([
    'Needs',
    'Needs.diet',
    'Needs.diet=',
    'Needs.diet=TRAVEL',
    'Needs.diet=HOSTING+',
    'diet=HOSTING',
    'Needs.diet.more=HOSTING',
    'Needs.diet=HOSTING,Needs.diet=AUDIT',
  ])('cannot be %s', (setting) => {
    expect(() => readFieldPurposes(setting)).toThrow(/must be fields with purposes.*PROGRAMME/);
  });

  it.each(['Needs.id', 'Needs.color', 'Query.count', 'Person.name', 'constructor.name'])(
    'cannot limit %s',
    (field) => {
      const set = readFieldPurposes(`${field}=AUDIT, Needs.access = HOSTING + AUDIT`);
      expect(findInvalidFields(set, policies)).toEqual([field]);
    },
  );
});
