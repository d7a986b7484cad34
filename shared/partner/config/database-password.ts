import { readFileSync } from 'node:fs';
import { describeFileError } from '../../system/file-error.js';
import { ConfigError } from '../../system/settings/read-environment.js';

const name = 'HUB_DATABASE_PASSWORD_FILE';

/**
 * Adds the password of a file to the URL of a PostgreSQL database, so that the environment does not
 * have it. The newline at the end of the file is not part of the password.
 * @throws {@link ConfigError} with what is wrong, without the password
 */
export function addPassword(url: string, file: string | undefined): string {
  if (file === undefined) return url;
  const refuse = (message: string) =>
    new ConfigError(`The environment is invalid:\n  ${name}: ${message}`);
  if (url.startsWith('sqlite:')) throw refuse('is for PostgreSQL only');
  const address = new URL(url);
  if (address.password) throw refuse('and DATABASE_URL both have a password. Remove one');
  if (!address.username) throw refuse('needs a user in DATABASE_URL');
  const password = readPassword(file, refuse);
  if (!password) throw refuse(`${file} is empty`);
  address.password = encodeURIComponent(password);
  return address.href;
}

function readPassword(file: string, refuse: (message: string) => ConfigError): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw refuse(describeFileError(error, file) ?? `${file} cannot be read`);
  }
}
