import type { Certifier } from '../certifier.js';
import { expectCode } from '../expect-reply.js';
import type { PagedField } from '../outline.js';
import { subject } from '../step.js';
import { broken, notDecided } from '../verdict.js';

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount?: number | null;
}

const selection = ({ hasTotalCount }: PagedField) =>
  `{ edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } ${hasTotalCount ? 'totalCount' : ''} }`;

async function readPage(
  partner: Certifier,
  field: PagedField,
  size: number | null,
  cursor: string | null = null,
  isBackwards = false,
): Promise<Page> {
  return (
    (await findPage(partner, field, size, cursor, isBackwards)) ?? broken(`${field.name} is null`)
  );
}

/** Undefined if a co-ordinator may not see the list. */
async function findPage(
  partner: Certifier,
  field: PagedField,
  size: number | null,
  cursor: string | null = null,
  isBackwards = false,
): Promise<Page | undefined> {
  const [sized, from] = isBackwards ? ['last', 'before'] : ['first', 'after'];
  const text = `query ($${sized}: Int, $${from}: String) {
    page: ${field.name}(${sized}: $${sized}, ${from}: $${from} ${field.wholeBy ?? ''}) ${selection(field)}
  }`;
  const data = await partner.readAllowed(text, { [sized]: size, [from]: cursor });
  return data && ((data['page'] as Page | null) ?? broken(`${field.name} is null`));
}

const idsOf = ({ nodes }: Page): string[] => nodes.map(({ id }) => id);

/** Checks each list of the contract that has rows. */
const eachList =
  (
    leastRows: number,
    check: (partner: Certifier, field: PagedField, whole: Page) => unknown,
    filter: (field: PagedField) => boolean = () => true,
  ) =>
  async (partner: Certifier): Promise<void> => {
    let checked = 0;
    for (const field of partner.outline.paged.filter(filter)) {
      const whole = await findPage(partner, field, 1_000);
      if (!whole || whole.nodes.length < leastRows) continue;
      checked += 1;
      await check(partner, field, whole);
    }
    if (checked === 0) notDecided(`no list of the contract has ${leastRows} rows`);
  };

/** The smallest page that needs at most twelve of them. */
const pageFor = (rows: number): number => Math.max(1, Math.ceil(rows / 12));

async function joinsPages(
  partner: Certifier,
  field: PagedField,
  whole: Page,
  isBackwards = false,
): Promise<void> {
  if (whole.pageInfo.hasNextPage) return;
  const size = pageFor(whole.nodes.length);
  const read: string[][] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages <= 13; pages += 1) {
    const page: Page = await readPage(partner, field, size, cursor, isBackwards);
    read.push(idsOf(page));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(isBackwards ? hasPreviousPage : hasNextPage)) break;
    if (page.nodes.length !== size)
      broken(`${field.name}: more rows follow ${page.nodes.length} of ${size}`);
    cursor = isBackwards ? startCursor : endCursor;
  }
  const found = (isBackwards ? read.toReversed() : read).flat();
  const expected = idsOf(whole);
  const at = expected.findIndex((id, index) => found[index] !== id);
  if (at >= 0 || found.length !== expected.length)
    broken(
      `${field.name}: pages of ${size} give ${found.length} rows, all at once ${expected.length}, and they differ first at ${at}`,
    );
}

function hasEdges({ edges, nodes, pageInfo }: Page, { name }: PagedField): void {
  const same = edges.every(({ node }, index) => node.id === nodes[index]?.id);
  if (!same || edges.length !== nodes.length) broken(`${name}: edges and nodes differ`);
  const last = edges.at(-1)?.cursor ?? null;
  if (pageInfo.endCursor !== last) broken(`${name}: endCursor is not the last edge’s cursor`);
}

function hasOpenCursors({ edges }: Page, { name, orderBy }: PagedField): void {
  for (const { cursor } of edges) {
    if (!/^[\w-]+$/.test(cursor)) broken(`${name}: ${cursor} is not base64url without padding`);
    let keys: unknown;
    try {
      keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    } catch {
      keys = undefined;
    }
    if (!Array.isArray(keys)) broken(`${name}: a cursor is not a JSON array`);
    if (orderBy && keys.length !== orderBy.length)
      broken(`${name}: a cursor has ${keys.length} keys, and the order ${orderBy.length}`);
  }
}

/** By code points. JavaScript compares by UTF-16. */
const compare = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

