import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLSchema,
} from 'graphql';
import { t } from '../../../words/language.ts';
import { openInTab } from '../state/tabs.ts';
import { Description } from './description.tsx';
import { Owners } from './owners.tsx';
import { startOperation } from './start-operation.ts';
import { DocsLink, TypeLink } from './type-link.tsx';

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
