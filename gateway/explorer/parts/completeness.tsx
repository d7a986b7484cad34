import type { GraphError, GraphResponse, PartnerInResponse } from '../client/send-operation.ts';
import { nameOfPartner } from '../frame/settings.ts';
import { ended } from '../session/session.ts';
import { findText, t } from '../words/language.ts';
import { formatDuration, nameOfCountry } from '../words/names.ts';
import { labelOf } from './form/form-words.ts';

/** The errors other than an unavailable partner, which the completeness has already. */
const otherErrors = (errors: readonly GraphError[]): readonly GraphError[] =>
  errors.filter(({ extensions }) => !extensions?.code?.startsWith('PARTNER_'));

/** An error in words, with what to do next. */
export function describeError({ message, extensions }: GraphError): string {
  const { code, rule, situation, argument, count = '', expected = '' } = extensions ?? {};
  if (code === 'UNREACHABLE') return t('response.failed');
  if (code === 'UPDATED') return t('response.updated');
  if (code === 'UNAUTHENTICATED' && ended.value) return t('signIn.stillHere');
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return t('response.forbidden');
  const names = [`situations.${situation}`, `rules.${rule}`, `codes.${code}`];
  // The field, not the number of an item in its list.
  const field = argument?.split('.').findLast((step) => !/^\d+$/.test(step));
  return findText(names, { argument: labelOf(field ?? ''), number: count, expected }) ?? message;
}

/** An error of a response that only reads: nothing was to be changed. */
const describeLack = (error: GraphError): string =>
  error.extensions?.code === 'OVERLOADED' ? t('response.busy') : describeError(error);

/** The status of a partner in a response, and the age of its facts if they are old. */
const describePart = ({ status, ageSeconds }: PartnerInResponse): string =>
  [t(`statuses.${status}`), ...(ageSeconds === undefined ? [] : [formatDuration(ageSeconds)])].join(
    ', ',
  );

/** Most of what no partner answers for are countries. */
const nameValue = (value: string): string =>
  /^[A-Z]{2}$/.test(value) ? nameOfCountry(value) : value;

/** Says beside a response which partners did not respond, and what else went wrong. */
export function ResponseNote({ response, refetch }: NoteProps) {
  if (!response) return null;
  const { completeness, errors, awaited = [] } = response;
  const missing = Object.entries(completeness?.partners ?? {}).filter(
    ([code, { status }]) => status !== 'ANSWERED' && !awaited.includes(code),
  );
  const texts = [...new Set(otherErrors(errors).map(describeLack))];
  const uncovered = completeness?.uncovered ?? [];
  if (missing.length + texts.length + uncovered.length === 0) return null;
  const partners = missing
    .map(([code, part]) => `${nameOfPartner(code)} (${describePart(part)})`)
    .join(', ');
  return (
    <div class="note" role="status">
      {missing.length > 0 && <p>{t('response.incomplete', { partners })}</p>}
      {uncovered.length > 0 && (
        <p>{t('response.uncovered', { values: uncovered.map(nameValue).join(', ') })}</p>
      )}
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {refetch && awaited.length === 0 && (
        <button type="button" class="quiet" onClick={refetch}>
          {t('response.again')}
        </button>
      )}
    </div>
  );
}

interface NoteProps {
  readonly response:
    | Pick<GraphResponse<unknown>, 'completeness' | 'errors' | 'awaited'>
    | undefined;
  readonly refetch?: () => void;
}
