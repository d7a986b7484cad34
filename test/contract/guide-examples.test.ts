import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeContracts } from '../../gateway/registry/compose-contracts.js';
import { isCommitted, readContract, readContracts } from '../../gateway/registry/contracts.js';
import { readNetwork } from '../../gateway/registry/network.js';
import { readModels } from '../../gateway/routes.js';

const root = join(import.meta.dirname, '..', '..');
const network = readNetwork(join(root, 'gateway', 'network.json'));

/** The schemas that guides show, with the guide and its first lines. */
const schemas = ['gateway/docs', 'shared/docs'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(join(root, folder, name), 'utf8').matchAll(/```graphql\n([^]*?)```/g)]
        .map(([, text = '']) => ({ guide: `${folder}/${name}`, text }))
        .filter(({ text }) => /^\s*(extend )?(schema|type|enum|input|interface)\b/.test(text)),
    ),
);

/** Composes what a guide shows, as a contract of its own or as additions to one. */
function compose(text: string): string {
  const contracts = readContracts(network);
  if (/^\s*extend schema/.test(text)) {
    const [partner] = network.partners;
    if (!partner) throw new Error('There are no partners.');
    const url = 'http://127.0.0.1:4900/graphql';
    const newcomer = { ...partner, code: 'newcomer', subgraph: 'newcomer', url };
    const all = [...contracts, { name: 'newcomer', sdl: text }];
    const next = { ...network, partners: [...network.partners, newcomer] };
    const supergraphSdl = composeContracts(all, next.partners);
    readModels(supergraphSdl, all, next);
    return supergraphSdl;
  }
  const type = /extend type (\w+)/.exec(text)?.[1] ?? '';
  // The type’s owner has its name without `@external`, and so more of it than a reference.
  const owner = contracts.toSorted(
    (one, other) => sizeOf(other.sdl, type) - sizeOf(one.sdl, type),
  )[0]?.name;
  return composeContracts(
    contracts.map((one) => (one.name === owner ? { ...one, sdl: `${one.sdl}\n${text}` } : one)),
    network.partners,
  );
}

/** How many lines a contract has of a type. */
const sizeOf = (sdl: string, type: string): number =>
  new RegExp(`^type ${type} [^}]*}`, 'm').exec(sdl)?.[0].split('\n').length ?? 0;

describe('the schemas that guides show', () => {
  it('are there', () => {
    expect(schemas.map(({ guide }) => guide)).toContain('gateway/docs/add-a-kind-of-partner.md');
  });

  it.each(schemas)('compose when they are copied: $guide', ({ text }) => {
    expect(compose(text)).toContain('type Query');
  });
});

describe('a contract that does not compose', () => {
  const broken = (name: string, addition: string) => () =>
    composeContracts(
      readContracts(network).map((one) =>
        one.name === name ? { ...one, sdl: `${one.sdl}\n${addition}` } : one,
      ),
      network.partners,
    );
  const lines = (text: string) => text.split('\n').length;

  it('is named with its file, line and rule', () => {
    const { sdl } = readContract('ncm-offices');
    expect(isCommitted('ncm-offices')).toBe(true);
    const agreed = lines(readFileSync(join(root, 'gateway/contracts/ncm-offices.graphql'), 'utf8'));
    // The line after the last one of the additions.
    const at = lines(sdl) + 1 - agreed;
    expect(broken('ncm-offices', 'type Ghost { other: Missing }')).toThrow(
      `gateway/contracts/ncm-offices.additions.graphql:${at}`,
    );
    expect(broken('ncm-offices', 'type Ghost { other: Missing }')).toThrow(
      /^The contracts do not compose:\n.*\[INVALID_GRAPHQL\] .*Missing/,
    );
    expect(broken('ncm-offices', 'type Ghost {')).toThrow(/\[INVALID_GRAPHQL\]/);
  });

  it('is an error that commands print without a stack', () => {
    expect(broken('ncm-offices', 'type Ghost { other: Missing }')).toThrow(
      expect.objectContaining({ name: 'NetworkError' }),
    );
  });
});
