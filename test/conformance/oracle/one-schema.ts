import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  execute,
  getNullableType,
  GraphQLList,
  GraphQLSchema,
  isListType,
  isObjectType,
  isScalarType,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Contract } from '../../../gateway/registry/contracts.js';
import { readContractRules, type FieldRule } from './contract-rules.js';
import { compareKeys, isPlaceIn, page, type Key } from './lists.js';
import {
  Held,
  Refusal,
  runPartnerCode,
  type Arguments,
  type Partner,
  type PartnerCode,
} from './partner-code.js';

interface Expectation {
  readonly data: unknown;
  /** `path code partner` of each. */
  readonly errors: readonly string[];
}

/** What the network has to answer while these partners are away. */
export type OneSchema = (
  document: DocumentNode,
  variables: Arguments,
  away: readonly string[],
) => Promise<Expectation>;

type Path = GraphQLResolveInfo['path'];

/** One execution. */
interface Run {
  readonly away: readonly string[];
  readonly partners: readonly PartnerCode[];
  /** Notes an error at a place. */
  note(place: Path | undefined, code: string, partner?: string): void;
  /** Notes what a field with `@requires` lacks: at the field if it is null, and else at its object. */
  noteLack(place: Path, value: unknown, partner: string): void;
}

/** A page that was put together here. */
class Made {
  constructor(readonly fields: Readonly<Record<string, unknown>>) {}
}

const toPath = (place: Path | undefined): string =>
  place ? [toPath(place.prev), place.key].filter((step) => step !== '').join('.') : '';

/** The value at a place; null below one that is null. */
const readAtPath = (data: unknown, place: Path | undefined): unknown =>
  place === undefined
    ? data
    : ((readAtPath(data, place.prev) as Readonly<Record<string, unknown>> | null)?.[place.key] ??
      null);

/** Every field may be null, so that no null hides what else is missing. */
function withoutNonNull(schema: GraphQLSchema): GraphQLSchema {
  const strip = (type: GraphQLOutputType): GraphQLOutputType => {
    const nullable = getNullableType(type);
    return isListType(nullable) ? new GraphQLList(strip(nullable.ofType)) : nullable;
  };
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => ({ ...field, type: strip(field.type) }),
    [MapperKind.INTERFACE_FIELD]: (field) => ({ ...field, type: strip(field.type) }),
  });
}

/** The partner that a value names: `dk:1`, or `DK`. */
const ownerOf = (value: unknown): string => {
  const text = String(value);
  return text.includes(':') ? text.slice(0, text.indexOf(':')) : text.toLowerCase();
};

