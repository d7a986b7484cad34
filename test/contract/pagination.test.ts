import { buildASTSchema, getNamedType, isObjectType, parse } from 'graphql';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeContracts } from '../../gateway/registry/compose-contracts.js';
import { readContracts } from '../../gateway/registry/contracts.js';
import { readNetwork } from '../../gateway/registry/network.js';

const network = readNetwork(join(import.meta.dirname, '..', '..', 'gateway', 'network.json'));
const sdl = composeContracts(readContracts(network), network.partners);
const types = Object.values(buildASTSchema(parse(sdl), { assumeValidSDL: true }).getTypeMap());

const connections = types.filter(isObjectType).flatMap((type) =>
  Object.values(type.getFields())
    .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
    .map((field) => ({ name: `${type.name}.${field.name}`, field })),
);

describe('a connection', () => {
  it.each(connections)('$name has `first`, `after`, `last` and `before`', ({ field }) => {
    const given = new Map(
      field.args.map((one) => [one.name, [String(one.type), one.defaultValue]]),
    );
    expect([...given]).toEqual(
      expect.arrayContaining([
        ['first', ['Int', 50]],
        ['after', ['String', undefined]],
        ['last', ['Int', undefined]],
        ['before', ['String', undefined]],
      ]),
    );
  });
});
