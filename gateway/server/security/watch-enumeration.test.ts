import type { Logger } from '@hub/shared/system';
import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { watchEnumeration } from './watch-enumeration.js';

const schema = buildSchema(`
  interface Participant { id: ID! }
  type Officer implements Participant { id: ID! }
  type Event { id: ID! }
  type Query { officer(id: ID!): Officer event(id: ID!): Event }
`);
const officer = parse('query ($id: ID!) { officer(id: $id) { id } }');
const event = parse('query ($id: ID!) { event(id: $id) { id } }');

function openWatch() {
  const lines: Record<string, unknown>[] = [];
  const clock = { ms: 0, found: 0 };
  const logger = { warn: (line: Record<string, unknown>) => lines.push(line) } as unknown as Logger;
  const { willSendResponse } = watchEnumeration(
    logger,
    () => (clock.found += 1),
    () => clock.ms,
  );
  const send = (
    document: typeof officer,
    id: number,
    code?: string,
    subject = 'anna',
    paths: readonly (readonly (string | number)[])[] = [['event']],
  ) =>
    void willSendResponse?.({
      schema,
      document,
      queryHash: 'hash',
      request: { variables: { id: `dk:${id}` } },
      response: {
        body: {
          kind: 'single',
          singleResult: {
            errors: code
              ? paths.map((path) => ({ message: '', path, extensions: { code } }))
              : undefined,
          },
        },
      },
      contextValue: {
        requestId: 'request',
        reader: { kind: 'person', organisation: 'no', subject, role: 'analyst' },
        operation: { caller: { member: `no ${subject}` } },
      },
    } as never);
  return { lines, clock, send };
}

describe('watchEnumeration', () => {
  it('warns once about a caller that reads very many people, without naming it', () => {
    const { lines, clock, send } = openWatch();
    for (let id = 0; id < 500; id += 1) send(officer, id);
    expect(clock.found).toBe(1);
    expect(lines).toEqual([
      {
        requestId: 'request',
        organisation: 'no',
        role: 'analyst',
        caller: expect.stringMatching(/^[0-9a-f]{12}$/) as unknown,
        readsOfPeople: 301,
        refusals: 0,
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('anna');
  });

  it('warns about a caller that is refused very often, whatever it requests', () => {
    const { lines, send } = openWatch();
    for (let id = 0; id < 400; id += 1) send(event, id, id % 2 ? 'NOT_FOUND' : 'FORBIDDEN');
    expect(lines).toMatchObject([{ refusals: 301 }]);
  });

  it('does not warn about ordinary pages with a field that is refused in each row', () => {
    const { lines, send } = openWatch();
    const rows = Array.from({ length: 1_000 }, (_, row) => ['officers', 'nodes', row, 'name']);
    for (let page = 0; page < 100; page += 1) send(event, page, 'FORBIDDEN', 'anna', rows);
    expect(lines).toEqual([]);
  });

  it('warns about ids that are tried under many names of one operation', () => {
    const { lines, send } = openWatch();
    const names = Array.from({ length: 50 }, (_, index) => [`event${index}`]);
    for (let page = 0; page < 7; page += 1) send(event, page, 'NOT_FOUND', 'anna', names);
    expect(lines).toMatchObject([{ refusals: 350 }]);
  });

  it('does not warn about equal reads, other types, several callers, or slow reads', () => {
    const { lines, clock, send } = openWatch();
    for (let id = 0; id < 1_000; id += 1) {
      send(officer, 1);
      send(event, id);
      send(officer, id, undefined, `subject-${id % 10}`);
      clock.ms += 1_000;
    }
    expect(lines).toEqual([]);
  });
});