const readAt = (args: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce((value: unknown, key) => (value as Arguments | null | undefined)?.[key], args);

/**
 * One schema over the partners’ databases, run by graphql-js field by field: each field by its
 * owner’s own code, nothing planned, batched, sent, or merged. It shares no code with the hub.
 */
export function createOneSchema(
  schema: GraphQLSchema,
  contracts: readonly Contract[],
  partners: readonly Partner[],
): OneSchema {
  const rules = readContractRules(contracts);
  const nullable = withoutNonNull(schema);
  const byType = new Map<string, GraphQLSchema>();

  /** What a partner needs to know of an object of another, as a representation. */
  async function represent(held: Held, selection: string, run: Run, info: GraphQLResolveInfo) {
    const { type, owner, value } = held;
    if (/^\w+$/.test(selection))
      return { __typename: type, [selection]: await owner.read(type, selection, value, {}, info) };
    let inner = byType.get(type);
    if (!inner) {
      const query = nullable.getType(type);
      if (!isObjectType(query)) throw new Error(`${type} is no object type.`);
      inner = new GraphQLSchema({ ...nullable.toConfig(), query });
      byType.set(type, inner);
    }
    const { data } = await runOver(inner, parse(`{ ${selection} }`), {}, run, held);
    return { __typename: type, ...data };
  }

  const readGathered = async (
    asked: readonly PartnerCode[],
    { orderBy, orders }: NonNullable<FieldRule['gather']>,
    read: (partner: PartnerCode, args: Arguments) => Promise<unknown>,
    args: Arguments,
    run: Run,
    { place, info }: { readonly place: Path | undefined; readonly info: GraphQLResolveInfo },
  ) => {
    const away = asked.filter(({ code }) => run.away.includes(code));
    for (const { code } of away) run.note(place, 'PARTNER_UNAVAILABLE', code);
    const type = getNullableType(info.returnType);
    const isPage = !isListType(type) && !isScalarType(type);
    const chosen = orders.find(([name]) => name === args['orderBy']);
    const [head, sortKeys] = chosen ? [chosen.slice(0, 1), chosen.slice(1)] : [[], orderBy];
    if (isPage && away.length < asked.length && !isPlaceIn(args, head, sortKeys.length)) {
      run.note(place, 'BAD_USER_INPUT');
      return null;
    }
    const given = isPage ? { ...args, first: 1000, after: null, last: null, before: null } : args;
    const readRows = async (partner: PartnerCode) => {
      const found = await read(partner, given);
      if (!isPage || !(found instanceof Held)) return found;
      return partner.read(found.type, 'nodes', found.value, {}, info);
    };
    const responding = asked.filter((partner) => !away.includes(partner));
    const results = await Promise.all(responding.map(readRows)).catch((error: unknown) => {
      // What all are asked alike is the client’s own mistake, and no partner’s.
      if (error instanceof Refusal && error.code === 'BAD_USER_INPUT') return error;
      throw error;
    });
    if (results instanceof Refusal) {
      run.note(place, results.code);
      return null;
    }
    if (isScalarType(type))
      return away.length > 0 ? null : results.reduce<number>((sum, one) => sum + Number(one), 0);
    const rows = await Promise.all(
      (results.flat() as Held[]).map(async (row) => ({
        row,
        keys: [
          ...head,
          ...(await Promise.all(
            sortKeys.map(
              (key) => row.owner.read(row.type, key, row.value, {}, info) as Promise<Key>,
            ),
          )),
        ],
      })),
    );
    const sorted = rows.toSorted((a, b) => compareKeys(a.keys, b.keys));
    if (!isPage) return sorted.map(({ row }) => row);
    const { edges, pageInfo, ...rest } = page(sorted, args, away.length === 0);
    return new Made({
      ...rest,
      edges: edges.map((edge) => new Made(edge)),
      pageInfo: new Made(pageInfo),
    });
  };

  async function readRoot(rule: FieldRule, args: Arguments, run: Run, info: GraphQLResolveInfo) {
    const { path, fieldName } = info;
    const servers = run.partners.filter(({ subgraph }) => subgraph === rule.subgraph);
    const read = (partner: PartnerCode | undefined, given = args) =>
      partner?.read('Query', fieldName, undefined, given, info) ?? Promise.resolve(null);
    if (rule.gather) {
      const named = rule.gather.narrowBy
        .map((by) => readAt(args, by))
        .filter((value) => value !== null && value !== undefined);
      if (named.length === 0 && rule.gather.ownerOnly.some((by) => readAt(args, by) != null)) {
        run.note(path, 'BAD_USER_INPUT');
        return null;
      }
      const asked = servers.filter(({ code }) => named.every((value) => ownerOf(value) === code));
      return readGathered(asked, rule.gather, read, args, run, { place: path, info });
    }
    const { route } = rule;
    const owner =
      route === undefined
        ? servers[0]
        : servers.find(({ code }) => code === ownerOf(readAt(args, route)));
    if (!owner) run.note(path, 'NOT_FOUND');
    else if (run.away.includes(owner.code)) run.note(path, 'PARTNER_UNAVAILABLE', owner.code);
    else return read(owner);
    return null;
  }

  async function readEntity(
    rule: FieldRule,
    held: Held,
    args: Arguments,
    run: Run,
    info: GraphQLResolveInfo,
  ) {
    const { type } = held;
    const { key, route } = rules.keyOf(rule.subgraph, type);
    const lacking = new Set<string>();
    const inner: Run = {
      ...run,
      note: (_place, _code, partner) => void (partner && lacking.add(partner)),
      noteLack: (_place, _value, partner) => void lacking.add(partner),
    };
    const wanted = [key, route === key ? undefined : route, rule.requires];
    const selection = wanted.filter((part) => part !== undefined).join(' ');
    const representation = await represent(held, selection, inner, info);
    const servers = run.partners.filter(({ subgraph }) => subgraph === rule.subgraph);
    const read = (partner: PartnerCode, given = args) =>
      partner.readEntity(representation, info.fieldName, given, info);
    const place = info.path.prev;
    if (rule.gather) return readGathered(servers, rule.gather, read, args, run, { place, info });
    const owner = route
      ? servers.find(({ code }) => code === ownerOf(readAt(representation, route)))
      : servers[0];
    const isAway = owner !== undefined && run.away.includes(owner.code);
    if (isAway) run.note(place, 'PARTNER_UNAVAILABLE', owner.code);
    const value = owner && !isAway ? await read(owner) : null;
    for (const partner of lacking) run.noteLack(info.path, value, partner);
    return value;
  }

  async function readField(
    parent: unknown,
    args: Arguments,
    run: Run,
    info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { parentType, fieldName } = info;
    const coordinate = `${parentType.name}.${fieldName}`;
    if (parent instanceof Made) return parent.fields[fieldName] ?? null;
    const held = parent instanceof Held ? parent : undefined;
    const own = held && rules.fieldOf(held.owner.subgraph, coordinate);
    if (held && own && !own.requires && !own.gather)
      return held.owner.read(held.type, fieldName, held.value, args, info);
    // The hub’s own, of which partners ask.
    if (coordinate === 'Query.partners')
      return partners.map(({ code }) => new Made({ code, membership: 'MEMBER' }));
    // The test asks as nobody who has a record of her own.
    if (coordinate === 'Query.me') return null;
    const rule = own ?? rules.find(coordinate);
    if (!rule) throw new Error(`No contract has ${coordinate}.`);
    return held ? readEntity(rule, held, args, run, info) : readRoot(rule, args, run, info);
  }

  const fieldResolver: GraphQLFieldResolver<unknown, Run, Arguments> = async (
    parent,
    args,
    run,
    info,
  ) => {
    try {
      return await readField(parent, args, run, info);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      run.note(info.path, error.code, error.partner);
      return null;
    }
  };

  async function runOver(
    over: GraphQLSchema,
    document: DocumentNode,
    variableValues: Arguments,
    contextValue: Run,
    rootValue?: Held,
  ): Promise<ExecutionResult> {
    const result = await execute({
      schema: over,
      document,
      variableValues,
      contextValue,
      rootValue,
      fieldResolver,
      typeResolver: (value) => (value as Held).type,
    });
    // What absent rows leave null where a type has no null. Any other is a fault in here.
    for (const error of result.errors ?? [])
      if (!error.message.startsWith('Cannot return null for non-nullable')) throw error;
    return result;
  }

  const run: OneSchema = async (document, variables, away) => {
    const notes = new Set<string>();
    const fields = new Set<string>();
    const kept: { readonly place: Path; readonly partner: string }[] = [];
    const codes = partners.map((partner) =>
      // A partner asks a hub from which nobody is away.
      runPartnerCode(partner, async (query, values = {}) => {
        const { data } = await run(parse(query), values, []);
        return data as Arguments;
      }),
    );
    const note: Run['note'] = (place, code, partner) =>
      void notes.add([toPath(place), code, ...(partner ? [partner] : [])].join(' '));
    const context: Run = {
      away,
      partners: codes,
      note,
      noteLack(place, value, partner) {
        if (value === null) {
          fields.add(`${toPath(place.prev)} ${partner}`);
          note(place, 'PARTNER_UNAVAILABLE', partner);
        } else kept.push({ place, partner });
      },
    };
    let { data } = await runOver(nullable, document, variables, context);
    if (notes.size + kept.length > 0)
      ({ data } = await runOver(schema, document, variables, { ...context, note: () => {} }));
    for (const { place, partner } of kept) {
      // Whoever has no object has no value of it either.
      if (readAtPath(data, place.prev) === null) note(place, 'PARTNER_UNAVAILABLE', partner);
      else if (!fields.has(`${toPath(place.prev)} ${partner}`))
        note(place.prev, 'PARTNER_UNAVAILABLE', partner);
    }
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
      errors: [...notes].sort(),
    };
  };
  return run;
}
