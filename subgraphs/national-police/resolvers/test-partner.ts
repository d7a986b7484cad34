import type { Reader, Role } from '@hub/shared/identity';
import {
  openPartner,
  type AskHub,
  type PartnerContent,
  type PartnerOptions,
} from '@hub/shared/server';
import { silentLogger } from '@hub/shared/telemetry';
import { createFactsHub, type TestDatabaseKind } from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { countryOf } from '../entities/vocabulary.js';
import { definition, type PoliceCode } from '../partner.js';

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

/** One police's server over a database of the test's own. Disposing of it closes and removes both. */
export interface TestPolice extends AsyncDisposable {
  readonly source: DataSource;
  /** The whole answer, to the reader whom the test opened the server with, or to another one. */
  ask(query: string, variables?: Variables, as?: Reader): Promise<TestAnswer>;
  /** The data of an answer without errors. */
  read<Data = Row>(query: string, variables?: Variables): Promise<Data>;
  /** What the server answers for representations of entities: `selection` is one or several inline fragments. */
  entities(representations: readonly Variables[], selection: string): Promise<(Row | null)[]>;
}

/** Tells a test’s own server who reads. */
const readerHeader = 'x-test-reader';

const readReader = (header: string | string[] | undefined): Reader | undefined =>
  typeof header === 'string' ? (JSON.parse(header) as Reader) : undefined;

/** Who reads, and what the hub would tell. */
export interface TestTrust extends Pick<PartnerOptions, 'askHub' | 'clock'> {
  /** @default a co-ordinator of the police itself */
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

/** A hub by which every visit is hosted by this police: its own co-ordinator reads all that there is. */
function createHostsHub(partner: PoliceCode): AskHub {
  const visit = { hostCountries: [countryOf(partner)], group: { members: [] } };
  return createFactsHub((field) => (field === 'itineraryStop' ? { visit } : visit)).askHub;
}

export async function openTestPolice(
  { create }: TestDatabaseKind,
  partner: PoliceCode,
  content: PartnerContent = 'demonstration',
  { reader = readerOf(partner, 'coordinator'), askHub, clock }: TestTrust = {},
): Promise<TestPolice> {
  const database = await create();
  const server = await openPartner(definition, {
    partner,
    databaseUrl: database.url,
    content,
    logger: silentLogger,
    authenticate: ({ headers }) => Promise.resolve(readReader(headers[readerHeader]) ?? reader),
    askHub: askHub ?? createHostsHub(partner),
    ...(clock && { clock }),
  });
  const url = await server.listen(0);
  const ask = async (query: string, variables?: Variables, as?: Reader) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(as && { [readerHeader]: JSON.stringify(as) }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as TestAnswer;
  };
  const read = async <Data>(query: string, variables?: Variables) => {
    const { data, errors } = await ask(query, variables);
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
