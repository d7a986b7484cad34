import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../system/settings/read-environment.js';
import { describeServer } from './mail-settings.js';
import { readPartnerConfig } from './partner-config.js';

const options = { module: import.meta.url, codes: ['nbnp'], defaultPort: () => 4102 };
const whole = {
  HUB_MAIL_SMTP: 'smtp://mail.example.org',
  HUB_MAIL_FROM: 'hub@example.org',
  HUB_MAIL_COORDINATORS: 'desk@example.org',
  HUB_MAIL_PAGES: 'https://hub.example.org/',
};
const read = (set: Readonly<Record<string, string>>) => readPartnerConfig(options, set, []).mail;

describe('HUB_MAIL_…', () => {
  it('are off until they are set', () => {
    expect(read({})).toBeUndefined();
    expect(read({ HUB_MAIL_SMTP: ' ' })).toBeUndefined();
  });

  it('are read together', () => {
    expect(
      read({
        ...whole,
        HUB_MAIL_LIAISONS: ' A@example.org,b@example.org',
        HUB_MAIL_LANGUAGE: 'et',
      }),
    ).toEqual({
      smtp: new URL('smtp://mail.example.org'),
      passwordFile: undefined,
      from: 'hub@example.org',
      recipients: [
        { role: 'coordinator', address: 'desk@example.org' },
        { role: 'liaison', address: 'a@example.org' },
        { role: 'liaison', address: 'b@example.org' },
      ],
      language: 'et',
      pages: 'https://hub.example.org',
    });
    expect(read(whole)?.language).toBe('en');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['without a sender', { ...whole, HUB_MAIL_FROM: '' }],
    ['without pages', { ...whole, HUB_MAIL_PAGES: '' }],
    ['without an address', { ...whole, HUB_MAIL_COORDINATORS: '' }],
    ['without a server', { HUB_MAIL_FROM: 'hub@example.org' }],
    ['with the language alone', { HUB_MAIL_LANGUAGE: 'da' }],
    ['with an unknown language', { ...whole, HUB_MAIL_LANGUAGE: 'de' }],
    ['with another protocol', { ...whole, HUB_MAIL_SMTP: 'http://mail.example.org' }],
    ['with what is no address', { ...whole, HUB_MAIL_COORDINATORS: 'desk@example.org,desk' }],
    ['with an address in two roles', { ...whole, HUB_MAIL_LIAISONS: 'Desk@example.org' }],
    ['with two addresses in one', { ...whole, HUB_MAIL_FROM: 'a@example.org\nBcc: b@example.org' }],
    ['with a user without a password', { ...whole, HUB_MAIL_SMTP: 'smtp://hub@mail.example.org' }],
    ['with a password without a user', { ...whole, HUB_MAIL_PASSWORD_FILE: '/password' }],
    [
      'with a password in the URL',
      { ...whole, HUB_MAIL_SMTP: 'smtp://hub:secret@mail.example.org' },
    ],
  ])('are refused %s', (_what, set) => {
    expect(() => read(set)).toThrow(ConfigError);
    expect(() => read(set)).toThrow(/HUB_MAIL_/);
    expect(() => read(set)).not.toThrow(/secret/);
  });

  it.each([
    [
      'smtp://mail.example.org',
      { host: 'mail.example.org', port: 587, secure: false, requireTLS: true },
    ],
    ['smtps://mail.example.org', { port: 465, secure: true }],
    ['smtps://[2001:db8::1]:2465', { host: '2001:db8::1', port: 2465, secure: true }],
    ['smtp://localhost:25', { port: 25, secure: false, requireTLS: false }],
  ])('reach %s only with TLS, but on this machine', (smtp, expected) => {
    const settings = read({ ...whole, HUB_MAIL_SMTP: smtp });
    expect(settings && describeServer(settings)).toMatchObject(expected);
  });
});
