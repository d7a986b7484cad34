import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { useContext } from 'preact/hooks';
import { t } from '../../../words/language.ts';
import { format } from '../state/format.ts';
import { fieldFacts } from '../state/schema.ts';
import { openInTab } from '../state/tabs.ts';
import { Description, Words } from './description.tsx';
import { Partners } from './partners.ts';
import { DocsLink, TypeLink } from './type-link.tsx';

/** How deep a first selection goes. */
const mostDepth = 3;
const mostFields = 8;

/** The name of a list’s objects in a connection. */
const isNodes = (name: string) => name === 'nodes';

/** Selects what needs no arguments: values, and for a connection its objects. */
function select(type: GraphQLNamedType, depth: number): string {
  if (!isCompositeType(type)) return '';
  if (!isObjectType(type) && !isInterfaceType(type)) return ' { __typename }';
  const fields = Object.values(type.getFields()).filter(
    ({ args }) => !args.some(isRequiredArgument),
  );
  const values = fields.filter(({ type: inner }) => !isCompositeType(getNamedType(inner)));
  const names = values.slice(0, mostFields).map(({ name }) => name);
  const nodes = fields.find(({ name }) => isNodes(name));
  if (nodes && depth < mostDepth)
    names.push(`${nodes.name}${select(getNamedType(nodes.type), depth + 1)}`);
  return ` { ${names.length > 0 ? names.join(' ') : '__typename'} }`;
}

/** A value of the right form, to be replaced by the reader. */
function sample(type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return sample(type.ofType, depth);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    if (depth >= mostDepth) return {};
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map((field) => [field.name, sample(field.type, depth + 1)]));
  }
  if (type.name === 'Int' || type.name === 'Float') return 0;
  return type.name === 'Boolean' ? false : '';
}

/** A first operation with a root field, and its variables; undefined for other fields. */
function startOperation(
  schema: GraphQLSchema,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
): { readonly query: string; readonly variables: string } | undefined {
  const kind =
    typeName === schema.getQueryType()?.name
      ? 'query'
      : typeName === schema.getMutationType()?.name
        ? 'mutation'
        : undefined;
  if (!kind) return undefined;
  const required = field.args.filter(isRequiredArgument);
  const declared = required.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = required.map(({ name }) => `${name}: $${name}`).join(', ');
  const operationName = `${field.name[0]?.toUpperCase() ?? ''}${field.name.slice(1)}`;
  const selection = select(getNamedType(field.type), 1);
  const query = `${kind} ${operationName}${declared && `(${declared})`} { ${field.name}${given && `(${given})`}${selection} }`;
  const values = Object.fromEntries(required.map(({ name, type }) => [name, sample(type)]));
  return {
    query: format(query) ?? query,
    variables: required.length > 0 ? JSON.stringify(values, undefined, 2) : '',
  };
}

/** Who owns a field, and who may read it there. */
function Owners({ coordinate }: { coordinate: string }) {
  const partners = useContext(Partners);
  const owners = Object.entries(fieldFacts.value[coordinate] ?? {});
  if (owners.length === 0) return null;
  const isMutation = coordinate.startsWith('Mutation.');
  return (
    <dl class="owners">
      {owners.map(([contract, readers]) => (
        <div key={contract}>
          <dt>{t('explorer.owner')}</dt>
          <dd>{describeOwner(contract, partners)}</dd>
          <dt>{t(isMutation ? 'explorer.callers' : 'explorer.readers')}</dt>
          <dd>
            <Words text={readers} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The organisations that serve a contract, by name. */
function describeOwner(contract: string, partners: readonly { subgraph: string; name: string }[]) {
  if (contract === 'hub') return t('explorer.hubItself');
  const names = partners.filter(({ subgraph }) => subgraph === contract).map(({ name }) => name);
  if (names.length === 0) return contract;
  return names.length === 1 ? names[0] : t('explorer.eachOf', { names: names.join(', ') });
}

/** Everything about a field: who owns it, who reads it, its type and its arguments. */
export function FieldPage(props: { schema: GraphQLSchema; type: string; name: string }) {
  const { schema, type: typeName, name } = props;
  const type = schema.getType(typeName);
  const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
  const field = hasFields ? type.getFields()[name] : undefined;
  const coordinate = `${typeName}.${name}`;
  if (!field) return <p>{t('explorer.notInSchema', { name: coordinate })}</p>;
  const start = 'args' in field ? startOperation(schema, typeName, field) : undefined;
  return (
    <>
      <h3 class="coordinate">
        <DocsLink place={{ type: typeName }}>{typeName}</DocsLink>.{name}
      </h3>
      <p>
        {t('explorer.type')}: <TypeLink type={field.type} />
      </p>
      <Description text={field.description} />
      {field.deprecationReason && (
        <p>{t('explorer.deprecated', { reason: field.deprecationReason })}</p>
      )}
      <Owners coordinate={coordinate} />
      {start && (
        <button type="button" onClick={() => openInTab(start.query, start.variables)}>
          {t('explorer.startWith')}
        </button>
      )}
      {'args' in field && field.args.length > 0 && <Arguments args={field.args} />}
    </>
  );
}

function Arguments({ args }: { args: readonly GraphQLArgument[] }) {
  return (
    <>
      <h4>{t('explorer.arguments')}</h4>
      <dl class="docs-list">
        {args.map(({ name, type, description, defaultValue }) => (
          <div key={name}>
            <dt>
              <code>{name}</code> <TypeLink type={type} />
              {defaultValue !== undefined && <code> = {JSON.stringify(defaultValue)}</code>}
            </dt>
            <dd>
              <Description text={description} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
