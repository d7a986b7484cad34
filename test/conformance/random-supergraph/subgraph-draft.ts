import type { SelectionSetNode } from 'graphql';
import { parseFieldSet } from '../../../gateway/engine/documents/field-set.js';
import type { Suite } from '../foreign-supergraph/suite.js';
import { mapValue, selectOfReference, type Row, type World } from './world.js';

/** An object as a subgraph has it: the row, and what the hub sent of it. */
interface Source {
  readonly __typename: string;
  readonly row: Row;
  readonly reference?: Readonly<Record<string, unknown>>;
  /** The external fields that the field before it provides. */
  readonly provided?: readonly string[];
}

type Resolve = (source: Source, args: Readonly<Record<string, unknown>>) => unknown;

interface DraftField {
  readonly sdl: string;
  readonly resolve: Resolve;
}

type DraftKind = 'type' | 'interface' | 'interfaceObject';

interface Key {
  readonly fields: string;
  readonly isResolvable: boolean;
}

/** A type as one subgraph declares it. */
export class DraftType {
  readonly fields = new Map<string, DraftField>();
  readonly keys: Key[] = [];
  readonly interfaces: string[] = [];

  constructor(
    readonly name: string,
    readonly kind: DraftKind,
  ) {}

  get isResolvable(): boolean {
    return this.keys.some(({ isResolvable }) => isResolvable);
  }

  write(): string {
    const head = this.kind === 'interface' ? 'interface' : 'type';
    const above = this.interfaces.length > 0 ? ` implements ${this.interfaces.join(' & ')}` : '';
    const keys = this.keys.map(
      ({ fields, isResolvable }) =>
        ` @key(fields: "${fields}"${isResolvable ? '' : ', resolvable: false'})`,
    );
    const object = this.kind === 'interfaceObject' ? ' @interfaceObject' : '';
    const fields = [...this.fields.values()].map(({ sdl }) => `  ${sdl}`);
    return `${head} ${this.name}${above}${keys.join('')}${object} {\n${fields.join('\n')}\n}`;
  }
}

/** A subgraph while it is drawn. */
export class DraftSubgraph {
  readonly types = new Map<string, DraftType>();
  readonly unions = new Map<string, readonly string[]>();
  readonly roots = new Map<string, DraftField>();
  /** Enums, and types without keys. */
  readonly extra = new Set<string>();

  constructor(
    readonly name: string,
    readonly world: World,
    readonly rows: readonly Row[],
  ) {}

  declare(name: string, kind: DraftKind = 'type'): DraftType {
    const known = this.types.get(name);
    if (known) return known;
    const type = new DraftType(name, kind);
    this.types.set(name, type);
    return type;
  }

  /** A field that the subgraph resolves from what is true. */
  own(type: DraftType, field: string, sdl: string, provided: readonly string[] = []): void {
    type.fields.set(field, {
      sdl: `${field}${sdl}`,
      resolve: ({ row }, args) =>
        mapValue(this.world.read(row, field, args), (value) => this.wrap(value, provided)),
    });
  }

  /** A field that another subgraph has, and this one gets in references or provides. */
  external(type: DraftType, field: string, sdl: string): void {
    if (type.fields.has(field)) return;
    type.fields.set(field, {
      sdl: `${field}${sdl} @external`,
      resolve: ({ row, provided = [] }, args) =>
        provided.includes(field)
          ? mapValue(this.world.read(row, field, args), (value) => this.wrap(value))
          : null,
    });
  }

  /** A field that is computed from what the hub sends. */
  require(type: DraftType, field: string, sdl: string, set: string): void {
    const selections = parseFieldSet(set);
    type.fields.set(field, {
      sdl: `${field}: String${sdl} @requires(fields: "${set}")`,
      resolve: ({ reference }) =>
        reference ? writeRequired(field, selectOfReference(selections, reference)) : 'NO REFERENCE',
    });
  }

