import { isWithheld } from '@hub/shared/errors';
import {
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLOutputType,
} from 'graphql';
import { codesOf, type Certifier } from '../certifier.js';
import { describeReply, expectKnownCodes } from '../expect-reply.js';
import { plainFieldsOf, type EntityType } from '../outline.js';
import { subject } from '../step.js';
import { broken, notDecided } from '../verdict.js';

const document = ({ type, key }: EntityType) =>
  `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { __typename ... on ${type.name} { ${key} } }
  }`;

type Row = Readonly<Record<string, unknown>> | null;

async function resolve(
  partner: Certifier,
  entity: EntityType,
  ids: readonly string[],
): Promise<Row[]> {
  const representations = ids.map((id) => ({ __typename: entity.type.name, [entity.key]: id }));
  const { _entities } = await partner.read(document(entity), { representations });
  if (!Array.isArray(_entities)) return broken('_entities is not a list');
  if (_entities.length !== ids.length)
    return broken(`${_entities.length} entities for ${ids.length} representations`);
  return _entities as Row[];
}

/** Ids that exist, of the first entity that has at least two rows. */
async function findIds(partner: Certifier): Promise<{ entity: EntityType; ids: string[] }> {
  for (const { name, node, wholeBy = '' } of partner.outline.paged) {
    const entity = partner.outline.own.find(({ type }) => type.name === node.name);
    if (entity?.key !== 'id') continue;
    const data = await partner.readAllowed(
      `{ rows: ${name}(first: 20 ${wholeBy}) { nodes { id } } }`,
    );
    const { nodes = [] } = (data?.['rows'] ?? {}) as { readonly nodes?: { readonly id: string }[] };
    if (nodes.length >= 2) return { entity, ids: nodes.map(({ id }) => id) };
  }
  return notDecided('no list of the contract has two rows: load the demonstration');
}

/** What the contract promises of another organisation’s entity, whether it exists or not. */
const promised = ({ type, key }: EntityType) =>
  `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${type.name} { ${[
      key,
      ...plainFieldsOf(type).map(({ name, type: of }) =>
        isLeafType(getNamedType(of)) ? name : `${name} { __typename }`,
      ),
    ].join(' ')} } }
  }`;

/** Why a value is not what its type promises; undefined if it is. */
function findMissing(value: unknown, type: GraphQLOutputType): string | undefined {
  if (isNonNullType(type)) {
    return (value ?? null) === null ? 'null' : findMissing(value, type.ofType);
  }
  if (!isListType(type) || !Array.isArray(value)) return undefined;
  const item: GraphQLOutputType = type.ofType;
  const found = value.some((one) => findMissing(one, item) !== undefined);
  return found ? 'a list with null in it' : undefined;
}

/** Asks for an id that nobody has of each entity of others, to which the contract adds something. */
async function askForeign(partner: Certifier): Promise<void> {
  const entities = partner.outline.foreign.filter(({ key }) => key === 'id');
  if (entities.length === 0) notDecided('the contract adds nothing to others’ entities');
  const id = `${partner.code === 'zz' ? 'zy' : 'zz'}:nobody-has-this`;
  for (const entity of entities) {
    const { name } = entity.type;
    const [known] = await resolve(partner, entity, [id]);
    if (known?.['id'] !== id) broken(`${name} is ${known === null ? 'null' : 'another key'}`);
    const reply = await partner.ask(promised(entity), {
      representations: [{ __typename: name, id }],
    });
    const { _entities: [row] = [] } = (reply.json?.data ?? {}) as { _entities?: readonly Row[] };
    // A co-ordinator may not read everything. Then the promise cannot be tried.
    if (!row && codesOf(reply).some(isWithheld)) continue;
    if (!row) broken(`${name}: ${describeReply(reply)}`);
    for (const field of plainFieldsOf(entity.type)) {
      const missing = findMissing(row[field.name], field.type);
      if (missing) broken(`${name}.${field.name} is ${missing}`);
    }
  }
}

/** `_entities`, as the hub asks for it. */
export const entitySteps = subject(
  'shared/docs/partner-in-another-language.md, 2. Be a subgraph of Apollo Federation 2',
  {
    'entities-keep-their-order': [
      'the entities are in the order of the representations, and repeated ones too',
      async (partner) => {
        const { entity, ids } = await findIds(partner);
        const asked = [...ids.toReversed(), ...ids.slice(0, 1)];
        const found = (await resolve(partner, entity, asked)).map((row) => row?.[entity.key]);
        const at = asked.findIndex((id, index) => found[index] !== id);
        if (at >= 0) broken(`at ${at} is ${String(found[at])}, and not ${asked[at]}`);
      },
    ],
    'entities-name-their-type': [
      '__typename is the type of the representation',
      async (partner) => {
        const { entity, ids } = await findIds(partner);
        for (const row of await resolve(partner, entity, ids))
          if (row?.['__typename'] !== entity.type.name) broken(String(row?.['__typename']));
      },
    ],
    'thousand-representations-are-accepted': [
      'up to 1,000 at a time',
      async (partner) => {
        const { entity, ids } = await findIds(partner);
        const asked = Array.from({ length: 1_000 }, (_, index) => ids[index % ids.length] ?? '');
        await resolve(partner, entity, asked);
      },
    ],
    'more-representations-are-refused': [
      'an error with a code of the catalogue, or all 1,001',
      async (partner) => {
        const { entity, ids } = await findIds(partner);
        const representations = Array.from({ length: 1_001 }, () => ({
          __typename: entity.type.name,
          [entity.key]: ids[0],
        }));
        const reply = await partner.ask(document(entity), { representations });
        const { _entities } = reply.json?.data ?? {};
        if (Array.isArray(_entities) && _entities.length === 1_001) return;
        expectKnownCodes(reply);
      },
    ],
    'no-representations-are-no-entities': [
      'an empty list',
      async (partner) => {
        const [entity] = [...partner.outline.own, ...partner.outline.foreign];
        if (!entity) return notDecided('the contract has no entities');
        await resolve(partner, entity, []);
      },
    ],
    'unknown-own-entity-is-null': [
      'null for an id of its own that it does not have',
      async (partner) => {
        const [entity] = partner.outline.own.filter(({ key }) => key === 'id');
        if (!entity) return notDecided('the contract owns no entities');
        const id = `${partner.code}:nobody-has-this`;
        const representations = [{ __typename: entity.type.name, id }];
        const reply = await partner.ask(document(entity), { representations });
        const { _entities } = reply.json?.data ?? {};
        const isNull = Array.isArray(_entities) && _entities.length === 1 && _entities[0] === null;
        if (!isNull) broken(describeReply(reply));
      },
    ],
    'unknown-foreign-entity-is-its-key': [
      'never null: another organisation owns it, and only that one knows whether it exists. What the contract promises of it is there: [] or 0, and not null',
      askForeign,
    ],
    'unknown-type-has-a-code': [
      'an error with a code of the catalogue',
      async (partner) => {
        const representations = [{ __typename: 'ThereIsNoSuchType', id: 'x' }];
        const text = `query ($representations: [_Any!]!) {
          _entities(representations: $representations) { __typename }
        }`;
        expectKnownCodes(await partner.ask(text, { representations }));
      },
    ],
  },
);
