import { parseFieldSet } from '../../../gateway/engine/documents/field-set.js';
import { DraftSubgraph, writeRequired, type DraftType } from './subgraph-draft.js';
import { hash, World, type Random, type Row } from './world.js';

/** A field of a type, and the subgraphs that resolve it. */
export interface Drawn {
  readonly name: string;
  readonly sdl: string;
  /** What a `@requires` selects of it. */
  readonly selection: string;
  readonly owners: Set<DraftSubgraph>;
  /** Hidden from clients. */
  readonly hidden: string;
}

const keyFields: Readonly<Record<string, readonly (readonly [name: string, sdl: string])[]>> = {
  id: [['id', ': ID!']],
  code: [['code', ': String!']],
  'region number': [
    ['region', ': String!'],
    ['number', ': Int!'],
  ],
  'tag { label }': [['tag', ': Tag!']],
  'id tag { label }': [
    ['id', ': ID!'],
    ['tag', ': Tag!'],
  ],
};

/** Draws the types of a supergraph, their keys, and what stands in them. */
export class TypeDrawer {
  readonly world = new World();
  readonly subgraphs: DraftSubgraph[];
  readonly types: readonly string[];
  readonly rows: Row[];
  readonly drawn = new Map<string, Drawn[]>();
  count = 0;

  constructor(readonly random: Random) {
    const count = 2 + random.draw(3);
    this.types = ['Alder', 'Birch', 'Cedar', 'Durian'].slice(0, 2 + random.draw(3));
    this.rows = this.types.flatMap((type) =>
      [1, 2, 3].map((number) => ({ __typename: type, id: `${type.toLowerCase()}-${number}` })),
    );
    this.subgraphs = ['north', 'east', 'south', 'west']
      .slice(0, count)
      .map((name) => new DraftSubgraph(name, this.world, this.rows));
  }
  defineKeys(type: string): void {
    const { world } = this;
    const numberOf = ({ id }: Row) => Number(id.split('-')[1]);
    world.define(type, 'id', ({ id }) => id);
    world.define(type, 'code', ({ id }) => `code of ${id}`);
    world.define(type, 'region', (row) => `region ${numberOf(row) % 2}`);
    world.define(type, 'number', numberOf);
    world.define(type, 'tag', ({ id }) => ({ __typename: 'Tag', id: `tag of ${id}` }));
    world.define('Tag', 'label', ({ id }) => id);
  }

  /** The types of each subgraph, with their keys; perhaps an interface with a key, and others that know it as an object. */
  placeTypes(): void {
    const { random, subgraphs } = this;
    const keyed = random.chance(55) ? this.types.slice(0, 2) : [];
    const [home] = subgraphs;
    const strangers = keyed.length > 0 ? random.some(subgraphs.slice(1), 70) : [];
    const isObject = strangers.length > 0;
    for (const type of this.types) {
      const isKeyed = isObject && keyed.includes(type);
      const options = random.shuffle(Object.keys(keyFields)).slice(0, 2);
      const places = subgraphs.filter(
        (subgraph) =>
          !(isKeyed && strangers.includes(subgraph)) &&
          (isKeyed && subgraph === home ? true : random.chance(70)),
      );
      for (const subgraph of places.length > 0 ? places : [random.pick(subgraphs)]) {
        const declared = subgraph.declare(type);
        const keys = random.chance(88) || isKeyed ? ['id', ...random.some(options, 30)] : options;
        for (const key of random.shuffle([...new Set(keys)]))
          this.addKey(subgraph, declared, key, !(isKeyed && key === 'id') && random.chance(8));
      }
    }
    if (isObject && home) this.placeKeyed(home, strangers, keyed);
  }

  addKey(subgraph: DraftSubgraph, type: DraftType, key: string, isClosed: boolean): void {
    type.keys.push({ fields: key, isResolvable: !isClosed });
    for (const [name, sdl] of keyFields[key] ?? []) {
      subgraph.own(type, name, sdl);
      if (name !== 'tag') continue;
      const tag = subgraph.declare('Tag');
      subgraph.own(tag, 'label', ': String! @shareable');
    }
  }

  placeKeyed(home: DraftSubgraph, strangers: readonly DraftSubgraph[], types: readonly string[]) {
    const { random } = this;
    const name = 'Tree';
    for (const subgraph of [home, ...strangers]) subgraph.implementations.set(name, types);
    const above = home.declare(name, 'interface');
    above.keys.push({ fields: 'id', isResolvable: true });
    home.own(above, 'id', ': ID!');
    const own = ['common', 'shared'].map((field) => this.defineLeaf(types, field, ': String'));
    for (const field of own)
      for (const type of [...types, name]) home.own(home.declare(type), field, ': String');
    for (const type of types) home.declare(type).interfaces.push(name);
    for (const subgraph of strangers) {
      const object = subgraph.declare(name, 'interfaceObject');
      object.keys.push({ fields: 'id', isResolvable: true });
      subgraph.own(object, 'id', ': ID!');
      const leaf = this.defineLeaf(types, `leaf${(this.count += 1)}`, ': Int');
      subgraph.own(object, leaf, ': Int');
      if (random.chance(70)) {
        const set = random.chance(50) ? 'common' : 'common shared';
        for (const field of set.split(' ')) subgraph.external(object, field, ': String');
        this.require(subgraph, object, types, set);
      }
    }
  }

