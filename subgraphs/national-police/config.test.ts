import { ConfigError } from '@hub/shared/system';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('readConfig', () => {
  it('gives each police force its own port and its own database', () => {
    const ports = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'].map((code) => {
      const { partner, port, databaseUrl } = readConfig({ HUB_DATA_DIR: 'data' }, [
        '--partner',
        code,
      ]);
      expect(partner).toBe(code);
      expect(databaseUrl).toMatch(new RegExp(`^sqlite:.*${code}\\.sqlite$`));
      return port;
    });
    expect(ports).toEqual([4111, 4112, 4113, 4114, 4115, 4116, 4117, 4118]);
  });

  it('runs as the police force of any other country', () => {
    const { partner, port } = readConfig({ HUB_DATA_DIR: 'data' }, ['--partner', 'pl']);
    expect([partner, port]).toEqual(['pl', 4110]);
  });

  it('reads the police force from the environment; the flag takes precedence', () => {
    const environment = { HUB_PARTNER: 'se', HUB_DATA_DIR: 'data' };
    expect(readConfig(environment, []).partner).toBe('se');
    expect(readConfig(environment, ['--partner', 'no']).partner).toBe('no');
    expect(readConfig({ ...environment, PORT: '80' }, []).port).toBe(80);
  });

  it.each([[[]], [['--partner', 'ru']], [['--partner', 'DK']], [['--partner', 'nbnp']]])(
    'says which codes there are for %j',
    (argv) => {
      expect(() => readConfig({}, argv)).toThrow(ConfigError);
      expect(() => readConfig({}, argv)).toThrow(
        'must be the code of a country in two lower-case letters, such as no',
      );
    },
  );
});
