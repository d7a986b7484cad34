import { createServer } from 'node:net';

/** A port that something is about to listen on. */
export interface WantedPort {
  readonly port: number;
  readonly host: string;
  /** For whom, and what to do when it cannot be had. */
  readonly owner: string;
  readonly advice: string;
}

/** What stands in the way of listening on these ports, a sentence for each. */
export async function findPortFaults(wanted: readonly WantedPort[]): Promise<string[]> {
  const faults = await Promise.all(wanted.map(findFault));
  return faults.filter((fault) => fault !== undefined);
}

function findFault({ port, host, owner, advice }: WantedPort): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const state = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code})`;
      resolve(`Port ${port} ${state}, and ${owner} needs it. ${advice}`);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