function isInOrder(whole: Page, { name, orderBy }: PagedField): void {
  const ids = idsOf(whole);
  if (new Set(ids).size !== ids.length) broken(`${name}: an id comes twice`);
  if (orderBy?.join() !== 'id') return;
  const at = ids.findIndex((id, index) => index > 0 && compare(ids[index - 1] ?? '', id) >= 0);
  if (at >= 0) broken(`${name}: ${ids[at]} comes after ${ids[at - 1]}`);
}

async function isTotal(partner: Certifier, field: PagedField, whole: Page): Promise<void> {
  const again = await readPage(partner, field, 1_000);
  if (idsOf(again).join() !== idsOf(whole).join()) broken(`${field.name}: the order changes`);
  isInOrder(whole, field);
}

/** Sends an invalid argument to the first list. */
const refusesArgument =
  (text: string, isBackwards = false) =>
  async (partner: Certifier) => {
    const field = partner.outline.paged.find(({ isTwoWay }) => isTwoWay || !isBackwards);
    if (!field) return notDecided('the contract has no such lists with pages');
    expectCode(
      await partner.ask(`{ page: ${field.name}(${text}) { nodes { id } } }`),
      'BAD_USER_INPUT',
    );
  };

/** Order and pages, which are the same at all partners of a contract. */
export const pagingSteps = subject(
  'shared/docs/partner-in-another-language.md, 5. Order and page like all partners',
  {
    'first-of-zero-is-refused': ['BAD_USER_INPUT', refusesArgument('first: 0')],
    'negative-first-is-refused': ['BAD_USER_INPUT', refusesArgument('first: -1')],
    'first-over-a-thousand-is-refused': [
      'BAD_USER_INPUT: it is not clamped',
      refusesArgument('first: 1001'),
    ],
    'invalid-cursor-is-refused': ['BAD_USER_INPUT', refusesArgument('after: "!"')],
    'cursor-of-another-list-is-refused': [
      'BAD_USER_INPUT: it has another number of keys',
      refusesArgument(
        `after: "${Buffer.from('["a","b","c","d","e","f","g"]').toString('base64url')}"`,
      ),
    ],
    'first-of-null-is-fifty': [
      'at most 50 rows, and 50 if there are more',
      eachList(1, async (partner, field, whole) => {
        const { nodes } = await readPage(partner, field, null);
        const expected = Math.min(50, whole.nodes.length);
        if (nodes.length !== expected) broken(`${field.name}: ${nodes.length}, not ${expected}`);
      }),
    ],
    'pages-join-into-the-whole': [
      'pages have every row once, in one order; hasNextPage only after a full page',
      eachList(2, (partner, field, whole) => joinsPages(partner, field, whole)),
    ],
    'pages-from-the-end-join-into-the-whole': [
      '`last` and `before`: the same rows in the same order, and hasPreviousPage only with a full page',
      eachList(
        2,
        (partner, field, whole) => joinsPages(partner, field, whole, true),
        ({ isTwoWay }) => isTwoWay,
      ),
    ],
    'pages-in-both-directions-are-refused': [
      'BAD_USER_INPUT: `first` or `after` with `last`',
      refusesArgument('first: 1, last: 1', true),
    ],
    'last-of-zero-is-refused': ['BAD_USER_INPUT', refusesArgument('last: 0', true)],
    'invalid-cursor-from-the-end-is-refused': [
      'BAD_USER_INPUT',
      refusesArgument('last: 1, before: "!"', true),
    ],
    'order-is-total': [
      'the same at each request; by id in code points where the contract says so',
      eachList(2, isTotal),
    ],
    'edges-and-nodes-agree': [
      'the same rows, and endCursor is the last edge’s cursor',
      eachList(1, (_partner, field, whole) => hasEdges(whole, field)),
    ],
    'cursors-are-sort-keys': [
      'base64url, without padding, of the JSON array of the row’s sort keys',
      eachList(1, (_partner, field, whole) => hasOpenCursors(whole, field)),
    ],
    'total-count-is-the-number-of-rows': [
      'totalCount is the number of rows of all pages',
      eachList(1, (_partner, { name, hasTotalCount }, { totalCount, nodes, pageInfo }) => {
        if (!hasTotalCount || totalCount === null || pageInfo.hasNextPage) return;
        if (totalCount !== nodes.length) broken(`${name}: ${totalCount}, not ${nodes.length}`);
      }),
    ],
  },
);
