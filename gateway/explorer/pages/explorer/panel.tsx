import { useSignal } from '@preact/signals';
import type { GraphQLSchema } from 'graphql';
import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Loading, useFile } from '../../parts/loading.tsx';
import { formatTime, t } from '../../words/language.ts';
import { Words } from './docs/description.tsx';
import { docsPlaces } from './docs/docs-place.ts';
import { Docs } from './docs/docs.tsx';
import { Fields } from './fields/fields.tsx';
import { clearHistory, history } from './state/history.ts';
import { nameOf } from './state/operations.ts';
import { openPanel } from './state/panel.ts';
import { schema, schemaState } from './state/schema.ts';
import { openInTab, openTab } from './state/tabs.ts';

/** What stands beside the editor. */
export function Panel() {
  const panel = openPanel.value;
  const places = docsPlaces.value;
  const aside = useRef<HTMLElement>(null);
  useEffect(() => aside.current?.scrollTo(0, 0), [panel, places]);
  return (
    <aside
      id="explorer-panel"
      ref={aside}
      hidden={!panel}
      tabIndex={0}
      aria-labelledby="explorer-panel-title"
    >
      {panel && <h2 id="explorer-panel-title">{t(`explorer.${panel}`)}</h2>}
      {panel === 'fields' && <OfSchema key={openTab.value.id} show={Fields} />}
      {panel === 'examples' && <Examples />}
      {panel === 'docs' && <OfSchema show={Docs} />}
      {panel === 'history' && <History />}
      {panel === 'help' && <Help />}
    </aside>
  );
}

/** What needs the schema, or why it is not there. */
function OfSchema({ show: Show }: { show: FunctionComponent<{ schema: GraphQLSchema }> }) {
  const state = schemaState.value;
  if (state === 'loading') return <Loading />;
  if (schema.value) return <Show schema={schema.value} />;
  return <p>{t(state === 'off' ? 'explorer.noSchema' : 'response.failed')}</p>;
}

/** The examples of one kind of partner: `examples.json`. */
interface ExamplePart {
  readonly name: string;
  readonly examples: readonly {
    readonly name: string;
    /** The line above it in the partner’s file. */
    readonly comment: string;
    readonly query: string;
  }[];
}

/** The operations that the partners publish as examples. Each opens in a tab. */
function Examples() {
  const parts = useSignal<readonly ExamplePart[] | undefined>(undefined);
  const wanted = useSignal('');
  useFile('examples', parts.value !== undefined, async () => {
    parts.value = (await import('../../generated/examples.json')).default;
  });
  if (!parts.value) return <Loading />;
  const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return (
    <>
      <label>
        {t('explorer.searchExamples')}
        <input
          type="search"
          value={wanted.value}
          onInput={({ currentTarget }) => (wanted.value = currentTarget.value)}
        />
      </label>
      {parts.value.map(({ name, examples }) => {
        const found = examples.filter((one) => isWanted(`${one.name} ${one.comment} ${one.query}`));
        return found.length === 0 ? null : (
          <div key={name}>
            <h3>{name}</h3>
            <ul class="operations">
              {found.map((one) => (
                <li key={one.name}>
                  <button type="button" class="docs-link" onClick={() => openInTab(one.query)}>
                    {one.name}
                  </button>
                  <Words text={one.comment} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
}

/** What the reader ran before. Each opens in a tab. */
function History() {
  if (history.value.length === 0) return <p>{t('explorer.noHistory')}</p>;
  return (
    <>
      <p>{t('explorer.historyNote')}</p>
      <button type="button" class="quiet" onClick={clearHistory}>
        {t('explorer.clearHistory')}
      </button>
      <ul class="operations">
        {history.value.map(({ query, variables, at }) => (
          <li key={at}>
            <button type="button" class="docs-link" onClick={() => openInTab(query, variables)}>
              {nameOf(query) ?? t('explorer.untitled')}
            </button>
            <span>{formatTime(at)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Help() {
  const lines = ['Run', 'Complete', 'Docs', 'Leave', 'Find', 'Link', 'Kept', 'SignIn'] as const;
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{t(`explorer.help${line}`)}</li>
      ))}
    </ul>
  );
}
