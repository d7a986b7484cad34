import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  type GraphQLCompositeType as Composite,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import type { DrawValue } from './values.js';

/** A query with its variables. */
export interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** The response keys of one place, so that no two of its fields differ under one key. */
type Scope = Map<string, { readonly signature: string; readonly inner: Scope }>;

/** Roots whose answers change from one moment to the next, or that nobody may read. */
export const left = [
  'me',
  'partners',
  'partner',
  'operations',
  'usage',
  'hubKeysChangedAt',
  'releases',
  'contractProposals',
  'policeDisclosures',
  'officeDisclosures',
  'networkDisclosures',
  'networkPersonFile',
  'policeErasures',
  'officeErasures',
  'networkErasures',
  'policeChanges',
  'officeChanges',
  'networkChanges',
  'networkReadings',
  'networkPersonFile',
  'policeErasures',
  'officeErasures',
  'policeRetention',
  'officeRetention',
  'networkRetention',
  'policeHolds',
  'officeHolds',
  'networkHolds',
];
/** Fields that partners’ servers alone may read, or that change with each reading. */
export const leftFields = ['hasMember', 'readings', 'personFile'];
const mostDepth = 9;
const mostRows = 400;
/** What one operation selects at most, fragments counted once. */
const mostFields = 70;

/** How many rows a list is taken to have; lists that are not named here have a few. */
const lengths: Readonly<Record<string, number>> = {
  contacts: 12,
  events: 12,
  organisations: 12,
  officers: 8,
  policeUnits: 17,
  nationalSites: 20,
  officerStatistics: 40,
  expertStatistics: 80,
  sectorStatistics: 11,
  acceptedOfficers: 12,
};

/** Draws a valid read operation: any root fields, filters, pages, aliases, fragments, variables, conditions. */
export function drawOperation(
  draw: GeneratorValue,
  schema: GraphQLSchema,
  drawValue: DrawValue,
): Operation {
  const writer = new OperationWriter(draw, schema, drawValue);
  return writer.write();
}

class OperationWriter {
  readonly #fragments: { readonly name: string; readonly type: string; readonly body: string }[] =
    [];
  readonly #definitions: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #count = 0;
  #fields = 0;

  constructor(
    readonly draw: GeneratorValue,
    readonly schema: GraphQLSchema,
    readonly drawValue: DrawValue,
  ) {}

