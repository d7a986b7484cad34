import type { HubPlugin } from '../../hub-plugin.js';

const [begin, end] = ['<!-- plugins -->', '<!-- /plugins -->'];

/** The page of settings, with a row for each variable of a plugin. */
export function printSettings(page: string, plugins: readonly HubPlugin[]): string {
  const rows = plugins.flatMap(({ settings = {} }) =>
    Object.entries(settings).map(([name, type]) => {
      const { meaning, unset } = type.meta() ?? {};
      return `| \`${name}\` | ${String(meaning)} | ${String(unset)} |`;
    }),
  );
  const table = ['| variable | meaning | default |', '|---|---|---|', ...rows].join('\n');
  const [before = '', after = ''] = [page.split(begin)[0], page.split(end)[1]];
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}
