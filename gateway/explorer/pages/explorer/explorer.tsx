import { useEffect } from 'preact/hooks';
import { useQuery } from '../../client/use-query.ts';
import { graphql } from '../../generated/gql.ts';
import { Loading } from '../../parts/loading.tsx';
import { t } from '../../words/language.ts';
import { Partners } from './docs/partners.ts';
import { QueryEditor } from './editor/query-editor.tsx';
import { Panel } from './panel.tsx';
import { Result } from './result/result.tsx';
import { openLinked } from './state/operation-link.ts';
import { isMutation } from './state/operations.ts';
import { openRun } from './state/run.ts';
import { loadDescriptions, loadSchema, schemaState } from './state/schema.ts';
import { closeTab, nameOfTab, openInTab, openTab, showTab, tabs } from './state/tabs.ts';
import { Toolbar } from './toolbar.tsx';
import { VariablesEditor } from './variables/variables-editor.tsx';
import { useExplorerWords } from './words.ts';

/** The operations that the reader works on. */
function TabBar() {
  return (
    <nav class="operation-tabs" aria-label={t('explorer.tabs')}>
      <ul>
        {tabs.value.map((tab) => {
          const name = nameOfTab(tab) ?? t('explorer.untitled');
          return (
            <li key={tab.id}>
              <button
                type="button"
                class="quiet name"
                aria-current={tab.id === openTab.value.id ? 'true' : undefined}
                onClick={() => showTab(tab.id)}
              >
                {name}
              </button>
              <button
                type="button"
                class="quiet close"
                aria-label={t('explorer.closeTab', { name })}
                onClick={() => closeTab(tab.id)}
              >
                ×
              </button>
            </li>
          );
        })}
        <li>
          <button
            type="button"
            class="quiet"
            aria-label={t('explorer.newTab')}
            title={t('explorer.newTab')}
            onClick={() => openInTab('')}
          >
            +
          </button>
        </li>
      </ul>
    </nav>
  );
}

const partnersQuery = graphql(`
  query PageExplorer {
    partners {
      code
      name
      subgraph
      lastAnsweredAt
    }
  }
`);

/** Somebody else wrote the operation. If it changes data, the reader has to know that first. */
function LinkedNote() {
  const { query, operationName, isLinked } = openTab.value;
  if (!isLinked || !isMutation(query, operationName)) return null;
  return (
    <p class="note" role="status">
      {t('explorer.linkedMutation')}
    </p>
  );
}

/** Who writes wants the descriptions beside what completes. Without them, all else goes on. */
const prepareToWrite = () => void loadDescriptions().catch(() => {});

/** Where readers write operations of their own, and see what became of them. */
export function Explorer() {
  const areWordsHere = useExplorerWords();
  const { response, refetch } = useQuery(partnersQuery, {});
  useEffect(() => {
    openLinked();
    void loadSchema();
  }, []);
  // When a partner did not respond, it matters when they last did.
  const isIncomplete = openRun.value?.response?.completeness?.complete === false;
  useEffect(() => {
    if (isIncomplete) refetch();
  }, [isIncomplete]);
  if (!areWordsHere) return <Loading />;
  return (
    <Partners.Provider value={response?.data?.partners ?? []}>
      <div class="explorer">
        <h1>{t('frame.explorer')}</h1>
        {schemaState.value === 'off' && <p class="note">{t('explorer.noSchema')}</p>}
        {schemaState.value === 'failed' && <p role="alert">{t('response.failed')}</p>}
        <TabBar />
        <Toolbar />
        <div class="panes">
          <section class="writing" aria-labelledby="operation-title" onFocusIn={prepareToWrite}>
            <h2 id="operation-title">{t('explorer.operation')}</h2>
            <LinkedNote />
            <QueryEditor key={openTab.value.id} />
            <h3>{t('explorer.variables')}</h3>
            <VariablesEditor key={openTab.value.id} />
          </section>
          <Result />
          <Panel />
        </div>
      </div>
    </Partners.Provider>
  );
}
