import type { Suite } from '../foreign-supergraph/suite.js';
import { TypeDrawer, type Drawn } from './draw-types.js';
import type { DraftSubgraph, DraftType } from './subgraph-draft.js';
import { hash, Random, type World } from './world.js';

/** Subgraphs of one graph, and what is true of it. */
export interface DrawnSupergraph {
  readonly subgraphs: Suite['subgraphs'];
  readonly world: World;
}

/** Draws subgraphs. They may not compose: then there is nothing to ask. */
export function drawSupergraph(seed: number): DrawnSupergraph {
  const drawer = new SupergraphDrawer(new Random(seed));
  drawer.draw();
  return {
    subgraphs: Object.fromEntries(
      drawer.subgraphs.map((subgraph) => [subgraph.name, subgraph.build()]),
    ),
    world: drawer.world,
  };
}

/** What the arguments of a filtered field come to. */
const writeFilter = ({ where, order }: Readonly<Record<string, unknown>>): string => {
  const filter = (where ?? {}) as Readonly<Record<string, unknown>>;
  return JSON.stringify([where === null, filter.least, filter.order, order]);
};

/** Draws what leads from type to type, what is required of it, and the roots. */
class SupergraphDrawer extends TypeDrawer {
  /** Fields that lead to a union or an interface. */
  readonly abstract: {
    readonly type: string;
    readonly name: string;
    readonly sdl: string;
    readonly target: string;
    readonly types: readonly string[];
    readonly owner: DraftSubgraph;
  }[] = [];

  draw(): void {
    for (const type of this.types) this.defineKeys(type);
    this.placeTypes();
    for (const type of this.types) this.drawLeaves(type);
    if (this.random.chance(50)) this.drawInterface();
    this.drawUnions();
    for (const type of this.types) this.drawReferences(type);
    for (let times = 1 + this.random.draw(5); times > 0; times -= 1) this.drawRequires();
    this.drawRoots();
    for (const type of this.types) this.drawFiltered(type);
    this.drawRequiredFragments();
  }

  drawReferences(type: string): void {
    const { random } = this;
    for (const subgraph of random.some(this.placesOf(type), 75)) {
      const [target, types] = random.pick([...this.targetsIn(subgraph)]);
      const name = `to${(this.count += 1)}`;
      const isMany = random.chance(40);
      const isNullable = random.chance(75);
      const sdl = `: ${isMany ? `[${target}!]` : target}${isNullable ? '' : '!'}`;
      const read = this.readRows(types, isMany, isNullable);
      this.world.define(type, name, ({ id }) => read(`${name} ${id}`));
      const others = this.placesOf(type).filter(
        (other) => other !== subgraph && other.types.get(target)?.kind === 'type',
      );
      const owners = [subgraph, ...(types.length === 1 ? random.some(others, 20) : [])];
      const shareable = owners.length > 1 ? ' @shareable' : '';
      const provided =
        owners.length === 1 && types.length === 1 ? this.provide(subgraph, target) : undefined;
      const provides = provided ? ` @provides(fields: "${provided}")` : '';
      for (const owner of owners)
        owner.own(
          owner.declare(type),
          name,
          `${sdl}${shareable}${provides}`,
          provided ? [provided] : [],
        );
      if (target !== types[0])
        this.abstract.push({ type, name, sdl, target, types, owner: subgraph });
      const inner =
        types.length === 1 ? this.drawn.get(target)?.find(({ hidden }) => !hidden) : undefined;
      if (inner && target === types[0])
        this.drawn.get(type)?.push({
          name,
          sdl,
          selection: `${name} { ${inner.selection} }`,
          owners: new Set(owners),
          hidden: `${target} ${inner.name}`,
        });
    }
  }

  /** A field of the target that others have, and this subgraph provides. */
  provide(subgraph: DraftSubgraph, target: string): string | undefined {
    if (!this.random.chance(35)) return undefined;
    const shared = this.drawn
      .get(target)
      ?.find(({ owners, sdl }) => owners.size > 1 && !owners.has(subgraph) && !sdl.startsWith('('));
    const type = subgraph.types.get(target);
    if (!shared || type?.kind !== 'type' || type.fields.has(shared.name)) return undefined;
    subgraph.external(type, shared.name, shared.sdl);
    this.declareEnum(subgraph);
    return shared.name;
  }

