import {
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { t } from '../../../words/language.ts';
import { fieldFacts } from '../state/schema.ts';
import { Description, firstSentence, Words } from './description.tsx';
import { DocsLink, TypeLink } from './type-link.tsx';

type Fields = ReturnType<Extract<GraphQLNamedType, { getFields: unknown }>['getFields']>;

/** Everything about a type: its fields, its values, and the types that belong to it. */
export function TypePage({ schema, name }: { schema: GraphQLSchema; name: string }) {
  const type = schema.getType(name);
  if (!type) return <p>{t('explorer.notInSchema', { name })}</p>;
  const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
  return (
    <>
      <h3 class="coordinate">{name}</h3>
      <Description text={type.description} />
      {isAbstractType(type) && (
        <TypeList
          title={t('explorer.possibleTypes')}
          names={schema.getPossibleTypes(type).map((possible) => possible.name)}
        />
      )}
      {isObjectType(type) && type.getInterfaces().length > 0 && (
        <TypeList
          title={t('explorer.interfaces')}
          names={type.getInterfaces().map((one) => one.name)}
        />
      )}
      {hasFields && <FieldList type={name} fields={type.getFields()} />}
      {isEnumType(type) && (
        <>
          <h4>{t('explorer.values')}</h4>
          <dl class="docs-list">
            {type.getValues().map(({ name: value, description }) => (
              <div key={value}>
                <dt>
                  <code>{value}</code>
                </dt>
                <dd>
                  <Words text={description ?? ''} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

function TypeList({ title, names }: { title: string; names: readonly string[] }) {
  return (
    <>
      <h4>{title}</h4>
      <ul class="inline">
        {names.map((name) => (
          <li key={name}>
            <DocsLink place={{ type: name }}>{name}</DocsLink>
          </li>
        ))}
      </ul>
    </>
  );
}

function FieldList({ type, fields }: { type: string; fields: Fields }) {
  return (
    <>
      <h4>{t('explorer.fields')}</h4>
      <dl class="docs-list">
        {Object.values(fields).map((field) => (
          <div key={field.name}>
            <dt>
              <DocsLink place={{ type, field: field.name }}>{field.name}</DocsLink>{' '}
              <TypeLink type={field.type} />
            </dt>
            <dd>
              <Words text={firstSentence(field.description)} />
              <Restriction coordinate={`${type}.${field.name}`} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** In lists, only what is not open to everybody is said. */
function Restriction({ coordinate }: { coordinate: string }) {
  const readers = new Set(Object.values(fieldFacts.value?.[coordinate] ?? {}));
  readers.delete('everybody');
  if (readers.size === 0) return null;
  return <small class="restricted">{t('explorer.restricted')}</small>;
}
