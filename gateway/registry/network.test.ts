// cspell:ignore prot
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NetworkError, parseNetwork, readNetwork } from './network.js';
import { packageFolder } from './package-folder.js';

const dk = {
  code: 'dk',
  name: 'National police of Denmark',
  subgraph: 'national-police',
  url: 'http://127.0.0.1:4111/graphql',
  contact: 'hub@dk.example.org',
  publicKeys: 'keys/dk.public.json',
};
const faultsOf = (network: object) => {
  try {
    parseNetwork(JSON.stringify(network));
  } catch (error) {
    expect(error).toBeInstanceOf(NetworkError);
    return (error as NetworkError).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
};

describe('network.json', () => {
  it('names ten partners and the hub’s port', () => {
    const { port, partners } = readNetwork(join(packageFolder, 'network.json'));
    expect(port).toBe(4000);
    expect(partners.map(({ code, url }) => `${code} ${new URL(url).port}`)).toEqual([
      'ncm 4101',
      'nbnp 4102',
      'dk 4111',
      'ee 4112',
      'fi 4113',
      'is 4114',
      'lt 4115',
      'lv 4116',
      'no 4117',
      'se 4118',
    ]);
  });
});

describe('parseNetwork', () => {
  it('has default values for the deadline and the size of responses', () => {
    const [partner] = parseNetwork(JSON.stringify({ partners: [dk] })).partners;
    expect(partner).toMatchObject({ deadlineMs: 5_000, maxResponseBytes: 10_000_000 });
  });

  it.each(['http://anna@dk.example.org/', 'https://:secret@dk.example.org/graphql'])(
    'rejects a URL with a user name or a password, which pages and logs would show: %s',
    (url) => {
      expect(faultsOf({ partners: [{ ...dk, url }] })).toEqual([
        'partners.0.url: must not have a user name or a password',
      ]);
    },
  );

  it('lists all errors at once', () => {
    const fi = {
      ...dk,
      code: 'FI',
      url: 'ftp://fi.example.org',
      contact: 'nobody',
      deadlineMs: 0,
      prot: 1,
    };
    const { name: _, ...unnamed } = { ...dk, code: 'hub', subgraph: 'hub' };
    const faults = faultsOf({ port: 70_000, partners: [fi, unnamed] });
    for (const place of [
      'port',
      'partners.0.code',
      'partners.0.url: must be an http or https URL',
      'partners.0.contact: must be an e-mail address',
      'partners.0.deadlineMs',
      'partners.1.code: is reserved for the hub',
      'partners.1.name',
      'partners.1.subgraph: is served by the hub itself',
    ]) {
      expect(
        faults.filter((fault) => fault.startsWith(place)),
        place,
      ).not.toEqual([]);
    }
    expect(faults.some((fault) => fault.includes('prot'))).toBe(true);
  });

  it('rejects a code or a port that comes twice', () => {
    const again = { ...dk, url: 'http://localhost:4111/graphql' };
    const onTheHub = { ...dk, code: 'fi', url: 'http://[::1]:4000/graphql' };
    expect(faultsOf({ partners: [dk, again, onTheHub] })).toEqual([
      'partners.1.code: dk is already used',
      'partners.1.url: has the same port as dk',
      'partners.2.url: has the same port as the hub',
    ]);
  });

  it.each([
    'http://id.example.org',
    'https://id.example.org/?tenant=dk',
    'https://dk@id.example.org',
    'id.example.org',
    'file:///etc/keys',
  ])('rejects %s as the provider of tokens', (issuer) => {
    expect(faultsOf({ partners: [{ ...dk, issuer }] })).toEqual([
      'partners.0.issuer: must be an https URL without a query',
    ]);
  });

  it('accepts a provider of tokens over https or on this machine, for one partner only', () => {
    const fi = { ...dk, code: 'fi', url: 'http://127.0.0.1:4113/graphql' };
    for (const issuer of ['https://id.example.org/dk', 'http://127.0.0.1:9000']) {
      expect(faultsOf({ partners: [{ ...dk, issuer }, fi] })).toEqual([]);
      expect(
        faultsOf({
          partners: [
            { ...dk, issuer },
            { ...fi, issuer },
          ],
        }),
      ).toEqual(['partners.1.issuer: is already the provider of dk']);
    }
  });

  it('accepts the same port on different machines', () => {
    const at = (code: string) => ({ ...dk, code, url: `http://${code}:4111/graphql` });
    expect(faultsOf({ partners: [at('dk'), at('fi')] })).toEqual([]);
  });

  it('says that a file is missing or not JSON', () => {
    expect(() => readNetwork('/nowhere/network.json')).toThrow(
      'The network file /nowhere/network.json cannot be read.',
    );
    expect(() => parseNetwork('{', 'x.json')).toThrow(/^x\.json is not JSON/);
  });
});
