import { render } from 'preact';
import { App } from './frame/app.tsx';
import { readSettings } from './frame/settings.ts';
import { guardCopy } from './session/journey-copy.ts';
import { resumeSession } from './session/keep-session.ts';
import { loadLanguage } from './words/language.ts';

const root = document.querySelector('#app');
if (root) {
  guardCopy();
  await Promise.all([loadLanguage(), readSettings(), resumeSession()]);
  render(<App />, root);
}