  drawRequires(): void {
    const { random } = this;
    const type = random.pick(this.types);
    const subgraph = random.pick(this.placesOf(type));
    const declared = subgraph.declare(type);
    const fields = this.drawn
      .get(type)
      ?.filter(({ name, owners }) => !owners.has(subgraph) && !declared.fields.has(name));
    const needed = random.shuffle(fields ?? []).slice(0, 1 + random.draw(2));
    if (needed.length === 0) return;
    for (const field of needed) if (!this.takeExternal(subgraph, declared, field)) return;
    const set = needed.map(({ selection }) => selection).join(' ');
    const name = this.require(subgraph, declared, [type], set);
    const drawn = {
      name,
      sdl: ': String',
      selection: name,
      owners: new Set([subgraph]),
      hidden: '',
    };
    this.drawn.get(type)?.push(drawn);
  }

  /** Declares what is required as external, with what is required within it. */
  takeExternal(subgraph: DraftSubgraph, type: DraftType, field: Drawn): boolean {
    this.declareEnum(subgraph);
    if (!field.selection.includes('{')) {
      subgraph.external(type, field.name, field.sdl);
      return true;
    }
    const [target = '', inner] = field.hidden.split(' ');
    const drawn = this.drawn.get(target)?.find(({ name }) => name === inner);
    if (!drawn || subgraph.types.get(target)?.kind === 'interface') return false;
    const declared = subgraph.declare(target);
    if (!declared.fields.has(drawn.name)) subgraph.external(declared, drawn.name, drawn.sdl);
    subgraph.external(type, field.name, field.sdl);
    return true;
  }

  drawRoots(): void {
    const { random } = this;
    for (const subgraph of this.subgraphs)
      for (let times = 1 + random.draw(3); times > 0; times -= 1) this.drawRoot(subgraph);
  }

  drawRoot(subgraph: DraftSubgraph): void {
    const { random } = this;
    const targets = [...this.targetsIn(subgraph)];
    if (targets.length === 0) return;
    const [target, types] = random.pick(targets);
    const name = `root${(this.count += 1)}`;
    const isMany = random.chance(60);
    const read = this.readRows(types, isMany, true);
    this.world.define('Query', name, (_, { by = 1 }) => read(`${name} ${String(by)}`));
    const others = this.subgraphs.filter(
      (other) =>
        other !== subgraph && other.types.get(target)?.kind === 'type' && types.length === 1,
    );
    const owners = [subgraph, ...random.some(others, 25)];
    const sdl = `(by: Int = 1): ${isMany ? `[${target}!]` : target}${owners.length > 1 ? ' @shareable' : ''}`;
    for (const owner of owners)
      owner.root(name, sdl, (args) => this.world.read({ __typename: 'Query', id: '' }, name, args));
  }

  /** A field that subgraphs share, and whose input types each knows a part of. */
  drawFiltered(type: string): void {
    const places = this.random.some(this.placesOf(type), 60);
    if (places.length < 2) return;
    const name = `found${(this.count += 1)}`;
    this.world.define(type, name, ({ id }, args) => hash(`${name} ${id} ${writeFilter(args)}`));
    for (const place of places) {
      place.extra.add(`input Filter { least: Int order: Order ${place.name}Only: Int }`);
      place.extra.add(`enum Order { UP DOWN ${place.name.toUpperCase()}_FIRST }`);
      place.own(place.declare(type), name, '(where: Filter, order: Order): Int! @shareable');
    }
  }

  /** A field that requires, of what another leads to, something else of each type. */
  drawRequiredFragments(): void {
    for (const { type, name, sdl, target, types, owner } of this.abstract)
      for (const subgraph of this.placesOf(type)) {
        const declared = subgraph.declare(type);
        const members = subgraph.unions.get(target) ?? subgraph.implementations.get(target) ?? [];
        const isKnown =
          subgraph.types.get(target)?.kind === 'interface' || subgraph.unions.has(target);
        if (subgraph === owner || !isKnown || !declared.isResolvable) continue;
        const parts = members.flatMap((member) => {
          const leaf = this.drawn.get(member)?.find(({ selection }) => !selection.includes('{'));
          if (!leaf || !types.includes(member)) return [];
          const inner = subgraph.declare(member);
          if (!inner.fields.has(leaf.name)) this.takeExternal(subgraph, inner, leaf);
          return `... on ${member} { ${leaf.selection} }`;
        });
        if (parts.length === 0) continue;
        subgraph.external(declared, name, sdl);
        this.require(subgraph, declared, [type], `${name} { __typename ${parts.join(' ')} }`);
        return;
      }
  }
}
