import { createServer } from 'node:net';

/** A port that will be listened on. */
export interface WantedPort {
  readonly port: number;
  readonly host: string;
  /** Who needs it, and what to do if it cannot be used. */
  readonly owner: string;
  readonly advice: string;
}

/** Why these ports cannot be listened on, one sentence for each. */
export async function findPortErrors(wanted: readonly WantedPort[]): Promise<string[]> {
  const errors = await Promise.all(wanted.map(findError));
  return errors.filter((error) => error !== undefined);
}

function findError({ port, host, owner, advice }: WantedPort): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const state = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code})`;
      resolve(`Port ${port} ${state}, and ${owner} needs it. ${advice}`);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
