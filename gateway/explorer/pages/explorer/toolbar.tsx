import { CopyButton } from '../../parts/copy-button.tsx';
import { person } from '../../session/session.ts';
import { t, type WordKey } from '../../words/language.ts';
import { format } from './state/format.ts';
import { createCurl, createLink } from './state/operation-link.ts';
import { isMutation, listOperations } from './state/operations.ts';
import { openPanel, panels, type Panel } from './state/panel.ts';
import { openRun, runOpenTab, stopOpenTab } from './state/run.ts';
import { changeTab, openTab } from './state/tabs.ts';

const panelWords: Record<Panel, WordKey> = {
  fields: 'explorer.fields',
  examples: 'explorer.examples',
  docs: 'explorer.docs',
  history: 'explorer.history',
  help: 'explorer.help',
};

/** What the reader can do with the operation, and what can stand beside it. */
export function Toolbar() {
  const { query, variables } = openTab.value;
  const formatted = format(query);
  return (
    <div class="toolbar">
      <div class="row">
        <RunButton />
        <OperationChoice />
        <button
          type="button"
          class="quiet"
          disabled={formatted === undefined}
          onClick={() => formatted !== undefined && changeTab({ query: formatted })}
        >
          {t('explorer.format')}
        </button>
        <CopyButton label="explorer.copyLink" text={() => createLink(query, variables)} />
        <CopyButton
          label="explorer.copyCurl"
          text={() => createCurl(query, variables, person.peek() !== undefined)}
        />
      </div>
      <div class="row" role="group" aria-label={t('explorer.beside')}>
        {panels.map((panel) => (
          <button
            key={panel}
            type="button"
            class="quiet toggle"
            aria-expanded={openPanel.value === panel}
            aria-controls="explorer-panel"
            onClick={() => (openPanel.value = openPanel.value === panel ? undefined : panel)}
          >
            {t(panelWords[panel])}
          </button>
        ))}
      </div>
    </div>
  );
}

function RunButton() {
  const isRunning = openRun.value?.isRunning ?? false;
  const { query, operationName } = openTab.value;
  if (isRunning)
    return (
      <button type="button" onClick={stopOpenTab}>
        {t('explorer.stop')}
      </button>
    );
  return (
    <button type="button" aria-keyshortcuts="Control+Enter" onClick={() => void runOpenTab()}>
      <span aria-hidden="true">▶</span>{' '}
      {t(isMutation(query, operationName) ? 'explorer.runMutation' : 'explorer.run')}
    </button>
  );
}

/** Of several operations in one document, one runs. */
function OperationChoice() {
  const { query, operationName } = openTab.value;
  const names = listOperations(query).map(({ name }) => name);
  const [first] = names;
  const isKnown = operationName !== undefined && names.includes(operationName);
  // The name must not outlive the operation: the hub would look for it.
  if (operationName !== undefined && first !== undefined && !isKnown)
    queueMicrotask(() => changeTab({ operationName: undefined }));
  if (names.length < 2) return null;
  return (
    <label class="choice">
      <span class="unseen">{t('explorer.whichOperation')}</span>
      <select
        value={isKnown ? operationName : first}
        onChange={({ currentTarget }) => changeTab({ operationName: currentTarget.value })}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
