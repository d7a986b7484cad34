import type { ComponentProps } from 'preact';
import type { GraphError } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { isAbsent, whyMissing, whyNull } from '../../../client/why-null.ts';
import { groupHref } from '../../../parts/links.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/person-name.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { t } from '../../../words/language.ts';
import { nameOfEnds } from '../../../words/names.ts';
import { Steps } from '../steps.tsx';
import { readsExperts, warnedQuery } from '../warnings-query.ts';
import { needsName, Warnings } from '../warnings.tsx';
import type { BoardGroup } from './board-query.ts';

/** The warnings of a group, with the names of those whom they are about. */
function NamedWarnings({ group, ...props }: ComponentProps<typeof Warnings>) {
  const { response } = useQuery(warnedQuery, { group: group.id, readsExperts: readsExperts() });
  const visits = response?.data?.group?.visits ?? group.visits;
  return <Warnings {...props} group={{ ...group, visits }} />;
}

interface GroupLinesProps {
  readonly groups: readonly BoardGroup[];
  readonly errors: readonly GraphError[];
  /** The path of the groups. */
  readonly path: readonly (string | number)[];
}

/**
 * The groups of a programme, a line for each: how far it is, and what is missing. Names are read only
 * of groups of which a warning needs one: each reading is recorded, and each refusal.
 */
export function GroupLines({ groups, errors, path }: GroupLinesProps) {
  return (
    <ul class="groups">
      {groups.map((group, index) => {
        const { id, name, memberCount, plannedSize, coordinatingOffice } = group;
        const Shown = group.warnings?.some(needsName) ? NamedWarnings : Warnings;
        const why = (field: string) => whyMissing(errors, [...path, index, field]);
        // That there is none is said on the page of the group.
        const hasWarnings =
          group.warnings?.length !== 0 || isAbsent(whyNull(errors, [...path, index, 'warnings']));
        return (
          <li key={id}>
            <h3>
              <a href={groupHref(id)}>{name}</a>
              <Rehearsal of={group} />
            </h3>
            <div class="how-far">
              <Steps group={group} why={why('state')} />
            </div>
            <div class="about">
              <span>
                {nameOfEnds(group)} · {t('programme.members')}:{' '}
                {memberCount ?? <NoValue why={why('memberCount')} />}{' '}
                {t('programme.ofPlanned', { planned: plannedSize })}
              </span>
              {coordinatingOffice && <PartyName party={coordinatingOffice} />}
            </div>
            {hasWarnings && (
              <Shown group={group} errors={errors} path={[...path, index, 'warnings']} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
