import { ConfigError } from '@hub/shared/system';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('readConfig', () => {
  it('serves on the offices’ port, with a database and the demonstration in its data folder', () => {
    expect(readConfig({ HUB_DATA_DIR: 'data' }, [])).toMatchObject({
      partner: 'ncm',
      task: 'serve',
      port: 4101,
      host: '127.0.0.1',
      content: 'demonstration',
      databaseUrl: expect.stringMatching(/^sqlite:.*ncm\.sqlite$/),
    });
  });

  it('loads no demonstration into an external database', () => {
    const url = 'postgres://offices@database/ncm';
    // Outside a clone there are no other partners.
    const keys = { HUB_PRIVATE_KEYS: 'own.private.json', HUB_KEYS: 'hub.public.json' };
    expect(readConfig({ DATABASE_URL: url, PORT: '80', ...keys }, [])).toMatchObject({
      databaseUrl: url,
      port: 80,
      content: 'nothing',
    });
  });

  it('refuses the code of another partner', () => {
    expect(() => readConfig({}, ['--partner', 'dk'])).toThrow(ConfigError);
  });
});
