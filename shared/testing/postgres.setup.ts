import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { StartedPostgres } from './databases.js';
import { startPostgres, type PostgresServer } from './postgres-server.js';

/**
 * One PostgreSQL server for a whole run. The first test that needs it starts it. Tests run in
 * several processes, so they request it by HTTP. Runs that do not need it do not start it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const starter = createServer(async (_request, response) => {
    const answer: StartedPostgres = await (server ??= startPostgres()).then(
      (started) => ({ url: started.databaseUrl('postgres') }),
      (error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }),
    );
    response.end(JSON.stringify(answer));
  });
  await once(starter.listen(0, '127.0.0.1'), 'listening');
  project.provide('postgresStarter', `http://127.0.0.1:${(starter.address() as AddressInfo).port}`);
  return async () => {
    starter.close();
    starter.closeAllConnections();
    await (await server?.catch(() => undefined))?.stop();
  };
}
