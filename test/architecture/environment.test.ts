import { describe, expect, it } from 'vitest';
import { printSettings } from '../../gateway/cli/reference/print-settings.js';
import { plugins, pluginVariables } from '../../gateway/plugins/list.js';
import { listFiles, readFile } from './read-tree.js';

const files = listFiles();

/** The variables that a config file reads: the keys of its zod object. */
const readKeys = (path: string) =>
  [
    ...readFile(path).matchAll(
      /^ {2}([A-Z][A-Z_]+): (?:z|port|workers|flag|limit|milliseconds|addresses|metricsReaders)\b/gm,
    ),
  ].map(([, key = '']) => key);

/** The variables that a README has a row for. */
const readRows = (path: string) =>
  [...readFile(path).matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)].map(([, key = '']) => key);

/** The variables that an example sets, or shows in a comment. */
const readExample = (path: string) =>
  [...readFile(path).matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, key = '']) => key);

const partnerKeys = [
  'partner/config/partner-config',
  'partner/config/mail-settings',
  'partner/config/publication-settings',
  'system/settings/tls-settings',
].flatMap((file) => readKeys(`shared/${file}.ts`));

// Which partner to be is asked where there are several, and a data folder is a clone’s.
const optional = ['HUB_PARTNER', 'HUB_DATA_DIR'];

describe('the environment', () => {
  it('of the hub is what its page of settings says', () => {
    expect(readRows('gateway/docs/settings.md').sort()).toEqual(
      [
        ...readKeys('gateway/server/settings/hub-variables.ts'),
        ...Object.keys(pluginVariables),
        ...readKeys('shared/system/settings/tls-settings.ts'),
      ].sort(),
    );
  });

  it('of plugins has its rows written by `npm run docs:emit`', () => {
    const page = readFile('gateway/docs/settings.md');
    expect(printSettings(page, plugins)).toBe(page);
    expect(page).not.toContain('undefined');
  });

  it('of the limits, on the hub and on partners, is what the guide says', () => {
    const keys = readKeys('shared/graphql/limits/limit-variables.ts');
    expect(keys.length).toBeGreaterThan(10);
    expect(readRows('gateway/docs/limits.md').sort()).toEqual(keys.sort());
  });

  it('of a partner’s PostgreSQL is what the README of its database says', () => {
    const keys = partnerKeys.filter((key) => key.startsWith('HUB_POSTGRES_'));
    expect(keys).toHaveLength(4);
    expect(readRows('shared/database/README.md').sort()).toEqual(keys.sort());
  });

  it.each(files.filter((path) => path.endsWith('.env.example')))(
    'in %s is what the partner reads',
    (path) => {
      const keys = readExample(path);
      expect(keys.filter((key) => !partnerKeys.includes(key))).toEqual([]);
      expect(partnerKeys.filter((key) => !keys.includes(key) && !optional.includes(key))).toEqual(
        [],
      );
    },
  );
});
