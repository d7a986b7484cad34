import { ensureKeyFiles, hubIssuer, keyFilesOf, type Reader } from '@hub/shared/identity';
import { bothDatabases } from '@hub/shared/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFreePorts } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';
import { signAsHub } from '../network/sign-as-hub.js';

const coordinator: Reader = {
  kind: 'person',
  organisation: 'nbnp',
  subject: 'anna',
  role: 'coordinator',
  purpose: undefined,
};
const createProgramme = `mutation {
  createProgramme(input: { title: "a", startsOn: "2031", endsOn: "2032", targetGroups: [POLICE],
    sectorsToShow: [POLICE], workingLanguages: ["en"] }) { id }
}`;

interface Answer {
  readonly data?: { readonly programmes?: readonly unknown[]; readonly createProgramme?: unknown };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** The secretariat’s servers over one database, as processes that can be killed, and the hub’s signatures. */
async function openSecretariat(databaseUrl: string) {
  const keys = await mkdtemp(join(tmpdir(), 'hub-replay-'));
  for (const code of [hubIssuer, 'nbnp']) await ensureKeyFiles(keys, code);
  const start = async ({ isNew = false } = {}) => {
    const [port = 0] = await findFreePorts(1);
    const command = runCommand('subgraphs/nbnp/dist/main.js', [], {
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      HUB_NEW_DATABASE: String(isNew),
      HUB_PRIVATE_KEYS: keyFilesOf(keys, 'nbnp').private,
      HUB_KEYS: keyFilesOf(keys, hubIssuer).public,
    });
    await command.until(/"msg":"ready"/);
    const send = async (headers: Readonly<Record<string, string>>, body: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return (await response.json()) as Answer;
    };
    return {
      send,
      async kill() {
        command.kill('SIGKILL');
        await command.ended;
      },
      [Symbol.asyncDispose]: () => command[Symbol.asyncDispose](),
    };
  };
  return {
    start,
    sign: (body: string) => signAsHub(keys, 'nbnp', body, coordinator),
    [Symbol.asyncDispose]: () => rm(keys, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const toBody = (query: string) => JSON.stringify({ query });
const refused = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

describe.each(bothDatabases)('a captured mutation on $name', ({ create }) => {
  it('is done once, although its partner restarts at once or has a second process', async () => {
    await using database = await create();
    await using secretariat = await openSecretariat(database.url);
    const body = toBody(createProgramme);
    await using first = await secretariat.start({ isNew: true });
    // Signed when the server runs: a busy machine may need longer to start it than a signature holds.
    const captured = await secretariat.sign(body);
    expect(await first.send(captured, body)).toMatchObject({ data: { createProgramme: {} } });
    await using second = await secretariat.start();
    expect(await second.send(captured, body)).toMatchObject(refused);
    await first.kill();
    await using again = await secretariat.start();
    expect(await again.send(captured, body)).toMatchObject(refused);
    // Nothing that the hub signs anew is lost after a restart.
    const list = toBody('{ programmes { id } }');
    const { data } = await again.send(await secretariat.sign(list), list);
    expect(data?.programmes).toHaveLength(1);
    expect(await again.send(await secretariat.sign(body), body)).toMatchObject({
      data: { createProgramme: {} },
    });
  });
});
