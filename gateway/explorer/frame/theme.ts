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

/** True if the pages are dark now. Drawings read it, because they take no colours from CSS. */
export const isDark = () =>
  theme.value === 'dark' || (theme.value === 'system' && systemTheme.value);

effect(() => {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
});

export function keepTheme(text: string): void {
  if (!isTheme(text)) return;
  localStorage.setItem(storageKey, text);
  theme.value = text;
}
