import { useContext } from 'preact/hooks';
import { t } from '../words/language.ts';
import { InTable } from './no-value.tsx';

interface RehearsalProps {
  /** A record that may be one of a rehearsal, or made for one; nothing while it is unknown. */
  readonly of: { readonly isRehearsal?: boolean | null } | null | undefined;
}

/** Stands for the word in the cells of a table. */
export const rehearsalSign = '◇';

/**
 * The word “rehearsal” beside a record that is invented, and so no fact. In a table it is the sign: the
 * table says the word once, above it.
 */
export function Rehearsal({ of }: RehearsalProps) {
  const isInTable = useContext(InTable);
  if (of?.isRehearsal !== true) return null;
  if (isInTable)
    return (
      <>
        {'\u00a0'}
        <span class="invented">
          <span aria-hidden="true">{rehearsalSign}</span>
          <span class="unseen"> {t('frame.rehearsal')}</span>
        </span>
      </>
    );
  return (
    <>
      {' '}
      <span class="badge warn">
        <span aria-hidden="true">{rehearsalSign}</span> {t('frame.rehearsal')}
      </span>
    </>
  );
}
