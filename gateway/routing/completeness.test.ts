import { OperationPipeline } from '@hub/shared/graphql';
import { silentLogger } from '@hub/shared/telemetry';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { reportCompleteness, type RecordedContext } from './completeness.js';
import { OperationRecord } from './operation-record.js';

type Context = RecordedContext & { readonly requestId: string };

/** The response to an operation whose record has these entries. */
async function responseTo(tell: (operation: OperationRecord) => void): Promise<unknown> {
  const pipeline = new OperationPipeline<Context>({
    source: { schema: buildSchema('type Query { a: Int }') },
    logger: silentLogger,
    hooks: [
      { didResolveOperation: ({ contextValue }) => tell(contextValue.operation) },
      reportCompleteness(),
    ],
  });
  await pipeline.start();
  const operation = new OperationRecord('r', new AbortController().signal, Infinity);
  const contextValue = { requestId: 'r', operation };
  const { body } = await pipeline.run({ query: '{ a }' }, contextValue);
  await pipeline.stop();
  return body.kind === 'single' && body.singleResult;
}

describe('reportCompleteness', () => {
  it('returns no data if the hub itself left something out', async () => {
    const response = await responseTo((operation) => {
      operation.recordStatus('dk', 'ANSWERED');
      operation.recordOverload(['a']);
    });
    expect(response).toMatchObject({
      errors: [{ extensions: { code: 'OVERLOADED', retryAfter: 1 } }],
    });
    expect(Object.keys(response as object)).toEqual(['errors']);
  });

  it('reports which mutations may have changed something, and what was left out', async () => {
    const response = await responseTo((operation) => {
      operation.recordStatus('dk', 'ANSWERED');
      operation.recordChange();
      operation.recordWritten('a');
      operation.recordOverload(['a']);
    });
    expect(response).toMatchObject({
      data: { a: null },
      errors: [{ path: ['a'], extensions: { code: 'OVERLOADED' } }],
      extensions: {
        written: ['a'],
        completeness: { complete: false, partners: { dk: { status: 'ANSWERED' } } },
      },
    });
  });
});
