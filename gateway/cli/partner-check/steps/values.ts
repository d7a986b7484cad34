import { isWithheld } from '@hub/shared/errors';
import {
  getNamedType,
  isEnumType,
  isNonNullType,
  isRequiredArgument,
  type GraphQLObjectType,
} from 'graphql';
import { codesOf, type Certifier, type Reply } from '../certifier.js';
import { describeReply } from '../expect-reply.js';
import { leavesOf } from '../outline.js';
import { subject } from '../step.js';
import { broken, notDecided } from '../verdict.js';

type Row = Readonly<Record<string, unknown>>;

/** Rows of each list, with all their plain fields. Errors are kept: people may be hidden. */
async function readRows(partner: Certifier): Promise<[GraphQLObjectType, Row[]][]> {
  const all: [GraphQLObjectType, Row[]][] = [];
  for (const { name, node, wholeBy = '' } of partner.outline.paged) {
    const fields = leavesOf(node).join(' ');
    const reply = await partner.ask(
      `{ rows: ${name}(first: 100 ${wholeBy}) { nodes { ${fields} } } }`,
    );
    if (codesOf(reply).every(isWithheld) && !reply.json?.data?.['rows']) continue;
    if (!reply.json?.data) broken(`${name}: ${describeReply(reply)}`);
    const { nodes = [] } = (reply.json.data['rows'] ?? {}) as { readonly nodes?: Row[] };
    if (nodes.length > 0) all.push([node, nodes]);
  }
  return all.length > 0 ? all : notDecided('no list of the contract has rows');
}

/** Of a list with pages, or without. */
type Rows = { readonly nodes: readonly unknown[] } | readonly unknown[];

const isSearchRequired = ({ outline: { schema } }: Certifier, root: string): boolean =>
  schema
    .getQueryType()
    ?.getFields()
    [root]?.args.some((argument) => argument.name === 'search' && isRequiredArgument(argument)) ??
  false;

const forms: Readonly<Record<string, RegExp>> = {
  Date: /^\d{4}-\d\d-\d\d$/,
  PartialDate: /^\d{4}(-\d\d(-\d\d)?)?$/,
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  CountryCode: /^[A-Z]{2}$/,
  LanguageTag: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/,
};

/** Whether a value has the form of its type. */
function findError(type: GraphQLObjectType, name: string, value: unknown): string | undefined {
  const field = type.getFields()[name];
  if (!field) return undefined;
  const at = `${type.name}.${name}`;
  if (value === undefined) return `${at} is missing`;
  if (value === null) return isNonNullType(field.type) ? `${at} is null` : undefined;
  const named = getNamedType(field.type);
  for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (one === null) continue;
    if (isEnumType(named) && !named.getValue(String(one))) return `${at} is no ${named.name}`;
    const form = forms[named.name];
    if (form && !(typeof one === 'string' && form.test(one))) return `${at} is no ${named.name}`;
  }
  return undefined;
}

const lookUp = (code: (partner: Certifier) => string) => async (partner: Certifier) => {
  const { lookups } = partner.outline;
  const byId = lookups.filter(({ argument }) => argument === 'id');
  if (byId.length === 0) notDecided('the contract has no field that finds a record by its id');
  for (const { name } of byId) {
    const text = `query ($id: ID!) { row: ${name}(id: $id) { __typename } }`;
    const reply = await partner.ask(text, { id: `${code(partner)}:nobody-has-this` });
    if (reply.json?.data?.['row'] !== null || reply.json.errors)
      broken(`${name}: ${describeReply(reply)}`);
  }
};

/** True for a list that is searched only beside another condition, which nobody knows here. */
const needsMore = ({ json }: Reply): boolean =>
  json?.errors?.every(
    ({ extensions: { code, argument } = {} }) =>
      code === 'BAD_USER_INPUT' && /^filter\.(?!search$)/.test(String(argument)),
  ) ?? false;

/** Ids, nulls and the forms of values. */
export const valueSteps = [
  ...subject('shared/docs/partner-in-another-language.md, 3. Serve the contract', {
    'values-keep-the-contract': [
      'every requested field is there; no null where the contract forbids it; values have their form',
      async (partner) => {
        for (const [type, rows] of await readRows(partner)) {
          for (const row of rows) {
            for (const name of leavesOf(type)) {
              const error = findError(type, name, row[name]);
              if (error) broken(error);
            }
          }
        }
      },
    ],
  }),
  ...subject('shared/docs/partner-in-another-language.md, 4. Own your ids', {
    'ids-begin-with-the-code': [
      'an id of a record is <code>:<local>',
      async (partner) => {
        for (const [type, rows] of await readRows(partner)) {
          if (!partner.outline.own.some((entity) => entity.type === type)) continue;
          const other = rows.find(({ id }) => !String(id).startsWith(`${partner.code}:`));
          if (other) broken(`${type.name} has the id ${String(other['id'])}`);
        }
      },
    ],
    'unknown-id-is-null': [
      'a root field returns null for an id that the partner does not have',
      lookUp(({ code }) => code),
    ],
    'foreign-id-is-null': [
      'a root field returns null for an id of another organisation',
      lookUp(({ code }) => (code === 'zz' ? 'zy' : 'zz')),
    ],
  }),
  ...subject('shared/docs/partner-in-another-language.md, 6. Search and filter alike', {
    'search-is-literal': [
      '% and _ find themselves, and are no wildcards',
      async (partner) => {
        const { searched } = partner.outline;
        if (searched.length === 0) notDecided('no list of the contract is searched');
        let tried = 0;
        for (const { name, searchedBy, hasPages } of searched) {
          const given = searchedBy === 'filter' ? 'filter: { search: $search }' : 'search: $search';
          const rows = hasPages ? `(${given}, first: 1000) { nodes { id } }` : `(${given}) { id }`;
          const text = `query ($search: String${isSearchRequired(partner, name) ? '!' : ''}) { rows: ${name}${rows} }`;
          if (needsMore(await partner.ask(text, { search: '%' }))) continue;
          const count = async (search: string) => {
            const data = await partner.readAllowed(text, { search });
            const found = data?.['rows'] as Rows | null | undefined;
            return found ? ('nodes' in found ? found.nodes : found).length : 0;
          };
          // An empty text is a part of each.
          const all = await count('');
          if (all < 2) continue;
          tried += 1;
          for (const sign of ['%', '_'])
            if ((await count(sign)) === all) broken(`${name}: ${sign} finds every row`);
        }
        if (tried === 0) notDecided('no list that is searched has two rows');
      },
    ],
  }),
];
