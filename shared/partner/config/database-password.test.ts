import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../system/settings/read-environment.js';
import { addPassword } from './database-password.js';

function writePassword(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hub-password-'));
  const file = join(folder, 'password');
  writeFileSync(file, text);
  return { file, folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

const url = 'postgres://dk@database:5432/dk';

describe('HUB_DATABASE_PASSWORD_FILE', () => {
  it('changes nothing if it is not set', () => {
    expect(addPassword(url, undefined)).toBe(url);
  });

  it.each(['plain\n', 'plain', 'pl:a/i@n?#% ü"\n', 'with\nnewline\r\n'])(
    'takes the text of the file as it is: %j',
    (text) => {
      using written = writePassword(text);
      const { password, username, host, pathname } = new URL(addPassword(url, written.file));
      expect(decodeURIComponent(password)).toBe(text.replace(/\r?\n$/, ''));
      expect([username, host, pathname]).toEqual(['dk', 'database:5432', '/dk']);
    },
  );

  it.each([
    ['sqlite:dk.sqlite', /is for PostgreSQL only/],
    ['postgres://dk:other@database/dk', /both have a password/],
    ['postgres://database/dk', /needs a user/],
  ])('is refused with %s', (address, reason) => {
    using written = writePassword('secret');
    expect(() => addPassword(address, written.file)).toThrow(reason);
    expect(() => addPassword(address, written.file)).not.toThrow(/secret/);
  });

  it('says which file is missing, a folder or empty', () => {
    using written = writePassword('\n');
    expect(() => addPassword(url, written.file)).toThrow(`${written.file} is empty`);
    expect(() => addPassword(url, join(written.folder, 'none'))).toThrow(/none cannot be read/);
    expect(() => addPassword(url, written.folder)).toThrow(/is a folder, not a file/);
    expect(() => addPassword(url, written.folder)).toThrow(ConfigError);
  });
});
