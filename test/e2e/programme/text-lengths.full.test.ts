import { formOfScalar } from '@hub/shared/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '../../sample.js';
import { isLengthRefusal, openServers, requestsWith, send, servers } from './bounded-servers.js';
import { findListInputs, findTextInputs } from './text-inputs.js';

let opened: AsyncDisposable;
beforeAll(async () => {
  opened = await openServers();
});
afterAll(() => opened[Symbol.asyncDispose]());

describe.each(servers)('an argument or input field of $name', (server) => {
  it('refuses a text that is longer than its longest, by its name and its bound', async () => {
    const inputs = findTextInputs(server.schema());
    expect(inputs.length).toBeGreaterThan(20);
    for (const input of sampleOf(8, inputs)) {
      for (const request of requestsWith(input, 'x'.repeat(input.most + 1))) {
        const { code, argument, message } = await send(server, request);
        expect.soft({ name: input.name, code, argument, message }).toEqual({
          name: input.name,
          code: 'BAD_USER_INPUT',
          argument: input.argument,
          message: `\`${input.argument}\` must have at most ${input.most.toLocaleString('en')} characters.`,
        });
      }
    }
  });

  it('refuses a text that is not of its scalar’s form, by its name, before anybody is asked', async () => {
    const inputs = findTextInputs(server.schema()).filter(({ type }) => formOfScalar(type));
    expect(inputs.length).toBeGreaterThan(10);
    for (const { name, argument, type, ...input } of sampleOf(8, inputs)) {
      for (const request of requestsWith({ name, argument, type, ...input }, '?\u0001')) {
        const { message, ...refusal } = await send(server, request);
        expect.soft({ name, ...refusal }).toEqual({ name, code: 'BAD_USER_INPUT', argument });
        expect.soft(message).toContain(`\`${argument}\` must be of type ${type}.`);
      }
    }
  });

  it('refuses a list of more than 200 items, by its name and its bound, and takes one of 200', async () => {
    const inputs = findListInputs(server.schema());
    expect(inputs.length).toBeGreaterThan(1);
    for (const input of inputs) {
      const { name, argument, most } = input;
      for (const request of requestsWith(input, most + 1)) {
        const refusal = await send(server, request);
        expect.soft({ name, ...refusal }).toEqual({
          name,
          code: 'BAD_USER_INPUT',
          argument,
          message: `\`${argument}\` must have at most 200 items.`,
        });
      }
      for (const request of requestsWith(input, most)) {
        const refusal = await send(server, request);
        expect.soft([name, isLengthRefusal(refusal)]).toEqual([name, false]);
      }
    }
  });
});
