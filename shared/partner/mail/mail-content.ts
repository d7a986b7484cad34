import type { ChoreContext } from '../../policy/context/partner-context.js';
import type { MailSettings } from '../config/mail-settings.js';

/**
 * Something that waits. It is all that a mail can say, so that no mail has the name of a person or of
 * a group.
 */
export interface MailItem {
  /** A code with a text in each language. */
  readonly kind: string;
  /** The day by which it is due; null if no record says. */
  readonly dueOn: string | null;
  /** What it is about. It is never sent, and only a digest of it is stored. */
  readonly subject: string;
  /** The day on which others ended it: it waits for nobody, and is told once. @default it waits */
  readonly endedOn?: string;
  /** True if it is told at once, and not with the next digest alone. */
  readonly isUrgent: boolean;
  /** True if it was done or agreed before, and no longer is: put back, or withdrawn by others. */
  readonly isUndone: boolean;
  /** The only role that is told. @default all */
  readonly role?: MailSettings['recipients'][number]['role'];
}

/** What waits for a partner. */
export interface MailItems {
  readonly items: readonly MailItem[];
  /** The codes of the partners that did not respond: more may wait. */
  readonly missing: readonly string[];
}

/** What a mail is made of. */
export interface MailDraft extends MailItems, Pick<MailSettings, 'language' | 'pages'> {
  readonly partner: string;
  readonly role: MailSettings['recipients'][number]['role'];
  readonly isDigest: boolean;
  /** The address at which the recipient ends these mails. */
  readonly end: string;
  /** The partner’s day. */
  readonly today: string;
}

/** What a partner’s mails are about. */
export interface MailContent {
  /**
   * Everything that waits for the partner. Undefined if nothing can be urgent and no digest is due.
   * @throws if nobody can say
   */
  collect(context: ChoreContext, isDigestDue: boolean): Promise<MailItems | undefined>;
  write(draft: MailDraft): { readonly subject: string; readonly text: string };
}
