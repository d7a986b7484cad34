import { silentLogger } from '@hub/shared/telemetry';
import 'reflect-metadata';
import { describe, expect, it, vi } from 'vitest';
import { OperationRecord } from './operation-record.js';
import type { PartnerCall } from './partner-client.js';
import { SliceDataSource } from './slice-data-source.js';
import * as spreadPlan from './spread-plan.js';
import { createTestModel, testPartners } from './test-model.js';

const model = createTestModel(`
  type Query { copy(id: ID!): Copy @route(by: "id") loans(of: ID): Int @gather(narrowBy: "of") both(first: Int = 3): Int @gather }
  type Copy @key(fields: "id") @route(by: "id") { id: ID! name: String }
`);

function open(answers: (call: PartnerCall, code: string) => unknown) {
  const calls: { code: string; call: PartnerCall }[] = [];
  const ports = new Map(
    testPartners.map((code) => [
      code as string,
      {
        code,
        ask(call: PartnerCall) {
          calls.push({ code, call });
          return Promise.resolve({ json: { data: answers(call, code) }, httpStatus: 200 });
        },
        close: () => Promise.resolve(),
      },
    ]),
  );
  const dataSource = new SliceDataSource({
    model,
    ports,
    areNamed: true,
    recordCall: () => undefined,
    isMissed: () => false,
    logger: silentLogger,
  });
  const process = (query: string, variables: Record<string, unknown> = {}) => {
    const operation = new OperationRecord('r', new AbortController().signal, Infinity);
    type Options = Parameters<typeof dataSource.process>[0];
    const options = {
      // The engine names what it asks after the client’s operation.
      request: { query, variables, operationName: /^query (\w+)/.exec(query)?.[1] },
      context: { operation },
      incomingRequestContext: {},
    };
    return dataSource.process(options as unknown as Options);
  };
  return { process, calls };
}

describe('SliceDataSource', () => {
  it('makes the spread plan once for each fetch text', async () => {
    const plan = vi.spyOn(spreadPlan, 'createSpreadPlan');
    const { process } = open(() => ({ loans: 1 }));
    for (const of of [null, 'north:1', null])
      await process('query ($of: ID) { loans(of: $of) }', { of });
    await process('{ loans }');
    expect(plan.mock.calls.map(([, text]) => text)).toEqual([
      'query ($of: ID) { loans(of: $of) }',
      '{ loans }',
    ]);
    plan.mockRestore();
  });

  it('sends a partner only the variables that it uses, and each field to those who answer it', async () => {
    const { process, calls } = open(({ query }) => ({
      ...(query.includes('copy') && { copy: { id: 'north:1', hub__owner: 'north:1' } }),
      both: 2,
    }));
    const text =
      'query Op__branches__0($id: ID!, $first: Int, $unused: Int) { copy(id: $id) { id } both(first: $first) }';
    const { data } = await process(text, { id: 'north:1', first: 5, unused: 1 });
    expect(data).toEqual({ copy: { __typename: 'Copy', id: 'north:1' }, both: 4 });
    expect(calls.map(({ code, call }) => [code, call.variables, call.operationName])).toEqual([
      ['north', { id: 'north:1', first: 5 }, 'Op'],
      ['south', { first: 5 }, 'Op'],
    ]);
    expect(calls[1]?.call.query).not.toContain('copy');
    expect(calls[1]?.call.query).toMatch(/^query Op \(\$first: Int\)/);
  });

  it('makes one plan for all that ask the same, whatever they call it', async () => {
    const plan = vi.spyOn(spreadPlan, 'createSpreadPlan');
    const { process, calls } = open(() => ({ both: 1 }));
    for (const name of ['One__branches__0', 'Two__branches__0']) {
      await process(`query ${name} { both }`);
    }
    await process('{ both }');
    expect(plan).toHaveBeenCalledTimes(2);
    expect(calls.map(({ call }) => call.operationName)).toEqual([
      'One',
      'One',
      'Two',
      'Two',
      undefined,
      undefined,
    ]);
    plan.mockRestore();
  });
});
