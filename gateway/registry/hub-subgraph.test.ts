import { anonymous, type Reader } from '@hub/shared/identity';
import { usualRetention } from '@hub/shared/records';
import { participantOf, readerOf } from '@hub/shared/testing';
import { graphql, parse, printSchema } from 'graphql';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCallHistory, createPartnerStatus } from './calls/partner-status.js';
import { createHubSubgraph } from './hub-subgraph.js';
import { readNetwork } from './network.js';
import { packageFolder } from './package-folder.js';
import type { VerifiedConformance } from './publications/publication.js';

const network = readNetwork(join(packageFolder, 'network.json'));
const partners = network.partners.map(({ code }) => code);
const clock = () => new Date('2026-11-24T12:00:00Z');
const status = createPartnerStatus({ partners, clock });
status.recordCall('dk', 'ANSWERED');
const history = createCallHistory({ partners, clock });
history.recordResponseTime('dk', 12.34);
history.recordOutcome('no', 'TIMED_OUT');
const keyDates = new Map([
  ['hub', new Date('2026-11-01T08:00:00Z')],
  ['dk', new Date('2026-10-02T08:00:00Z')],
]);
const schema = createHubSubgraph({
  network,
  status,
  history,
  keysChangedAt: (organisation) => Promise.resolve(keyDates.get(organisation)),
});

async function ask(source: string, variableValues?: Record<string, unknown>) {
  const { data, errors } = await graphql({ schema, source, variableValues });
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data)) as unknown;
}

describe('Query.me', () => {
  const readAs = async (reader: Reader) => {
    const source = '{ me { __typename id } }';
    const { data, errors } = await graphql({ schema, source, contextValue: { reader } });
    expect(errors).toBeUndefined();
    return data?.['me'];
  };

  it('is the record of the participant who asks, of the type of its owner’s contract', async () => {
    expect(await readAs(participantOf('no:officer-1'))).toEqual({
      __typename: 'Officer',
      id: 'no:officer-1',
    });
    expect(await readAs(participantOf('ncm:delegate-1'))).toEqual({
      __typename: 'Delegate',
      id: 'ncm:delegate-1',
    });
  });

  it('is null for everybody else', async () => {
    expect(await readAs(anonymous)).toBeNull();
    expect(await readAs(readerOf('no', 'coordinator'))).toBeNull();
    expect(await readAs(participantOf('nbnp:somebody'))).toBeNull();
    expect(await readAs(participantOf('nowhere:somebody'))).toBeNull();
  });
});

describe('PartnerOperations.conformance', () => {
  it('is the statement of the partner’s check, and null without one', async () => {
    const conformance: VerifiedConformance = {
      form: 1,
      issuer: 'hub',
      partner: 'dk',
      subgraph: 'national-police',
      endpoint: 'https://hub.dk.example.org/graphql',
      schemaVersion: '2026.11.1',
      checkVersion: '1.2.0',
      checkedAt: '2026-11-01T12:00:00Z',
      validUntil: '2027-02-01T12:00:00Z',
      result: 'BROKEN',
      passed: ['manifest-is-published'],
      broken: ['old-request-is-refused'],
      notDecided: ['search-is-literal'],
      statement: 'a.b.c',
    };
    const published = {
      lacks: new Map(),
      lastGoodFor: new Map(),
      quarantineReasonOf: () => undefined,
      conformanceOf: (code: string) => (code === 'dk' ? conformance : undefined),
      retentionOf: (code: string) =>
        code === 'dk' ? { ...usualRetention, REPORTS: 365 } : undefined,
      windowsOf: () => [],
      openWindowOf: () => undefined,
      read: () => undefined,
      compareWith: () => Promise.resolve(),
    };
    const { data } = await graphql({
      schema: createHubSubgraph({
        network,
        status,
        history,
        published,
        keysChangedAt: () => Promise.resolve(undefined),
      }),
      source: `{
        operations { partners { partner { code } conformance {
          result checkedAt validUntil checkVersion schemaVersion passed broken notDecided statement
        } } }
        partner(code: "dk") { conformance { result } retention { kind days isUsual } }
        network: partner(code: "nbnp") { retention { kind } }
      }`,
    });
    const { form: _, issuer, partner, subgraph, endpoint, ...shown } = conformance;
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      operations: {
        partners: partners.toSorted().map((code) => ({
          partner: { code },
          conformance: code === 'dk' ? shown : null,
        })),
      },
      partner: {
        conformance: { result: 'BROKEN' },
        retention: [
          { kind: 'TRAVEL_NEEDS', days: 30, isUsual: true },
          { kind: 'FORMALITIES', days: 90, isUsual: true },
          { kind: 'CONTACTS', days: 730, isUsual: true },
          { kind: 'REPORTS', days: 365, isUsual: false },
          { kind: 'DECISIONS', days: 1825, isUsual: true },
          { kind: 'READERS', days: 730, isUsual: true },
        ],
      },
      network: { retention: null },
    });
  });
});

describe('Query.partners', () => {
  it('lists the network by code', async () => {
    expect(await ask('{ partners { code subgraph } }')).toEqual({
      partners: ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'nbnp', 'ncm', 'no', 'se'].map((code) => ({
        code,
        subgraph: code === 'ncm' ? 'ncm-offices' : code === 'nbnp' ? 'nbnp' : 'national-police',
      })),
    });
  });
});

