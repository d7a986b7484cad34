import type { Reader, Role } from '@hub/shared/identity';
import { openPartner, type AskHub, type PartnerContent } from '@hub/shared/server';
import { silentLogger } from '@hub/shared/telemetry';
import type { TestDatabaseKind } from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { definition } from '../partner.js';

type Variables = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/** An answer as a test reads it. */
export interface TestAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly argument?: string };
  }[];
}

/** The network’s server over a database of the test's own. Disposing of it closes and removes both. */
export interface TestNetwork extends AsyncDisposable {
  readonly source: DataSource;
  /** The whole answer. The reader is a co-ordinator of the network’s unless another is given. */
  ask(query: string, variables?: Variables, reader?: Reader): Promise<TestAnswer>;
  /** The data of an answer without errors. */
  read<Data = Row>(query: string, variables?: Variables, reader?: Reader): Promise<Data>;
  /** What the server answers for representations of entities: `selection` is one or several inline fragments. */
  entities(representations: readonly Variables[], selection: string): Promise<(Row | null)[]>;
}

/** Someone whom an organisation vouches for. */
export const readerOf = (organisation: string, role: Role): Reader => ({
  kind: 'person',
  organisation,
  subject: `${organisation}-${role}`,
  role,
  purpose: undefined,
});

/** Says who reads. Only a test’s server believes it. */
const readerHeader = 'test-reader';

export async function openTestNetwork(
  { create }: TestDatabaseKind,
  content: PartnerContent = 'demonstration',
  now = '2026-11-24T12:00:00Z',
  askHub?: AskHub,
): Promise<TestNetwork> {
  const database = await create();
  const server = await openPartner(definition, {
    partner: 'nbnp',
    databaseUrl: database.url,
    content,
    logger: silentLogger,
    clock: () => new Date(now),
    authenticate: ({ headers }) =>
      Promise.resolve(JSON.parse(String(headers[readerHeader])) as Reader),
    ...(askHub && { askHub }),
  });
  const url = await server.listen(0);
  const ask = async (
    query: string,
    variables?: Variables,
    reader = readerOf('nbnp', 'coordinator'),
  ) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [readerHeader]: JSON.stringify(reader) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as TestAnswer;
  };
  const read = async <Data>(query: string, variables?: Variables, reader?: Reader) => {
    const { data, errors } = await ask(query, variables, reader);
    if (errors) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
    return data as Data;
  };
  return {
    source: server.source,
    ask,
    read,
    async entities(representations, selection) {
      const { _entities } = await read<{ _entities: (Row | null)[] }>(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
        { representations },
      );
      return _entities;
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
