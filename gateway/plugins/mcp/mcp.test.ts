import { type Charge, createOperationLimiter, defaultLimits } from '@hub/shared/graphql';
import { anonymous } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { CallContext, CalledHub } from './call-tool.js';
import { createMcp, createStoredLists } from './mcp.js';
import type { McpRequest } from './register-mcp.js';

/** What a message is charged with: for reading it, and for responding to it. */
async function readCharges(method: string, params: object): Promise<Parameters<Charge>[0][]> {
  const charged: Parameters<Charge>[0][] = [];
  const context: CallContext = {
    requestId: 'request-1',
    reader: anonymous,
    charge: (work) => void charged.push(work),
  };
  const mcp = createMcp<CallContext>({
    hub: {
      // No operation is executed: there is no tool.
      pipeline: {} as CalledHub<CallContext>['pipeline'],
      limiter: createOperationLimiter(defaultLimits),
      schema: buildSchema('type Query { here: String }'),
      createContext: ({ readDetails }) => {
        readDetails?.();
        return Promise.resolve(context);
      },
    },
    logger: silentLogger,
    documents: [],
    restricted: {},
    partners: new Map(),
  });
  const request = {
    requestId: 'request-1',
    signal: new AbortController().signal,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })),
  };
  await mcp.respond(request as unknown as McpRequest, (create) => create() as never);
  return charged;
}

it('charges the time of each response, also of a call of a tool that does not exist', async () => {
  const [, called] = await readCharges('tools/call', { name: 'None', arguments: {} });
  expect(called?.ms).toBeGreaterThan(0);
});

it('charges a list of the tools for what was sent, and not for the response', async () => {
  const [sent, ...others] = await readCharges('tools/list', {});
  expect(sent?.bytes).toBeGreaterThan(0);
  expect(others).toEqual([]);
});

describe('the list of tools', () => {
  /** Asks for it with these ids and forms, and counts how often it was made. */
  function open(status = 200) {
    let made = 0;
    const list = createStoredLists();
    return {
      countMade: () => made,
      async ask(id: unknown, form = '', accept = 'application/json') {
        const body = { jsonrpc: '2.0', id, method: 'tools/list', params: { form } };
        const { isFree, ...sent } = await list({ headers: { accept }, body }, (given) => {
          made += 1;
          const text = JSON.stringify({ tools: [form], id: (given as { id: unknown }).id });
          return Promise.resolve({ status, type: accept, body: Buffer.from(text) });
        });
        return [JSON.parse(sent.body.toString()), sent.status, sent.type, isFree];
      },
    };
  }

  it('is made once, and has the id of each request', async () => {
    const { ask, countMade } = open();
    for (const id of [1, 1, -2, '1', '', 'a"b\n', '$&', '\u2028'])
      expect(await ask(id)).toEqual([{ tools: [''], id }, 200, 'application/json', true]);
    expect(countMade()).toBe(1);
  });

  it('is made for each form of request', async () => {
    const { ask, countMade } = open();
    expect(await ask(1, 'a')).toEqual([{ tools: ['a'], id: 1 }, 200, 'application/json', true]);
    expect(await ask(1, 'b')).toEqual([{ tools: ['b'], id: 1 }, 200, 'application/json', true]);
    const [, , type] = await ask(1, 'b', 'text/event-stream');
    expect(type).toBe('text/event-stream');
    expect(countMade()).toBe(3);
  });

  it('costs its caller what it takes if it has one form more than are stored', async () => {
    const { ask } = open();
    const free: unknown[] = [];
    for (let form = 0; form < 25; form += 1) free.push((await ask(1, `${form}`))[3]);
    expect(free).toEqual([...Array<boolean>(20).fill(true), ...Array<boolean>(5).fill(false)]);
    expect((await ask(1, '24'))[3]).toBe(true);
  });

  it.each([
    ['an id that is neither a number nor a text', 200, [1.5, ''] as const],
    ['a long form', 200, [1, 'x'.repeat(2_000)] as const],
    ['an error', 406, [1, ''] as const],
  ])('is not stored for %s', async (_what, status, [id, form]) => {
    const { ask, countMade } = open(status);
    for (let times = 0; times < 2; times += 1)
      expect(await ask(id, form)).toEqual([
        { tools: [form], id },
        status,
        'application/json',
        false,
      ]);
    expect(countMade()).toBe(2);
  });
});
