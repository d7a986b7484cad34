import 'reflect-metadata';
import { usualRetention } from '../../records/manifest/retention.js';

import { z } from 'zod';
import { openDatabase } from '../../database/data-source.js';
import { noHub } from '../../policy/context/ask-hub.js';
import { type Logger, silentLogger } from '../../system/logger.js';
import { type TestDatabaseKind } from '../../testing/databases.js';
import { createDisposableStack } from '../../testing/disposable-stack.js';
import { openMailServer } from '../../testing/open-mail-server.js';
import { mailVariables, readMailSettings } from '../config/mail-settings.js';
import { CreateMails1796052000000 } from './create-mails.migration.js';
import { createMailChore, type MailOutcome } from './mail-chore.js';
import type { MailItem, MailItems } from './mail-content.js';
import { Mail, MailSubscription } from './mail.entity.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const item = (subject: string, isUrgent = false): MailItem => ({
  kind: 'SIGN',
  subject,
  dueOn: '2026-12-10',
  isUrgent,
  isUndone: false,
});

/** A partner’s chore, a real mail server, and what waits for the partner. */
export async function openMails(
  kind: TestDatabaseKind,
  more: Readonly<Record<string, string>> = {},
) {
  const stack = createDisposableStack();
  const database = stack.use(await kind.create());
  const server = stack.use(await openMailServer());
  const source = await openDatabase({
    url: database.url,
    entities: [Mail, MailSubscription],
    migrations: [CreateMails1796052000000],
  });
  stack.use({ [Symbol.asyncDispose]: () => source.destroy() });
  const state = {
    now: Date.parse('2026-11-30T04:00:00Z'),
    items: [] as readonly MailItem[],
    missing: [] as readonly string[],
    isHubDown: false,
    asked: [] as boolean[],
  };
  const lines: string[] = [];
  const write = (...line: unknown[]) => void lines.push(JSON.stringify(line));
  const logger = { ...silentLogger, warn: write, error: write, debug: write } as Logger;
  const outcomes: MailOutcome[] = [];
  const openChore = (set: Readonly<Record<string, string>> = {}, signal?: AbortSignal) => {
    const settings = readMailSettings(
      z.object(mailVariables).parse({
        HUB_MAIL_SMTP: `smtp://127.0.0.1:${server.port}`,
        HUB_MAIL_FROM: 'hub@dk.example.org',
        HUB_MAIL_COORDINATORS: 'desk@dk.example.org',
        HUB_MAIL_PAGES: 'https://hub.example.org/',
        ...more,
        ...set,
      }),
    );
    if (!settings) throw new Error('There are no settings.');
    return createMailChore({
      settings,
      logger,
      signal,
      onAttempt: (outcome) => void outcomes.push(outcome),
      context: {
        partner: 'dk',
        source,
        clock: () => new Date(state.now),
        askHub: noHub,
        retention: usualRetention,
      },
      content: {
        collect(_context, isDigestDue): Promise<MailItems | undefined> {
          state.asked.push(isDigestDue);
          if (state.isHubDown) return Promise.reject(new Error('ECONNREFUSED'));
          return Promise.resolve({ items: state.items, missing: state.missing });
        },
        write: ({ isDigest, items, role, missing }) => ({
          subject: isDigest ? 'Digest' : 'Urgent',
          text: [role, ...items.map(({ subject }) => subject), ...missing].join(' '),
        }),
      },
    });
  };
  const round = openChore();
  return {
    server,
    source,
    state,
    lines,
    outcomes,
    openChore,
    round,
    /** A round each ten minutes, or each hour of a long time. */
    async pass(ms: number, run = round) {
      const step = ms > hour ? hour : 10 * minute;
      for (let passed = 0; passed < ms; passed += step) {
        await run();
        state.now += step;
      }
    },
    /** What came: `Digest: …`. */
    texts: () => server.mails.map(({ email }) => `${email.subject}: ${email.text?.trim()}`),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
