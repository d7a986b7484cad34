import { ConfigError } from '@hub/shared/config';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('readConfig', () => {
  it('serves on the offices’ port, over a database in its data folder with the demonstration', () => {
    expect(readConfig({ HUB_DATA_DIR: 'data' }, [])).toMatchObject({
      partner: 'ncm',
      task: 'serve',
      port: 4101,
      host: '127.0.0.1',
      content: 'demonstration',
      databaseUrl: expect.stringMatching(/^sqlite:.*ncm\.sqlite$/),
    });
  });

  it('fills a database of its own with nothing', () => {
    const url = 'postgres://offices@database/ncm';
    // Outside a clone there are no others.
    const keys = { HUB_PRIVATE_KEYS: 'own.private.json', HUB_KEYS: 'hub.public.json' };
    expect(readConfig({ DATABASE_URL: url, PORT: '80', ...keys }, [])).toMatchObject({
      databaseUrl: url,
      port: 80,
      content: 'nothing',
    });
  });

  it('refuses to be another partner', () => {
    expect(() => readConfig({}, ['--partner', 'dk'])).toThrow(ConfigError);
  });
});
