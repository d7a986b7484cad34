import { effect, signal } from '@preact/signals';

export const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const storageKey = 'hub-theme';
const isTheme = (text: string | null): text is Theme => themes.some((one) => one === text);
const kept = localStorage.getItem(storageKey);

export const theme = signal<Theme>(isTheme(kept) ? kept : 'system');

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = signal(systemIsDark.matches);
systemIsDark.addEventListener('change', ({ matches }) => (systemTheme.value = matches));

const forcesColours = matchMedia('(forced-colors: active)');
/** True if the system’s own colours replace those of the pages. */
export const areForced = signal(forcesColours.matches);
forcesColours.addEventListener('change', ({ matches }) => (areForced.value = matches));

/** True if the pages are dark now. Drawings read it, because they take no colours from CSS. */
export const isDark = () =>
  areForced.value || theme.value === 'system' ? systemTheme.value : theme.value === 'dark';

effect(() => {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
});

export function keepTheme(text: string): void {
  if (!isTheme(text)) return;
  localStorage.setItem(storageKey, text);
  theme.value = text;
}