describe('Query.partner', () => {
  it('has the partner’s status, and since when', async () => {
    const fields =
      'code name status statusSince lastAnsweredAt quarantineReason maintenance { from }';
    expect(
      await ask(`{ dk: partner(code: "dk") { ${fields} } no: partner(code: "no") { ${fields} } }`),
    ).toEqual({
      dk: {
        code: 'dk',
        name: 'National police of Denmark',
        status: 'ANSWERING',
        statusSince: '2026-11-24T12:00:00.000Z',
        lastAnsweredAt: '2026-11-24T12:00:00.000Z',
        quarantineReason: null,
        maintenance: [],
      },
      no: {
        code: 'no',
        name: 'National police of Norway',
        status: 'UNAVAILABLE',
        statusSince: null,
        lastAnsweredAt: null,
        quarantineReason: null,
        maintenance: [],
      },
    });
  });

  it('is null for an unknown code', async () => {
    expect(await ask('{ partner(code: "xx") { name } }')).toEqual({ partner: null });
  });
});

describe('Operations.partners', () => {
  it('have their response times, failures and the dates of their keys, as `Partner` had', async () => {
    const fields =
      'responseTimes { count medianMs p99Ms } keysChangedAt recentFailures { kind firstAt lastAt count }';
    const at = '2026-11-24T12:00:00.000Z';
    const read = (await ask(
      `{ operations { partners { partner { code ${fields} } ${fields} } } }`,
    )) as { operations: { partners: { partner: { code: string } }[] } };
    const found = new Map(
      read.operations.partners.map(({ partner: { code, ...before }, ...now }) => {
        expect(now).toEqual(before);
        return [code, now];
      }),
    );
    expect({ dk: found.get('dk'), no: found.get('no') }).toEqual({
      dk: {
        responseTimes: { count: 1, medianMs: 12.3, p99Ms: 12.3 },
        keysChangedAt: '2026-10-02T08:00:00.000Z',
        recentFailures: [],
      },
      no: {
        responseTimes: null,
        keysChangedAt: null,
        recentFailures: [{ kind: 'TIMED_OUT', firstAt: at, lastAt: at, count: 1 }],
      },
    });
  });
});

describe('Operations.hubKeysChangedAt', () => {
  it('is the date of the hub’s own keys', async () => {
    const hubKeysChangedAt = '2026-11-01T08:00:00.000Z';
    expect(await ask('{ operations { hubKeysChangedAt } hubKeysChangedAt }')).toEqual({
      operations: { hubKeysChangedAt },
      hubKeysChangedAt,
    });
  });
});

describe('Operations.usage', () => {
  it('is null with FORBIDDEN where the hub counts none, and takes nothing else away', async () => {
    const { data, errors } = await graphql({
      schema,
      source: '{ operations { usage { uses } releases { number } } }',
    });
    expect(data).toEqual({ operations: { usage: null, releases: [] } });
    expect(errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['operations', 'usage'], 'FORBIDDEN'],
    ]);
  });
});

describe('Operations.contractProposals', () => {
  it('is the hub’s list of proposals', async () => {
    const proposal = {
      number: 1,
      contract: 'national-police',
      hash: 'a'.repeat(64),
      proposedAt: '2026-11-26T22:00:00.000Z',
    };
    const change = { kind: 'FIELD_REMOVED', element: 'Officer.rank', message: 'Gone.' };
    const proposals = [{ ...proposal, changes: [{ ...change, severity: 'breaking' as const }] }];
    const options = { network, status, history, keysChangedAt: () => Promise.resolve(undefined) };
    const source =
      '{ operations { contractProposals { number contract hash proposedAt adoptedAt changes { kind severity element message } } } contractProposals { number } }';
    const listed = await graphql({
      schema: createHubSubgraph({ ...options, proposals: () => proposals }),
      source,
    });
    expect(listed).toEqual({
      data: {
        operations: {
          contractProposals: [
            { ...proposal, adoptedAt: null, changes: [{ ...change, severity: 'BREAKING' }] },
          ],
        },
        contractProposals: [{ number: 1 }],
      },
    });
    expect(await ask(source)).toEqual({
      operations: { contractProposals: [] },
      contractProposals: [],
    });
  });
});

describe('Operations.releases', () => {
  it('is the hub’s list of releases', async () => {
    const release = {
      number: 7,
      madeAt: '2026-11-24T10:00:00.000Z',
      reason: 'rollback to release 5',
    };
    const releases = [{ ...release, isPinned: true, isServed: true }];
    const options = { network, status, history, keysChangedAt: () => Promise.resolve(undefined) };
    const fields = 'releases { number madeAt reason isPinned isServed }';
    const source = `{ operations { ${fields} } ${fields} }`;
    const listed = await graphql({
      schema: createHubSubgraph({ ...options, releases: () => releases }),
      source,
    });
    expect(listed).toEqual({ data: { operations: { releases }, releases } });
    expect(await ask(source)).toEqual({ operations: { releases: [] }, releases: [] });
  });
});

describe('Partner', () => {
  it('is found by its key from other subgraphs', async () => {
    const representations = ['se', 'xx'].map((code) => ({ __typename: 'Partner', code }));
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Partner { name } } }';
    expect(await ask(query, { representations })).toEqual({
      _entities: [{ name: 'National police of Sweden' }, null],
    });
  });

  it('has the contract’s fields', () => {
    expect(() => parse(printSchema(schema))).not.toThrow();
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(['partners', 'partner', '_entities', '_service']),
    );
  });
});
