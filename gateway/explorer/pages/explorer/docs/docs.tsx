import type { GraphQLSchema } from 'graphql';
import { Loading, useFile } from '../../../parts/loading.tsx';
import { t } from '../../../words/language.ts';
import { fieldFacts, loadDescriptions } from '../state/schema.ts';
import { firstSentence, Words } from './description.tsx';
import { docsPlaces, docsSearch, goBackInDocs } from './docs-place.ts';
import { FieldPage } from './field-page.tsx';
import { searchDocs } from './search-docs.ts';
import { DocsLink } from './type-link.tsx';
import { TypePage } from './type-page.tsx';

/** The docs of the schema: search, and a page for each type and each field. */
export function Docs({ schema }: { schema: GraphQLSchema }) {
  const places = docsPlaces.value;
  const isDescribed = fieldFacts.value !== undefined;
  useFile('descriptions', isDescribed, loadDescriptions);
  if (!isDescribed) return <Loading />;
  return (
    <>
      <label>
        {t('explorer.searchDocs')}
        <input
          type="search"
          value={docsSearch.value}
          onInput={({ currentTarget }) => (docsSearch.value = currentTarget.value)}
        />
      </label>
      {docsSearch.value.trim() === '' ? (
        <>
          {places.length > 1 && (
            <button type="button" class="quiet" onClick={goBackInDocs}>
              ← {t('explorer.back')}
            </button>
          )}
          <DocsPage schema={schema} />
        </>
      ) : (
        <Found schema={schema} />
      )}
    </>
  );
}

function DocsPage({ schema: known }: { schema: GraphQLSchema }) {
  const { type, field } = docsPlaces.value.at(-1) ?? {};
  if (type === undefined) return <AllTypes schema={known} />;
  if (field === undefined) return <TypePage schema={known} name={type} />;
  return <FieldPage schema={known} type={type} name={field} />;
}

function Found({ schema: known }: { schema: GraphQLSchema }) {
  const found = searchDocs(known, docsSearch.value);
  return (
    <>
      <p role="status">
        {found.length === 0 ? t('response.nothing') : t('explorer.found', { n: found.length })}
      </p>
      <dl class="docs-list">
        {found.map(({ coordinate, description, place }) => (
          <div key={coordinate}>
            <dt>
              <DocsLink place={place}>{coordinate}</DocsLink>
            </dt>
            <dd>
              <Words text={firstSentence(description)} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function AllTypes({ schema: known }: { schema: GraphQLSchema }) {
  const roots = [known.getQueryType(), known.getMutationType()].flatMap((type) => type ?? []);
  const others = Object.values(known.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !roots.some((root) => root === type))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return (
    <>
      <h3>{t('explorer.roots')}</h3>
      <ul class="inline">
        {roots.map(({ name }) => (
          <li key={name}>
            <DocsLink place={{ type: name }}>{name}</DocsLink>
          </li>
        ))}
      </ul>
      <h3>{t('explorer.allTypes')}</h3>
      <ul class="inline">
        {others.map(({ name }) => (
          <li key={name}>
            <DocsLink place={{ type: name }}>{name}</DocsLink>
          </li>
        ))}
      </ul>
    </>
  );
}
