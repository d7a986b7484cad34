import { createOperationLimiter, defaultLimits, type Work } from '@hub/shared/graphql';
import { anonymous } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import type { CallContext, CalledHub } from './call-tool.js';
import { createMcp } from './mcp.js';
import type { McpRequest } from './register-mcp.js';

/** What a message is charged with: for reading it, and for responding to it. */
async function readCharges(method: string, params: object): Promise<Work[]> {
  const charged: Work[] = [];
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
