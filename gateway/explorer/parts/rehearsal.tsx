import { t } from '../words/language.ts';

interface RehearsalProps {
  /** A record that may be one of a rehearsal, or made for one; nothing while it is unknown. */
  readonly of: { readonly isRehearsal?: boolean | null } | null | undefined;
}

/** The word “rehearsal” beside a record that is invented, and so no fact. */
export function Rehearsal({ of }: RehearsalProps) {
  if (of?.isRehearsal !== true) return null;
  return (
    <>
      {' '}
      <span class="badge warn">
        <span aria-hidden="true">◇</span> {t('frame.rehearsal')}
      </span>
    </>
  );
}
