import type { DataSource } from 'typeorm';
import { request } from 'undici';
import type { Reader } from '../identity/reader.js';
import type { Role } from '../identity/token.js';
import { openFilledDatabase } from '../partner/partner-database.js';
import type { PartnerDefinition, PartnerOptions } from '../partner/partner-definition.js';
import { openPartner } from '../partner/partner.js';
import { silentLogger } from '../system/logger.js';
import type { TestDatabase, TestDatabaseKind } from './databases.js';

type Variables = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/** Adds rows to the content of all databases of a process, so it must always add the same. */
type Prepare = (source: DataSource) => Promise<void>;

/** A parsed response. */
export interface TestResponse {
  readonly data?: Row | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly argument?: string };
  }[];
}

/** A partner’s server over a database of the test. Disposing of it closes and removes both. */
export interface TestPartner extends AsyncDisposable {
  readonly source: DataSource;
  /** The whole response, for the reader of the server or another one. */
  ask(query: string, variables?: Variables, as?: Reader): Promise<TestResponse>;
  /** The response to a request at another path of the server. */
  post(path: string, as?: Reader): Promise<unknown>;
  /** The data of a response without errors. */
  read<Data = Row>(query: string, variables?: Variables, as?: Reader): Promise<Data>;
  /**
   * The response to representations of entities. `selection` is one or several inline fragments.
   */
  entities(representations: readonly Variables[], selection: string): Promise<(Row | null)[]>;
}

export interface TestPartnerOptions extends Pick<
  PartnerOptions,
  'partner' | 'content' | 'askHub' | 'countThreshold' | 'pagesUrl' | 'publisher'
> {
  /** @default late, so that whatever a test records lies in the past */
  readonly clock?: PartnerOptions['clock'];
  /** The default reader. @default a co-ordinator of the partner */
  readonly reader?: Reader;
  /** Adds rows to the content. @default none */
  readonly prepare?: Prepare;
}

/** After all that tests record as happened, most of it in the years around 2030. */
export const lateClock = (): Date => new Date('2033-12-31T12:00:00Z');

/** A signed-in reader. */
export const readerOf = (organisation: string, role: Role): Reader => ({
  kind: 'person',
  organisation,
  subject: `${organisation}-${role}`,
  role,
  purpose: undefined,
});

/** A participant: the person of a record. */
export const participantOf = (person: string): Reader => ({
  kind: 'participant',
  organisation: person.slice(0, person.indexOf(':')),
  subject: person,
  person,
  purpose: undefined,
});

/** Identifies the reader. Only a test’s server trusts it. */
const readerHeader = 'x-test-reader';

/** Not by `fetch`, which takes half a millisecond more of the CPU: tests send tens of thousands. */
async function post(url: string | URL, content: object, as: Reader | undefined): Promise<unknown> {
  const { body } = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(as && { [readerHeader]: JSON.stringify(as) }),
    },
    body: JSON.stringify(content),
  });
  return body.json();
}

interface Filling extends Pick<PartnerOptions, 'partner' | 'content' | 'clock'> {
  readonly prepare?: Prepare | undefined;
}
type CreateCopy = () => Promise<TestDatabase>;
type Templates = Map<string, Promise<CreateCopy>>;

const templates = new WeakMap<PartnerDefinition, Map<Prepare | undefined, Templates>>();

function templatesOf(definition: PartnerDefinition, prepare: Prepare | undefined): Templates {
  const all = templates.get(definition) ?? new Map<Prepare | undefined, Templates>();
  templates.set(definition, all);
  const own: Templates = all.get(prepare) ?? new Map();
  all.set(prepare, own);
  return own;
}

/**
 * Creates a database with a partner's content. The first test of a process that needs it fills it, the others get copies.
 * Filling ten databases takes a second of the CPU.
 */
export async function createFilledDatabase(
  definition: PartnerDefinition,
  kind: TestDatabaseKind,
  { partner, content, clock, prepare }: Filling,
): Promise<TestDatabase> {
  const own = templatesOf(definition, prepare);
  // Of all content, only the demonstration says when it was written.
  const writtenAt = content === 'demonstration' ? clock?.().toISOString() : undefined;
  const key = [kind.name, partner, content, writtenAt].join();
  const filled =
    own.get(key) ?? fillTemplate(definition, kind, { partner, content, clock, prepare });
  own.set(key, filled);
  try {
    return await (
      await filled
    )();
  } catch (error) {
    own.delete(key);
    throw error;
  }
}

async function fillTemplate(
  definition: PartnerDefinition,
  kind: TestDatabaseKind,
  { prepare, ...filling }: Filling,
): Promise<CreateCopy> {
  const template = await kind.create();
  const source = await openFilledDatabase(definition, {
    ...filling,
    databaseUrl: template.url,
    logger: silentLogger,
  });
  await prepare?.(source);
  await source.destroy();
  return kind.copyOf(template);
}

/** Opens a partner’s server on a free port, over a new database of this kind, without a hub. */
export async function openTestPartner(
  definition: PartnerDefinition,
  kind: TestDatabaseKind,
  options: TestPartnerOptions,
): Promise<TestPartner> {
  const { reader = readerOf(options.partner, 'coordinator'), prepare, ...given } = options;
  const partnerOptions = { clock: lateClock, ...given };
  const database = await createFilledDatabase(definition, kind, { ...partnerOptions, prepare });
  const server = await openPartner(definition, {
    ...partnerOptions,
    databaseUrl: database.url,
    logger: silentLogger,
    authenticate: ({ headers }) => {
      const named = headers[readerHeader];
      return Promise.resolve({
        reader: typeof named === 'string' ? (JSON.parse(named) as Reader) : reader,
      });
    },
  });
  const url = await server.listen(0);
  const ask: TestPartner['ask'] = async (query, variables, as) =>
    (await post(url, { query, variables }, as)) as TestResponse;
  const read = async <Data>(query: string, variables?: Variables, as?: Reader) => {
    const { data, errors } = await ask(query, variables, as);
    if (errors) throw new Error(`The response has errors: ${JSON.stringify(errors)}`);
    return data as Data;
  };
  return {
    source: server.source,
    ask,
    post: (path, as) => post(new URL(path, url), {}, as),
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

/**
 * The ids of a whole list, page after page: from its start, or from its end.
 * @param given further arguments: `orderBy: NAME`
 */
export async function pageThrough(
  partner: TestPartner,
  { list, given }: { readonly list: string; readonly given: string },
  { size, isBackwards }: { readonly size: number; readonly isBackwards: boolean },
  reader: Reader,
): Promise<string[]> {
  const page = isBackwards ? 'last: $size, before: $cursor' : 'first: $size, after: $cursor';
  const query = `query ($size: Int, $cursor: String) { list: ${list}(${page}, ${given}) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const pages: string[][] = [];
  for (let cursor: string | null = null; ;) {
    const found: Answered = await partner.read<Answered>(query, { size, cursor }, reader);
    const { nodes, pageInfo } = found.list;
    pages.push(nodes.map(({ id }) => id));
    cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
    if (!(isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage))
      return (isBackwards ? pages.toReversed() : pages).flat();
  }
}

interface Answered {
  readonly list: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}
