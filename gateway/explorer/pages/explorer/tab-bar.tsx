import { t } from '../../words/language.ts';
import { closeTab, nameOfTab, openInTab, openTab, showTab, tabs } from './state/tabs.ts';

/** The operations that the reader works on. */
export function TabBar() {
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
