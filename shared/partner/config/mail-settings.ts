import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeFileError } from '../../system/file-error.js';
import { isLoopback } from '../../system/settings/plain-http.js';
import { ConfigError } from '../../system/settings/read-environment.js';

/** The languages of mails. */
const languages = ['en', 'ru', 'da', 'et'] as const;

/** How a partner’s server sends its own people mails. */
export interface MailSettings {
  /** The mail server, and its user. */
  readonly smtp: URL;
  /** Read again for each round, so that a password can be replaced. */
  readonly passwordFile: string | undefined;
  readonly from: string;
  /** The other roles have no tasks. */
  readonly recipients: readonly {
    readonly role: 'coordinator' | 'liaison';
    readonly address: string;
  }[];
  readonly language: (typeof languages)[number];
  /** Where people open the hub’s pages. */
  readonly pages: string;
}

const addresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim().toLowerCase()))
  .pipe(z.array(z.email()).max(100));

/** The variables of a partner’s mails. */
export const mailVariables = {
  HUB_MAIL_SMTP: z.url({ protocol: /^smtps?$/ }).optional(),
  HUB_MAIL_PASSWORD_FILE: z.string().optional(),
  HUB_MAIL_FROM: z.email().optional(),
  HUB_MAIL_COORDINATORS: addresses.optional(),
  HUB_MAIL_LIAISONS: addresses.optional(),
  HUB_MAIL_LANGUAGE: z.enum(languages).optional(),
  HUB_MAIL_PAGES: z.url({ protocol: /^https?$/ }).optional(),
};

/**
 * The settings of a partner’s mails. Undefined if none is set: then nothing is sent.
 * @throws {@link ConfigError} with what is missing
 */
export function readMailSettings(
  set: z.output<z.ZodObject<typeof mailVariables>>,
): MailSettings | undefined {
  const { HUB_MAIL_SMTP: smtp, HUB_MAIL_FROM: from, HUB_MAIL_PAGES: pages } = set;
  const { HUB_MAIL_COORDINATORS: coordinators = [], HUB_MAIL_LIAISONS: liaisons = [] } = set;
  if (Object.keys(mailVariables).every((name) => set[name as keyof typeof set] === undefined))
    return undefined;
  const refuse = (message: string) =>
    new ConfigError(`The environment is invalid:\n  HUB_MAIL_SMTP: ${message}`);
  const all = [...coordinators, ...liaisons];
  if (smtp === undefined || from === undefined || pages === undefined || all.length === 0)
    throw refuse(
      'HUB_MAIL_FROM, HUB_MAIL_PAGES and an address of HUB_MAIL_COORDINATORS or HUB_MAIL_LIAISONS are required together',
    );
  if (new Set(all).size < all.length) throw refuse('an address stands twice');
  const url = new URL(smtp);
  if (url.password) throw refuse('put the password into HUB_MAIL_PASSWORD_FILE');
  if (Boolean(url.username) !== Boolean(set.HUB_MAIL_PASSWORD_FILE))
    throw refuse('a user and HUB_MAIL_PASSWORD_FILE are required together');
  return {
    smtp: url,
    passwordFile: set.HUB_MAIL_PASSWORD_FILE,
    from,
    recipients: [
      ...coordinators.map((address) => ({ role: 'coordinator', address }) as const),
      ...liaisons.map((address) => ({ role: 'liaison', address }) as const),
    ],
    language: set.HUB_MAIL_LANGUAGE ?? 'en',
    pages: pages.replace(/\/+$/, ''),
  };
}

const timeoutMs = 20_000;

/**
 * How the mail server is reached. Without TLS only on this machine.
 * @throws if the password cannot be read
 */
export function describeServer({ smtp, passwordFile }: MailSettings) {
  const { hostname: host, port, protocol, username } = smtp;
  const secure = protocol === 'smtps:';
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !isLoopback(host),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(passwordFile !== undefined && {
      auth: { user: decodeURIComponent(username), pass: readPassword(passwordFile) },
    }),
  };
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Error(describeFileError(error, file) ?? `${file} cannot be read`, { cause: error });
  }
}