  write(): Operation {
    const type = this.schema.getQueryType();
    if (!type) throw new Error('The schema has no queries.');
    const scope: Scope = new Map();
    const names = Object.keys(type.getFields()).filter((name) => !left.includes(name));
    const fields = this.#times(1, 3).map(() => {
      const field = type.getFields()[this.#pick(names)];
      return field ? this.#writeField(type, field, scope, 0, 1) : '';
    });
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    const fragments = this.#fragments.map(
      ({ name, type: on, body }) => `fragment ${name} on ${on} ${body}`,
    );
    const query = [`query Drawn${definitions} { ${fields.join(' ')} }`, ...fragments].join('\n');
    return { query, variables: this.#variables };
  }

  #chance(percent: number): boolean {
    // What is drawn small, as a failure shrinks, is the plainest.
    return this.draw(fc.nat, { max: 99 }) >= 100 - percent;
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.draw(fc.nat, { max: values.length - 1 })] as T;
  }

  #times(least: number, most: number): undefined[] {
    return Array.from({ length: this.draw(fc.integer, { min: least, max: most }) });
  }

  #writeSelections(type: Composite, scope: Scope, depth: number, rows: number): string {
    // Of an object that stands alone: what is drawn for it once may be spread there too.
    const written = this.#fragments.filter((fragment) => fragment.type === type.name);
    if (scope.size === 0 && written.length > 0 && this.#chance(15)) {
      scope.set('…', { signature: '', inner: new Map() });
      return `{ ...${this.#pick(written).name} }`;
    }
    if (scope.has('…')) return '{ __typename }';
    const parts = this.#times(1, depth < 2 ? 5 : 3).map(() =>
      this.#writeSelection(type, scope, depth, rows),
    );
    // Of an object of which everything is skipped the engine’s own executor gives null: one field is always left.
    if (parts.every((part) => this.#hasSkipped(part))) parts.push('__typename');
    return `{ ${parts.join(' ')} }`;
  }

  #writeSelection(type: Composite, scope: Scope, depth: number, rows: number): string {
    if (this.#chance(6)) return `${this.#alias(type, '__typename', '__typename', scope)}__typename`;
    if (this.#fields > mostFields) return '__typename';
    const narrowed = this.#narrow(type);
    // A fragment of one type may not be merged with one of another under the same key and another type: scopes are shared.
    if (isUnionType(type) || this.#chance(isAbstractType(type) ? 50 : 18)) {
      const on = isAbstractType(type) || this.#chance(30) ? narrowed : type;
      const body = this.#writeSelections(on, scope, depth + 1, rows);
      if (this.#chance(35)) {
        const name = `F${(this.#count += 1)}`;
        this.#fragments.push({ name, type: on.name, body });
        return `...${name}${this.#condition()}`;
      }
      return `...${this.#chance(80) || on !== type ? ` on ${on.name}` : ''}${this.#condition()} ${body}`;
    }
    const fields = Object.values('getFields' in type ? type.getFields() : {}).filter(
      (field) =>
        !leftFields.includes(field.name) &&
        (isLeafType(getNamedType(field.type)) ||
          (this.#fields < mostFields &&
            depth < mostDepth &&
            rows * this.#lengthOf(field) <= mostRows)),
    );
    // What leads to other organisations is drawn more often than what does not.
    const composite = fields.filter((field) => !isLeafType(getNamedType(field.type)));
    if (fields.length === 0) return '__typename';
    const field = this.#pick(composite.length > 0 && this.#chance(45) ? composite : fields);
    if (!field) return '__typename';
    return this.#writeField(type, field, scope, depth, rows);
  }

  /** The same type, an implementation of it, or an interface of it. */
  #narrow(type: Composite): Composite {
    const others: readonly Composite[] = isAbstractType(type)
      ? this.schema.getPossibleTypes(type)
      : type.getInterfaces();
    return this.#pick([type, ...others, ...(isAbstractType(type) ? others : [])]) as Composite;
  }

  #lengthOf(field: GraphQLField<unknown, unknown>): number {
    let { type } = field;
    if (isNonNullType(type)) type = type.ofType;
    const isMany = isListType(type) || getNamedType(type).name.endsWith('Connection');
    if (['nodes', 'edges'].includes(field.name)) return 1;
    return isMany ? (lengths[field.name] ?? 4) : 1;
  }

  #writeField(
    parent: Composite,
    field: GraphQLField<unknown, unknown>,
    scope: Scope,
    depth: number,
    rows: number,
  ): string {
    this.#fields += 1;
    const type = getNamedType(field.type);
    const args = this.#writeArguments(field.args, field.name);
    const signature = `${field.name}${args}`;
    const alias = this.#alias(parent, field.name, signature, scope);
    const key = alias ? alias.slice(0, -2) : field.name;
    const inner = scope.get(key)?.inner ?? new Map();
    const head = `${alias}${signature}${this.#condition()}`;
    if (!isCompositeType(type)) return head;
    return `${head} ${this.#writeSelections(type, inner, depth + 1, rows * this.#lengthOf(field))}`;
  }

  /**
   * Takes the field’s own name where it is free or means the same, else an alias: a name that nothing has, or that of
   * any other field of the object, its key, what a `@requires` names, and `__typename` among them.
   */
  #alias(parent: Composite, name: string, signature: string, scope: Scope): string {
    const taken = scope.get(name);
    if (!this.#chance(15) && (!taken || taken.signature === signature)) {
      if (!taken) scope.set(name, { signature, inner: new Map() });
      return '';
    }
    const others = [
      '__typename',
      ...('getFields' in parent ? Object.keys(parent.getFields()) : []),
    ];
    const free = others.filter((other) => other !== name && !scope.has(other));
    const isOther = free.length > 0 && this.#chance(60);
    const alias = isOther ? this.#pick(free) : `a${(this.#count += 1)}`;
    scope.set(alias, { signature, inner: new Map() });
    return `${alias}: `;
  }

  /** Whether it is skipped, or something in it: one field too many does no harm. */
  #hasSkipped(part: string): boolean {
    const conditions = part.matchAll(/@(skip|include)\(if: (?:\$(\w+)|(true|false))\)/g);
    return [...conditions].some(([, name, variable, literal]) => {
      const isTrue = variable === undefined ? literal === 'true' : this.#variables[variable];
      return isTrue === (name === 'skip');
    });
  }

  #condition(): string {
    if (!this.#chance(8)) return '';
    const isMet = this.#chance(60);
    const name = this.#pick(['skip', 'include']);
    const value = (name === 'include') === isMet;
    return ` @${name}(if: ${this.#chance(50) ? this.#variable('Boolean!', value) : value})`;
  }

  #variable(type: string, value: unknown, isLeftOut = false): string {
    const name = `v${(this.#count += 1)}`;
    this.#definitions.push(`$${name}: ${type}`);
    if (!isLeftOut) this.#variables[name] = value;
    return `$${name}`;
  }

  #writeArguments(args: readonly GraphQLArgument[], of: string): string {
    // A page goes one way. Both at once are refused.
    const isBackwards = args.some(({ name }) => name === 'last') && this.#chance(30);
    const other = isBackwards ? ['first', 'after'] : ['last', 'before'];
    const written = args
      .filter(({ name }) => !other.includes(name))
      .flatMap((arg) =>
        arg.name === 'last'
          ? `last: ${Number(this.drawValue(this.draw, arg.name, arg.type, of))}`
          : (this.#writeArgument(arg, of) ?? []),
      );
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  #writeArgument(arg: GraphQLArgument | GraphQLInputField, of: string): string | undefined {
    const isRequired = isNonNullType(arg.type);
    if (!isRequired && !this.#chance(arg.name === 'filter' || arg.name === 'first' ? 70 : 35))
      return undefined;
    const type = isNonNullType(arg.type) ? arg.type.ofType : arg.type;
    if (isInputObjectType(type)) {
      // As one variable, or written out with variables in it.
      const fields = Object.values(type.getFields());
      if (this.#chance(30)) {
        const value = Object.fromEntries(
          fields
            .filter(() => this.#chance(35))
            .map((field) => [field.name, this.drawValue(this.draw, field.name, field.type, of)]),
        );
        return `${arg.name}: ${this.#variable(String(arg.type), value)}`;
      }
      const inner = fields
        .filter(() => this.#chance(40))
        .flatMap((field) => this.#writeArgument(field, of) ?? []);
      return `${arg.name}: { ${inner.join(', ')} }`;
    }
    const value =
      !isRequired && this.#chance(6) ? null : this.drawValue(this.draw, arg.name, arg.type, of);
    if (this.#chance(30))
      return `${arg.name}: ${this.#variable(String(arg.type), value, !isRequired && this.#chance(10))}`;
    const isEnum = isEnumType(getNamedType(type));
    return `${arg.name}: ${isEnum && value !== null ? String(value) : JSON.stringify(value)}`;
  }
}
