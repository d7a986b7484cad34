import type { Reader, Role } from '@hub/shared/identity';
import { openPartner, type PartnerContent, type PartnerOptions } from '@hub/shared/server';
import { silentLogger } from '@hub/shared/telemetry';
import { createFactsHub, type TestDatabaseKind } from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { definition } from '../partner.js';

/** An answer as a test reads it. */
export interface TestAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/** The offices' server over a database of the test's own. Disposing of it closes and removes both. */
export interface TestPartner extends AsyncDisposable {
  readonly source: DataSource;
  /** The whole answer, to the reader whom the test opened the server with, or to another one. */
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    as?: Reader,
  ): Promise<TestAnswer>;
}

/** Tells a test’s own server who reads. */
const readerHeader = 'x-test-reader';

const readReader = (header: string | string[] | undefined): Reader | undefined =>
  typeof header === 'string' ? (JSON.parse(header) as Reader) : undefined;

/** Who reads, and what the hub would tell. */
export interface TestTrust extends Pick<PartnerOptions, 'askHub' | 'clock' | 'countThreshold'> {
  /** @default a co-ordinator of the offices */
  readonly reader?: Reader;
}

/** Someone of an organisation’s. */
export const readerOf = (organisation: string, role: Role): Reader => ({
  kind: 'person',
  organisation,
  subject: `${organisation}-${role}`,
  role,
  purpose: undefined,
});

/** A hub by which the offices co-ordinate every group: their own co-ordinator reads all that there is. */
const { askHub: officesHub } = createFactsHub(() => ({
  visit: { group: { coordinatingOffice: { id: 'ncm:led' } } },
}));

export async function openTestPartner(
  { create }: TestDatabaseKind,
  content: PartnerContent,
  {
    reader = readerOf('ncm', 'coordinator'),
    askHub = officesHub,
    clock,
    countThreshold,
  }: TestTrust = {},
): Promise<TestPartner> {
  const database = await create();
  const partner = await openPartner(definition, {
    partner: 'ncm',
    databaseUrl: database.url,
    content,
    logger: silentLogger,
    authenticate: ({ headers }) => Promise.resolve(readReader(headers[readerHeader]) ?? reader),
    askHub,
    countThreshold,
    ...(clock && { clock }),
  });
  const url = await partner.listen(0);
  return {
    source: partner.source,
    async ask(query, variables, as) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(as && { [readerHeader]: JSON.stringify(as) }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as TestAnswer;
    },
    async [Symbol.asyncDispose]() {
      await partner.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
