import { Kind, parse, type ConstValueNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../../gateway/registry/contracts.js';
import { openNetwork, type OpenNetwork } from '../../e2e/network/open-network.js';

const textsOf = (value: ConstValueNode | undefined): string[] =>
  value?.kind === Kind.LIST
    ? value.values.flatMap(textsOf)
    : value?.kind === Kind.STRING
      ? [value.value]
      : [];

/** The arguments of root fields that decide which police force is asked: `officers`, `filter.country`. */
const deciding = parse(readContract('national-police').sdl).definitions.flatMap((node) => {
  const isType = node.kind === Kind.OBJECT_TYPE_DEFINITION;
  if (!isType && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
  if (node.name.value !== 'Query') return [];
  return (node.fields ?? []).flatMap(({ name, directives = [] }) =>
    directives.flatMap((directive) => {
      const isGathered = directive.name.value === 'gather';
      const named = directive.arguments?.find(
        (argument) => argument.name.value === (isGathered ? 'narrowBy' : 'by'),
      );
      return textsOf(named?.value).map((by) => ({ field: name.value, by, isGathered }));
    }),
  );
});

const write = ([first = '', ...rest]: readonly string[], value: string): string =>
  rest.length === 0 ? `${first}: "${value}"` : `${first}: { ${write(rest, value)} }`;

describe('extensions.completeness.uncovered', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('is tried for each argument that decides who is asked', () => {
    expect(deciding.length).toBeGreaterThan(8);
    expect(deciding).toContainEqual({ field: 'officers', by: 'filter.country', isGathered: true });
  });

  it.each(deciding)(
    'names what $by of $field says and nobody covers',
    async ({ field, by, isGathered }) => {
      const value = by.endsWith('country') ? 'PL' : 'pl:record';
      const asker = { organisation: 'dk', role: 'auditor' } as const;
      const {
        data,
        errors = [],
        extensions,
      } = await network.ask(
        `{ ${field}(${write(by.split('.'), value)}) { __typename } }`,
        {},
        asker,
      );
      // Nothing that a partner has is missing, and nobody was asked.
      expect(extensions.completeness).toEqual({ complete: true, partners: {}, uncovered: [value] });
      expect(errors.map((error) => error.extensions.code)).toEqual(isGathered ? [] : ['NOT_FOUND']);
      if (!isGathered) expect(data[field]).toBeNull();
      const country = by.endsWith('country') ? 'DK' : 'dk:record';
      const known = await network.ask(
        `{ ${field}(${write(by.split('.'), country)}) { __typename } }`,
        {},
        asker,
      );
      expect(known.extensions.completeness).toEqual({
        complete: true,
        partners: { dk: { status: 'ANSWERED' } },
      });
    },
  );
});