  /** A field whose value another subgraph has overridden. */
  stale(type: DraftType, field: string, sdl: string): void {
    type.fields.set(field, { sdl: `${field}${sdl}`, resolve: () => null });
  }

  root(field: string, sdl: string, read: (args: Readonly<Record<string, unknown>>) => unknown) {
    this.roots.set(field, {
      sdl: `${field}${sdl}`,
      resolve: (_, args) => mapValue(read(args), (value) => this.wrap(value)),
    });
  }

  wrap(value: unknown, provided: readonly string[] = []): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const row = value as Row;
    return { __typename: this.#typeOf(row), row, provided } satisfies Source;
  }

  build(): Suite['subgraphs'][string] {
    const roots = [...this.roots.values()].map(({ sdl }) => `  ${sdl}`);
    const unions = [...this.unions].map(
      ([name, members]) => `union ${name} = ${members.join(' | ')}`,
    );
    const typeDefs = [
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ${JSON.stringify(imports)})`,
      ...(roots.length > 0 ? [`type Query {\n${roots.join('\n')}\n}`] : []),
      ...[...this.types.values()].map((type) => type.write()),
      ...unions,
      ...this.extra,
    ].join('\n');
    const resolvers: Record<string, Record<string, unknown>> = {};
    if (roots.length > 0) resolvers.Query = resolversOf(this.roots);
    for (const name of this.unions.keys()) resolvers[name] = { __resolveType: typeOf };
    for (const type of this.types.values()) {
      const own: Record<string, unknown> =
        type.kind === 'interface' ? {} : resolversOf(type.fields);
      if (type.kind === 'interface') own.__resolveType = typeOf;
      if (type.isResolvable) own.__resolveReference = this.#resolveReference(type);
      resolvers[type.name] = own;
    }
    return { typeDefs, resolvers: resolvers as Suite['subgraphs'][string]['resolvers'] };
  }

  /** By any of its keys: the first whose fields are all there. */
  #resolveReference(type: DraftType) {
    const keys = type.keys
      .filter(({ isResolvable }) => isResolvable)
      .map(({ fields }) => parseFieldSet(fields));
    return (reference: Readonly<Record<string, unknown>>): Source | null => {
      const key = keys.find((set) => isWhole(set, reference));
      if (!key) return null;
      const wanted = JSON.stringify(selectOfReference(key, reference));
      const row = this.rows.find(
        (candidate) =>
          this.#knows(type, candidate) &&
          JSON.stringify(this.world.select(key, candidate)) === wanted,
      );
      return row ? { __typename: this.#typeOf(row), row, reference } : null;
    };
  }

  #knows(type: DraftType, { __typename: name }: Row): boolean {
    if (type.kind === 'type') return type.name === name;
    const { implementations } = this;
    return implementations.get(type.name)?.includes(name) ?? false;
  }

  /** By interface, its types, in whatever subgraph they are. */
  readonly implementations = new Map<string, readonly string[]>();

  /** An object type of this subgraph: where it knows an interface as an object, that. */
  #typeOf({ __typename: name }: Row): string {
    for (const [above, types] of this.implementations)
      if (types.includes(name) && this.types.get(above)?.kind === 'interfaceObject') return above;
    return name;
  }
}

const imports = [
  '@key',
  '@shareable',
  '@external',
  '@requires',
  '@provides',
  '@override',
  '@inaccessible',
  '@interfaceObject',
];

/** What a field with `@requires` comes to. */
export const writeRequired = (field: string, selected: unknown): string =>
  `${field} of ${JSON.stringify(selected)}`;

const typeOf = ({ __typename }: Source): string => __typename;

const isWhole = (set: SelectionSetNode, reference: Readonly<Record<string, unknown>>): boolean =>
  !JSON.stringify(selectOfReference(set, reference)).includes('NOT SENT');

const resolversOf = (fields: ReadonlyMap<string, DraftField>): Record<string, unknown> =>
  Object.fromEntries([...fields].map(([name, { resolve }]) => [name, resolve]));
