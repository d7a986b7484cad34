import { graphql, parse, printSchema } from 'graphql';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHubSubgraph } from './hub-subgraph.js';
import { readNetwork } from './network.js';
import { packageFolder } from './package-folder.js';
import { createPartnerStatus } from './partner-status.js';

const network = readNetwork(join(packageFolder, 'network.json'));
const status = createPartnerStatus({
  partners: network.partners.map(({ code }) => code),
  clock: () => new Date('2026-11-24T12:00:00Z'),
});
status.recordCall('dk', 'ANSWERED');
const schema = createHubSubgraph(status, network);

async function ask(source: string, variableValues?: Record<string, unknown>) {
  const { data, errors } = await graphql({ schema, source, variableValues });
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data)) as unknown;
}

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
