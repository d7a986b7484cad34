import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findPortErrors } from './used-ports.js';

function listen() {
  return new Promise<AsyncDisposable & { readonly port: number }>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = () => new Promise<void>((closed) => server.close(() => closed()));
      resolve({ port, [Symbol.asyncDispose]: close });
    });
  });
}

describe('findPortErrors', () => {
  it('names each port in use, who needs it, and what to do', async () => {
    await using used = await listen();
    const want = (port: number, owner: string) => ({
      port,
      host: '127.0.0.1',
      owner,
      advice: 'Free it.',
    });
    const faults = await findPortErrors([
      want(used.port, 'the hub'),
      want(0, 'dk'),
      want(used.port, 'no'),
    ]);
    expect(faults).toEqual([
      `Port ${used.port} is in use, and the hub needs it. Free it.`,
      `Port ${used.port} is in use, and no needs it. Free it.`,
    ]);
  });

  it('does not keep free ports in use', async () => {
    const { port } = await listen().then(async (used) => {
      await used[Symbol.asyncDispose]();
      return used;
    });
    const wanted = [{ port, host: '127.0.0.1', owner: 'dk', advice: '' }];
    expect(await findPortErrors(wanted)).toEqual([]);
    expect(await findPortErrors(wanted)).toEqual([]);
  });
});
