import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { inner } from '@hub/shared/testing';

import { buildASTSchema, getNamedType, isLeafType, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../gateway/registry/contracts.js';
import { readMaxAges } from '../../gateway/registry/max-ages.js';

const definitions = { 'ncm-offices': ncmOffices, nbnp, 'national-police': nationalPolice };
const subgraphs = Object.keys(definitions) as (keyof typeof definitions)[];

describe.each(subgraphs)('@cacheControl in the contract of %s', (name) => {
  const { sdl } = readContract(name);
  const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
  const ages = readMaxAges(sdl);

  it.each([...ages.keys()])('is on %s, of which everybody may read all values', async (name_) => {
    const { policies } = await definitions[name].createSubgraph();
    const type = schema.getType(name_);
    if (!isObjectType(type)) throw new Error(`There is no ${name_}.`);
    const leaves = Object.values(type.getFields()).filter((field) =>
      isLeafType(getNamedType(field.type)),
    );
    const restricted = leaves.filter((field) => policies[name_]?.fields[field.name] !== inner.open);
    expect(restricted.map((field) => field.name)).toEqual([]);
    expect(policies[name_]?.object ?? inner.open).toBe(inner.open);
  });

  it('is what its owner says by @MaxAge', async () => {
    const { policies } = await definitions[name].createSubgraph();
    const own = Object.entries(policies).flatMap(([type, { maxAge }]) =>
      maxAge ? [[type, maxAge]] : [],
    );
    expect(Object.fromEntries(ages)).toEqual(Object.fromEntries(own));
  });

  it('is on nobody’s counts, and on no person', () => {
    const people =
      /PeopleCount|Statistics|Officer|Delegate|Expert|Group|Visit|Report|Disclosure|Change/;
    expect([...ages.keys()].filter((type) => people.test(type))).toEqual([]);
  });
});
