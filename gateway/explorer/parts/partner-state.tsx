import type { PartnerStatus } from '../generated/graphql.ts';
import { t } from '../words/language.ts';

/** A partner’s status: a sign and a word, so that colour is not needed. */
export function PartnerState({ status }: { status: PartnerStatus | null }) {
  if (!status) return <span>{t('response.unknown')}</span>;
  return (
    <span class={`state ${status.toLowerCase()}`}>
      <span aria-hidden="true">{status === 'ANSWERING' ? '●' : '○'}</span> {t(`states.${status}`)}
    </span>
  );
}
