import { render } from 'preact';
import { App } from './frame/app.tsx';
import { readSettings } from './frame/settings.ts';
import { loadLanguage } from './words/language.ts';

const root = document.querySelector('#app');
if (root) {
  await Promise.all([loadLanguage(), readSettings()]);
  render(<App />, root);
}
