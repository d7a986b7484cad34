import { describe, expect, it } from 'vitest';
import { OperationTrace } from './operation-trace.js';

const response = { json: { data: {} }, httpStatus: 200 };

/** The fields that a trace shows of a document. */
function fieldsOf(document: string): readonly string[] | undefined {
  const trace = new OperationTrace();
  trace.begin('dk', [], document);
  return trace.report().calls[0]?.fields;
}

describe('OperationTrace', () => {
  it('shows root fields by their own names, without arguments, aliases and what is below', () => {
    expect(
      fieldsOf('query Q($id: ID!) { as__it: officer(id: $id) { name } events { id } }'),
    ).toEqual(['Query.officer', 'Query.events']);
    expect(fieldsOf('mutation { done: cancelVisit(input: { id: "x" }) { id } }')).toEqual([
      'Mutation.cancelVisit',
    ]);
  });

  it('shows the fields of entities by their types, each once', () => {
    const document = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on Officer { __typename name as__x: rank as1__x: rank ...More }
        ... on Office { name }
      }
    }
    fragment More on Officer { unit { id } }`;
    expect(fieldsOf(document)).toEqual([
      'Officer.name',
      'Officer.rank',
      'Officer.unit',
      'Office.name',
    ]);
  });

  it('restores the client’s own names in the place', () => {
    const trace = new OperationTrace();
    trace.begin('dk', ['as__mine', '@', 'party'], '{ a }');
    expect(trace.report().calls[0]?.path).toEqual(['mine', '@', 'party']);
  });

  it('says how each call ended, and how old a cached response can be', () => {
    const trace = new OperationTrace();
    const [one, two, three] = ['dk', 'fi', 'no'].map((code) => trace.begin(code, [], '{ a }'));
    one?.came({ ...response, isSecondHand: true, cachedSeconds: 60 });
    one?.settle('ANSWERED');
    two?.came({ failure: 'TIMED_OUT', reason: 'a secret place' });
    three?.came(response);
    three?.settle('INVALID_RESPONSE');
    const { calls, omittedCalls, tookMs } = trace.report();
    expect(calls).toMatchObject([
      { partner: 'dk', status: 'ANSWERED', cachedSeconds: 60 },
      { partner: 'fi', status: 'TIMED_OUT' },
      { partner: 'no', status: 'INVALID_RESPONSE' },
    ]);
    expect(JSON.stringify(calls)).not.toContain('secret');
    expect(calls[2]).not.toHaveProperty('cachedSeconds');
    expect(omittedCalls).toBe(0);
    for (const { startedMs, tookMs: took } of calls)
      expect(startedMs + took).toBeLessThan(tookMs + 1);
  });

  it('does not say that a call was shared with another caller', () => {
    const trace = new OperationTrace();
    trace.begin('dk', [], '{ a }')?.came({ ...response, isSecondHand: true });
    expect(Object.keys(trace.report().calls[0] ?? {}).toSorted()).toEqual([
      'fields',
      'partner',
      'path',
      'startedMs',
      'status',
      'tookMs',
    ]);
  });

  it('is bounded: 100 calls of 30 fields, and the number of the others', () => {
    const trace = new OperationTrace();
    const fields = Array.from({ length: 40 }, (_, index) => `f${index}`);
    for (let count = 0; count < 103; count += 1) trace.begin('dk', [], `{ ${fields.join(' ')} }`);
    const { calls, omittedCalls } = trace.report();
    expect([calls.length, omittedCalls, calls[0]?.fields.length]).toEqual([100, 3, 30]);
  });
});
