import { describe, expect, it } from 'vitest';
import { HubError } from '../../../errors/hub-error.js';
import { openTestServer } from './test-graphql.js';

/** The status of a response, and the code of its first error. */
async function read(sent: Promise<Response>) {
  const response = await sent;
  const body = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: body.errors?.[0]?.extensions.code };
}

describe('the id of a document', () => {
  const documentId = `sha256:${'a'.repeat(64)}`;

  it('is replaced by the text that the server knows, in a POST and in a GET', async () => {
    await using server = await openTestServer({
      resolveDocument: (sent) =>
        sent.extensions?.persistedQuery.sha256Hash === 'a'.repeat(64)
          ? { variables: sent.variables, query: 'query ($first: Int) { echo(first: $first) }' }
          : sent,
    });
    const posted = await server.post({ documentId, variables: { first: 7 } });
    expect(JSON.stringify(await posted.json())).toContain('7');
    const address = `${server.origin}/graphql?documentId=${documentId}&variables={"first":8}`;
    const got = await fetch(address, { headers: { accept: 'application/json' } });
    expect(JSON.stringify(await got.json())).toContain('8');
  });

  it('is PERSISTED_QUERY_NOT_FOUND if the server does not know it', async () => {
    await using server = await openTestServer();
    expect(await read(server.post({ documentId }))).toMatchObject({
      code: 'PERSISTED_QUERY_NOT_FOUND',
    });
  });

  it('is refused with the code that the server decides', async () => {
    await using server = await openTestServer({
      resolveDocument: () => {
        throw new HubError('DOCUMENT_NOT_TRUSTED');
      },
    });
    expect(await read(server.post({ query: '{ greeting }' }))).toMatchObject({
      status: 403,
      code: 'DOCUMENT_NOT_TRUSTED',
    });
  });
});
