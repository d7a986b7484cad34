import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLSchema,
} from 'graphql';
import { useContext } from 'preact/hooks';
import { t } from '../../../words/language.ts';
import { addField } from '../fields/edit-operation.ts';
import { fieldFacts } from '../state/schema.ts';
import { openInTab } from '../state/tabs.ts';
import { Description, Words } from './description.tsx';
import { Partners } from './partners.ts';
import { DocsLink, TypeLink } from './type-link.tsx';

/** So many values of an object are selected in a first operation. */
const mostFields = 8;

/** A first operation with a root field, and its variables; undefined for other fields. */
function startOperation(schema: GraphQLSchema, typeName: string, name: string) {
  const kinds = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  const kind = kinds.find(([, type]) => type?.name === typeName)?.[0];
  const blank = { query: '', variables: '' };
  return kind && addField(schema, blank, [name], { kind, most: mostFields });
}

/** Who owns a field, and who may read it there. */
function Owners({ coordinate }: { coordinate: string }) {
  const partners = useContext(Partners);
  const owners = Object.entries(fieldFacts.value?.[coordinate] ?? {});
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
  const start = 'args' in field ? startOperation(schema, typeName, name) : undefined;
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
