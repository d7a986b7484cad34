import { describe, expect, it } from 'vitest';
import { partnerLimits } from '../../graphql/limits/limits.js';
import { ConfigError, type Environment } from '../../system/settings/read-environment.js';
import { readCommonSettings, readPartnerConfig } from './partner-config.js';

const read = (
  environment: Environment = {},
  argv: string[] = [],
  codes = ['nbnp'],
  module = import.meta.url,
) => readPartnerConfig({ module, codes, defaultPort: () => 4102 }, environment, argv);

describe('readPartnerConfig', () => {
  it('has a clone’s database in its data folder, with the demonstration', () => {
    const config = read();
    expect(config).toMatchObject({
      partner: 'nbnp',
      port: 4102,
      host: '127.0.0.1',
      content: 'demonstration',
    });
    expect(config.databaseUrl).toMatch(/^sqlite:.*\/\.data\/databases\/nbnp\.sqlite$/);
  });

  it('has another database without the demonstration', () => {
    const config = read({}, ['--facts-only']);
    expect(config.content).toBe('facts');
    expect(config.databaseUrl).toMatch(/\/\.data\/databases-facts-only\/nbnp\.sqlite$/);
  });

  it('leaves a partner’s own database empty by default', () => {
    const own = { DATABASE_URL: 'postgres://db/nbnp' };
    expect(read(own).content).toBe('nothing');
    expect(read(own, ['--facts-only']).content).toBe('nothing');
    expect(read(own, ['--seed-only'])).toMatchObject({ task: 'seed', content: 'facts' });
    expect(read({ ...own, HUB_CONTENT: 'demonstration' }).content).toBe('demonstration');
    expect(read({ ...own, HUB_CONTENT: 'demonstration' }, ['--facts-only']).content).toBe('facts');
  });

  it.each(['', ' ', '\t'])('takes a blank variable as not set: %j', (blank) => {
    expect(read({ PORT: blank, HUB_LIMIT_BODY_BYTES: blank })).toMatchObject(read());
  });

  it('reads the data folder from the environment', () => {
    expect(read({ HUB_DATA_DIR: '/elsewhere' }).databaseUrl).toBe(
      'sqlite:/elsewhere/databases/nbnp.sqlite',
    );
  });

  it('reads limits from the environment, with the defaults for partners', () => {
    expect(read().limits).toEqual(partnerLimits);
    expect(read({ HUB_LIMIT_DEPTH: '9' }).limits).toEqual({ ...partnerLimits, depth: 9 });
    expect(() => read({ HUB_LIMIT_DEPTH: '-1' })).toThrow('HUB_LIMIT_DEPTH');
  });

  it('withholds counts below 5 people by default', () => {
    expect(read().countThreshold).toBe(5);
    expect(read({ HUB_COUNT_THRESHOLD: '1' }).countThreshold).toBe(1);
    expect(() => read({ HUB_COUNT_THRESHOLD: '0' })).toThrow('HUB_COUNT_THRESHOLD');
  });

  it('keeps each kind of personal data as long as the founding contract says, or as set', () => {
    const usual = {
      TRAVEL_NEEDS: 30,
      FORMALITIES: 90,
      CONTACTS: 730,
      REPORTS: 730,
      DECISIONS: 1825,
      READERS: 730,
    };
    expect(read().retention).toEqual(usual);
    const some = { HUB_RETENTION: 'REPORTS=365, TRAVEL_NEEDS=14' };
    const expected = { ...usual, REPORTS: 365, TRAVEL_NEEDS: 14 };
    expect(read(some).retention).toEqual(expected);
    expect(readCommonSettings(some).retention).toEqual(expected);
    for (const value of ['REPORTS', 'REPORTS=x', 'REPORTS=-1', 'NAMES=3', 'REPORTS=36501']) {
      expect(() => read({ HUB_RETENTION: value }), value).toThrow(/HUB_RETENTION.*must be kinds/);
    }
    // The name of a person goes last of hers. Who read is another matter.
    expect(read({ HUB_RETENTION: 'READERS=3650' }).retention?.READERS).toBe(3650);
    expect(() => read({ HUB_RETENTION: 'DECISIONS=100' })).toThrow(/kept longer than DECISIONS/);
  });

  it('limits fields to purposes, as set', () => {
    expect(read().fieldPurposes).toEqual(new Map());
    const set = { HUB_FIELD_PURPOSES: 'Officer.email=HOSTING+SAFETY, Expert.email=AUDIT' };
    expect([...(read(set).fieldPurposes ?? [])]).toEqual([
      ['Officer.email', ['HOSTING', 'SAFETY']],
      ['Expert.email', ['AUDIT']],
    ]);
    expect(() => read({ HUB_FIELD_PURPOSES: 'Officer.email' })).toThrow(
      /HUB_FIELD_PURPOSES.*must be fields with purposes/,
    );
  });

  it('takes the days of travel needs from the older setting, unless both differ', () => {
    expect(read().retention?.TRAVEL_NEEDS).toBe(30);
    for (const [value, days] of [
      ['', 30],
      ['0', 0],
      ['14', 14],
      ['365', 365],
    ] as const) {
      const set = { HUB_TRAVEL_NEEDS_DAYS: value };
      expect(read(set).retention?.TRAVEL_NEEDS, value).toBe(days);
      expect(readCommonSettings(set).retention.TRAVEL_NEEDS, value).toBe(days);
    }
    const both = { HUB_RETENTION: 'TRAVEL_NEEDS=14', HUB_TRAVEL_NEEDS_DAYS: '7' };
    expect(() => read(both)).toThrow(/HUB_TRAVEL_NEEDS_DAYS: differs/);
    for (const value of ['-1', '366', '7.5', 'a month', '30 days', 'Infinity']) {
      const set = { HUB_TRAVEL_NEEDS_DAYS: value };
      expect(() => read(set), value).toThrow('HUB_TRAVEL_NEEDS_DAYS');
      expect(() => readCommonSettings(set), value).toThrow('HUB_TRAVEL_NEEDS_DAYS');
    }
  });

  it('reads the size of PostgreSQL’s pool from the environment', () => {
    expect(read().databaseConnections).toBe(10);
    expect(read({ HUB_POSTGRES_CONNECTIONS: '3' }).databaseConnections).toBe(3);
    for (const value of ['0', '-1', 'many', '1001'])
      expect(() => read({ HUB_POSTGRES_CONNECTIONS: value })).toThrow('HUB_POSTGRES_CONNECTIONS');
  });

  it('reads the timeouts of PostgreSQL from the environment', () => {
    expect(read().databaseTimeouts).toEqual({
      statementMs: 4000,
      lockMs: 3000,
      connectionMs: 3000,
    });
    const set = {
      HUB_POSTGRES_STATEMENT_MS: '20000',
      HUB_POSTGRES_LOCK_MS: '10000',
      HUB_POSTGRES_CONNECTION_MS: '500',
    };
    expect(read(set).databaseTimeouts).toEqual({
      statementMs: 20_000,
      lockMs: 10_000,
      connectionMs: 500,
    });
    for (const key of Object.keys(set)) {
      for (const value of ['0', '-1', 'soon', '600001']) {
        expect(() => read({ [key]: value }), `${key}=${value}`).toThrow(key);
      }
    }
  });

  it('requires a database outside a clone', () => {
    expect(() => read({}, [], ['nbnp'], 'file:///away/nbnp/config.js')).toThrow(
      /DATABASE_URL: is required/,
    );
  });

  it('requires the partner’s code if there are several', () => {
    expect(read({}, ['--partner', 'no'], ['dk', 'no']).partner).toBe('no');
    expect(read({ HUB_PARTNER: 'dk' }, [], ['dk', 'no']).partner).toBe('dk');
    expect(() => read({}, [], ['dk', 'no'])).toThrow('must be one of dk, no');
    expect(() => read({}, ['--partner', 'ru'], ['dk', 'no'])).toThrow(ConfigError);
  });

  it('reads a back-up task, with paths relative to where the command was called', () => {
    const inFolder = (...argv: string[]) => read({ INIT_CWD: '/given' }, argv).task;
    expect(inFolder('backup', '--to', 'a')).toEqual({ kind: 'back-up', file: '/given/a' });
    expect(inFolder('backup', '--verify', '/a')).toEqual({ kind: 'verify', file: '/a' });
    expect(inFolder('restore', '--from', 'a')).toEqual({ kind: 'restore', file: '/given/a' });
    for (const words of [
      'backup',
      'restore --to a',
      'backup --to a --verify b',
      '--to a',
      'other',
    ]) {
      expect(() => read({}, words.split(' ')), words).toThrow(/Give backup --to FILE/);
    }
  });

  it('names every invalid variable, and an unknown flag', () => {
    expect(() => read({ PORT: 'x', DATABASE_URL: 'mysql://db' })).toThrow(
      /PORT[\s\S]*DATABASE_URL/,
    );
    expect(() => read({}, ['--fact-only'])).toThrow('The command line is invalid');
  });
});
