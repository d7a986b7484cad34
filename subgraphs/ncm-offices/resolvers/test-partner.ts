import { openPartner, type PartnerContent } from '@hub/shared/server';
import { silentLogger } from '@hub/shared/telemetry';
import type { TestDatabaseKind } from '@hub/shared/testing';
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
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<TestAnswer>;
}

export async function openTestPartner(
  { create }: TestDatabaseKind,
  content: PartnerContent,
): Promise<TestPartner> {
  const database = await create();
  const partner = await openPartner(definition, {
    partner: 'ncm',
    databaseUrl: database.url,
    content,
    logger: silentLogger,
  });
  const url = await partner.listen(0);
  return {
    source: partner.source,
    async ask(query, variables) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
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
