import { ConfigError } from '@hub/shared/system';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('readConfig', () => {
  it('serves on the network’s port, with a database and the demonstration in its data folder', () => {
    expect(readConfig({ HUB_DATA_DIR: 'data' }, [])).toMatchObject({
      partner: 'nbnp',
      task: 'serve',
      port: 4102,
      host: '127.0.0.1',
      content: 'demonstration',
      databaseUrl: expect.stringMatching(/^sqlite:.*databases.nbnp\.sqlite$/),
    });
  });

  it('leaves out the demonstration on request', () => {
    expect(readConfig({ HUB_DATA_DIR: 'data' }, ['--facts-only'])).toMatchObject({
      content: 'facts',
      databaseUrl: expect.stringMatching(/databases-facts-only.nbnp\.sqlite$/),
    });
  });

  it('refuses the code of another partner', () => {
    expect(() => readConfig({}, ['--partner', 'dk'])).toThrow(ConfigError);
  });
});
