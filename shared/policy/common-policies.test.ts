import { Kind, parse, type ObjectTypeDefinitionNode } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PartnerContext } from '../context/index.js';
import { anonymous, roles, type Reader, type Role } from '../identity/index.js';
import {
  commonPolicies,
  keptFor,
  mutationPolicy,
  openBeside,
  openTo,
  peopleConnection,
  rootPolicy,
} from './common-policies.js';
import type { TypePolicy } from './type-policy.js';

const contractUrl = (name: string) => new URL(`../../gateway/contracts/${name}`, import.meta.url);
const contract = parse(
  ['nbnp.graphql', 'nbnp.additions.graphql']
    .map((name) => readFileSync(contractUrl(name), 'utf8'))
    .join('\n'),
);

const readerOf = (organisation: string, role: Role): Reader => ({
  kind: 'person',
  organisation,
  subject: 'somebody',
  role,
  purpose: undefined,
});

const contextOf = (reader: Reader) => ({ reader, partner: 'dk' }) as PartnerContext;

/** Those of everybody, of `dk` itself and of another organisation, to whom a level is told: `dk auditor`. */
function whoReads(policy: TypePolicy, level: string): string[] {
  const people = ['dk', 'no'].flatMap((organisation) =>
    roles.map((role) => ({
      name: `${organisation} ${role}`,
      reader: readerOf(organisation, role),
    })),
  );
  return [{ name: 'anonymous', reader: anonymous }, ...people]
    .filter(({ reader }) => policy.decide(level, undefined, contextOf(reader)) === true)
    .map(({ name }) => name);
}

const everybodyVouchedFor = ['dk', 'no'].flatMap((code) => roles.map((role) => `${code} ${role}`));

/** The fields of a type as the partners' contract has them. */
function fieldsInContract(type: string): string[] {
  const definitions = contract.definitions.filter(
    (definition): definition is ObjectTypeDefinitionNode =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type,
  );
  return definitions.flatMap(({ fields = [] }) => fields.map(({ name }) => name.value));
}

describe('the types that every partner has', () => {
  it.each(Object.keys(commonPolicies) as (keyof typeof commonPolicies)[])(
    'are guarded field by field as the contract has them: %s',
    (type) => {
      const fields = fieldsInContract(type);
      expect(fields.length).toBeGreaterThan(0);
      expect(Object.keys(commonPolicies[type].fields).toSorted()).toEqual(fields.toSorted());
    },
  );

  it('are for everybody, but for the record of disclosures', () => {
    const openTypes = Object.entries(commonPolicies).filter(
      ([, { fields }]: [string, TypePolicy]) =>
        Object.values(fields).every((level) => level === 'open'),
    );
    expect(openTypes.map(([type]) => type).toSorted()).toEqual([
      'Claim',
      'PageInfo',
      'PeopleCount',
    ]);
  });

  it('are kept as long as what they are part of, but for counts, which each reader is told anew', () => {
    expect(commonPolicies.Claim.keptSeconds).toBe(Infinity);
    expect(commonPolicies.PageInfo.keptSeconds).toBe(Infinity);
    expect(commonPolicies.PeopleCount).not.toHaveProperty('keptSeconds');
  });
});

describe('the record of disclosures', () => {
  it.each(['Disclosure', 'DisclosureEdge', 'DisclosureConnection'] as const)(
    'shows every field of %s to the auditors of its own organisation, and to nobody else',
    (type) => {
      const policy: TypePolicy = commonPolicies[type];
      expect(Object.keys(policy.fields).length).toBeGreaterThan(0);
      for (const level of Object.values(policy.fields)) {
        expect(level).not.toBe('open');
        expect(whoReads(policy, level)).toEqual(['dk auditor']);
      }
    },
  );

  it('is found at its root by the same', () => {
    const policy = rootPolicy(['units'], ['officers'], 'disclosures');
    expect(policy.fields).toEqual({
      units: 'open',
      officers: 'people',
      disclosures: 'disclosures',
    });
    expect(whoReads(policy, 'disclosures')).toEqual(['dk auditor']);
    expect(whoReads(policy, 'people')).toEqual(everybodyVouchedFor);
  });
});

describe('mutationPolicy', () => {
  const policy = mutationPolicy({ coordinator: ['createGroup'], liaison: ['confirmStop'] });

  it('lets the owner’s co-ordinators write, and its liaisons what prepares a journey', () => {
    expect(policy.fields).toEqual({ createGroup: 'coordinator', confirmStop: 'liaison' });
    expect(whoReads(policy, 'coordinator')).toEqual(['dk coordinator']);
    expect(whoReads(policy, 'liaison')).toEqual(['dk coordinator', 'dk liaison']);
  });

  it('gives a liaison nothing where nothing is said', () => {
    expect(mutationPolicy({ coordinator: ['createGroup'] }).fields).toEqual({
      createGroup: 'coordinator',
    });
  });
});

describe('openBeside', () => {
  it('tells the rest to those whom an organisation vouches for, without a column', () => {
    const policy = openBeside(['id'], ['name']);
    expect(policy.fields).toEqual({ id: 'open', name: 'people' });
    expect(whoReads(policy, 'people')).toEqual(everybodyVouchedFor);
  });

  it('is the policy of a connection of people and of its edges', () => {
    const policies = peopleConnection('Officer', ['totalCount']);
    expect(policies['OfficerConnection']?.fields).toEqual({
      edges: 'people',
      nodes: 'people',
      pageInfo: 'people',
      totalCount: 'people',
    });
    expect(policies['OfficerEdge']?.fields).toEqual({ cursor: 'people', node: 'people' });
    for (const policy of Object.values(policies)) {
      expect(whoReads(policy, 'people')).toEqual(everybodyVouchedFor);
    }
  });
});

describe('openTo', () => {
  it('opens the fields that it names, and decides for nothing else', () => {
    expect(openTo(['value']).fields).toEqual({ value: 'open' });
    expect(whoReads(openTo(['value']), 'people')).toEqual([]);
  });

  it('is kept for as long as is said', () => {
    expect(keptFor(60, ['name'])).toMatchObject({ keptSeconds: 60, fields: { name: 'open' } });
  });
});