  require(subgraph: DraftSubgraph, type: DraftType, types: readonly string[], set: string): string {
    const name = `need${(this.count += 1)}`;
    const selections = parseFieldSet(set);
    for (const own of types)
      this.world.define(own, name, (row) =>
        writeRequired(name, this.world.select(selections, row)),
      );
    subgraph.require(type, name, '', set);
    return name;
  }

  defineLeaf(types: readonly string[], field: string, sdl: string): string {
    const isNullable = !sdl.endsWith('!');
    const isText = sdl.includes('String');
    for (const type of types)
      this.world.define(type, field, ({ id }, { by = 1, where }) => {
        const text = `${field} ${id} ${String(by)} ${where === undefined ? '' : JSON.stringify(where)}`;
        const number = hash(text);
        if (isNullable && number % 5 === 0) return null;
        if (sdl.includes('Level')) return ['LOW', 'MIDDLE', 'HIGH'][number % 3];
        if (sdl.includes('[')) return [number % 10, number % 7];
        return isText ? text : number;
      });
    return field;
  }

  drawLeaves(type: string): void {
    const { random } = this;
    const places = this.placesOf(type);
    const drawn: Drawn[] = [];
    for (let times = 2 + random.draw(4); times > 0; times -= 1) {
      const name = `leaf${(this.count += 1)}`;
      const hasArguments = random.chance(25);
      const base = random.pick(['Int', 'String', 'String!', 'Level', '[Int!]']);
      const sdl = `${hasArguments ? '(by: Int = 1)' : ''}: ${base}`;
      this.defineLeaf([type], name, sdl);
      const owner = random.pick(places);
      const others = places.filter((place) => place !== owner);
      const owners = new Set([owner]);
      const hidden = random.chance(8) ? ' @inaccessible' : '';
      const [first] = others;
      if (first && random.chance(15)) {
        owner.own(owner.declare(type), name, `${sdl}${hidden} @override(from: "${first.name}")`);
        first.stale(first.declare(type), name, `${sdl}${hidden}`);
        this.declareEnum(first);
      } else {
        for (const other of random.some(others, 25)) owners.add(other);
        const shareable = owners.size > 1 ? ' @shareable' : '';
        for (const place of owners)
          place.own(place.declare(type), name, `${sdl}${hidden}${shareable}`);
      }
      for (const place of owners) this.declareEnum(place);
      const selection = hasArguments && random.chance(70) ? `${name}(by: ${random.draw(4)})` : name;
      drawn.push({ name, sdl, selection, owners, hidden });
    }
    this.drawn.set(type, drawn);
  }

  declareEnum(subgraph: DraftSubgraph): void {
    subgraph.extra.add('enum Level { LOW MIDDLE HIGH }');
  }

  placesOf(type: string): DraftSubgraph[] {
    return this.subgraphs.filter(({ types }) => types.has(type));
  }

  /** An interface without a key, over types that each have its field. */
  drawInterface(): void {
    const types = this.random.shuffle(this.types).slice(0, 2);
    this.defineLeaf(types, 'nick', ': String');
    for (const subgraph of this.subgraphs) {
      const own = types.filter((type) => subgraph.types.get(type)?.kind === 'type');
      if (own.length === 0) continue;
      const above = subgraph.declare('Named', 'interface');
      subgraph.own(above, 'nick', ': String');
      subgraph.implementations.set('Named', own);
      for (const type of own) {
        const declared = subgraph.declare(type);
        subgraph.own(declared, 'nick', ': String @shareable');
        declared.interfaces.push('Named');
      }
    }
  }

  drawUnions(): void {
    for (const subgraph of this.subgraphs) {
      const own = this.types.filter((type) => subgraph.types.has(type));
      if (own.length > 1 && this.random.chance(50))
        subgraph.unions.set('Any', this.random.shuffle(own).slice(0, 2 + this.random.draw(2)));
    }
  }

  /** The types of the rows that a field of this type may lead to in a subgraph. */
  targetsIn(subgraph: DraftSubgraph): Map<string, readonly string[]> {
    const targets = new Map<string, readonly string[]>(subgraph.unions);
    for (const [name, { kind }] of subgraph.types) {
      if (name === 'Tag') continue;
      const implementations = subgraph.implementations.get(name);
      targets.set(name, kind === 'type' ? [name] : (implementations ?? []));
    }
    return targets;
  }

  readRows(types: readonly string[], isMany: boolean, isNullable: boolean) {
    const rows = this.rows.filter(({ __typename }) => types.includes(__typename));
    return (text: string): unknown => {
      const number = hash(text);
      if (isNullable && number % 7 === 0) return null;
      if (!isMany) return rows[number % rows.length];
      return [0, 1, 2]
        .slice(0, number % 4)
        .map((index) => rows[(number + index * 5) % rows.length]);
    };
  }
}
