import type { GraphError } from '../../client/send-operation.ts';
import { isAbsent, whyMissing, whyNull } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import type { PageGroupQuery } from '../../generated/graphql.ts';
import { NoValue } from '../../parts/no-value.tsx';
import { DueDay } from '../../parts/task.tsx';
import { t } from '../../words/language.ts';

interface Visit {
  readonly id: string;
  readonly title: string;
}

interface WarningsProps {
  readonly group: {
    readonly warnings: NonNullable<PageGroupQuery['group']>['warnings'];
    readonly visits: readonly Visit[] | null;
  };
  readonly errors: readonly GraphError[];
  /** The place of the warnings in the response. */
  readonly path: readonly (string | number)[];
}

/** What is missing or should be checked, by whom and until when. */
export function Warnings({ group: { warnings, visits }, errors, path }: WarningsProps) {
  const lacksSome = isAbsent(whyNull(errors, path));
  const why = whyMissing(errors, path);
  if (!warnings)
    return (
      <p>
        {t('programme.warnings')}: <NoValue why={why} />
      </p>
    );
  if (warnings.length === 0 && !lacksSome) return <p>{t('programme.noWarnings')}</p>;
  return (
    <ul class="warnings">
      {warnings.map(({ code, subject, owner, dueOn, isOverdue, deadline, count, expected }) => {
        const visit = visits?.find(({ id }) => id === subject);
        const numbers = { number: count ?? '', expected: expected ?? '' };
        const facts = [
          deadline && t(`deadlineKinds.${deadline}`),
          visit?.title,
          owner && nameOfPartner(owner),
          dueOn && <DueDay dueOn={dueOn} isOverdue={isOverdue} />,
        ].filter(Boolean);
        return (
          <li key={[code, subject, owner, deadline].join(' ')}>
            <span aria-hidden="true">⚠</span> {t(`warningCodes.${code}`, numbers)}{' '}
            <span class="soft">
              {facts.flatMap((fact, index) => (index > 0 ? [' · ', fact] : [fact]))}
            </span>
          </li>
        );
      })}
      {lacksSome && (
        <li>
          <NoValue why={why} />
        </li>
      )}
    </ul>
  );
}
