import type { Answer, GraphError, PartnerInAnswer } from '../client/ask.ts';
import { nameOfPartner } from '../frame/settings.ts';
import { t } from '../words/language.ts';
import { formatDuration } from '../words/names.ts';

/** The errors that are not the absence of a partner, which the completeness tells. */
const otherErrors = (errors: readonly GraphError[]): readonly GraphError[] =>
  errors.filter(({ extensions }) => !extensions?.code?.startsWith('PARTNER_'));

/** An error in words, with what to do next. */
export function describeError({ message, extensions }: GraphError): string {
  const { code } = extensions ?? {};
  if (code === 'UNREACHABLE') return t('answer.failed');
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return t('answer.forbidden');
  return message;
}

/** What became of a partner’s part, and how old it is if that is earlier facts. */
const describePart = ({ status, ageSeconds }: PartnerInAnswer): string =>
  [t(`answers.${status}`), ...(ageSeconds === undefined ? [] : [formatDuration(ageSeconds)])].join(
    ', ',
  );

/** Beside each answer: who did not answer, and what else went wrong. Quiet where nothing did. */
export function AnswerNote({ answer, askAgain }: NoteProps) {
  if (!answer) return null;
  const { completeness, errors } = answer;
  const away = Object.entries(completeness?.partners ?? {}).filter(
    ([, { status }]) => status !== 'ANSWERED',
  );
  const texts = [...new Set(otherErrors(errors).map(describeError))];
  if (away.length === 0 && texts.length === 0) return null;
  const partners = away
    .map(([code, part]) => `${nameOfPartner(code)} (${describePart(part)})`)
    .join(', ');
  return (
    <div class="note" role="status">
      {away.length > 0 && <p>{t('answer.incomplete', { partners })}</p>}
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {askAgain && (
        <button type="button" class="quiet" onClick={askAgain}>
          {t('answer.again')}
        </button>
      )}
    </div>
  );
}

interface NoteProps {
  readonly answer: Answer<unknown> | undefined;
  readonly askAgain?: () => void;
}
