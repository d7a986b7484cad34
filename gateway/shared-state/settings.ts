import { ConfigError } from '@hub/shared/config';

export interface SharedStateSettings {
  readonly url: string;
  /** The file of the store’s password. @default that of the URL, or none */
  readonly passwordFile: string | undefined;
}

interface Variables {
  readonly HUB_SHARED_STATE?: string | undefined;
  readonly HUB_SHARED_STATE_PASSWORD_FILE?: string | undefined;
}

/**
 * The store by which several hubs share state; undefined if there is none.
 * @param locate makes a path of the environment complete
 * @throws `ConfigError`
 */
export function readSharedState(
  { HUB_SHARED_STATE: url, HUB_SHARED_STATE_PASSWORD_FILE: file }: Variables,
  locate: (file: string) => string,
): SharedStateSettings | undefined {
  const refuse = (message: string) =>
    new ConfigError(`The environment is invalid:\n  HUB_SHARED_STATE_PASSWORD_FILE: ${message}`);
  if (url === undefined) {
    if (file === undefined) return undefined;
    throw refuse('needs HUB_SHARED_STATE');
  }
  if (file !== undefined && new URL(url).password)
    throw refuse('and HUB_SHARED_STATE both have a password. Remove one');
  return { url, passwordFile: file === undefined ? undefined : locate(file) };
}
