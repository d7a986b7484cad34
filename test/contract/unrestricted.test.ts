import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { open, type Policies } from '@hub/shared/policy';
import { buildASTSchema, getNamedType, isLeafType, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../gateway/registry/contracts.js';

const definitions = { 'ncm-offices': ncmOffices, nbnp, 'national-police': nationalPolice };
const subgraphs = Object.keys(definitions) as (keyof typeof definitions)[];

describe.each(subgraphs)('the unrestricted types of %s', (name) => {
  const { sdl, unrestricted = [] } = readContract(name);
  const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
  const policies: Policies = definitions[name].policies;
  const kept = Object.keys(policies).filter((type) => policies[type]?.keptSeconds);

  it.each(unrestricted)(
    'has everything in %s for everybody that leads to no other type',
    (name) => {
      const type = schema.getType(name);
      if (!isObjectType(type)) throw new Error(`There is no ${name}.`);
      const leaves = Object.values(type.getFields()).filter((field) =>
        isLeafType(getNamedType(field.type)),
      );
      const restricted = leaves.filter((field) => policies[name]?.fields[field.name] !== open);
      expect(restricted.map((field) => field.name)).toEqual([]);
      expect(policies[name]?.object ?? open).toBe(open);
    },
  );

  it('are those that their owner lets be kept', () => {
    expect(kept.toSorted()).toEqual([...unrestricted].toSorted());
  });

  it('are nobody’s counts, and no person', () => {
    const people = /PeopleCount|Statistics|Officer|Delegate|Expert|Group|Visit|Report|Disclosure/;
    expect(unrestricted.filter((type) => people.test(type))).toEqual([]);
  });
});
