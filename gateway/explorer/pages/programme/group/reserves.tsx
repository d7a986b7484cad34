import type { GraphError } from '../../../client/send-operation.ts';
import { ownerOf, whyNull } from '../../../client/why-null.ts';
import { NoPart } from '../../../parts/no-part.tsx';
import { Known } from '../../../parts/no-value.tsx';
import { PersonName } from '../../../parts/person-name.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { Table } from '../../../parts/table.tsx';
import { formatDate, t } from '../../../words/language.ts';
import type { PageGroup } from './group-query.ts';

interface ReservesProps {
  readonly group: PageGroup;
  readonly errors: readonly GraphError[];
}

/** Officers and delegates who are accepted without a place, and not released since. */
const listReserves = ({ officerNominations, delegateNominations }: PageGroup) => [
  ...(officerNominations ?? [])
    .map((nomination, index) => ({ ...nomination, index, list: 'officerNominations' }))
    .filter(({ reserve, declinedOn, withdrawnOn }) => reserve && !declinedOn && !withdrawnOn)
    .map(({ officer, acceptedOn, ...rest }) => ({
      ...rest,
      person: officer,
      since: acceptedOn,
      sender: officer.unit?.name,
      field: 'officer',
    })),
  ...(delegateNominations ?? [])
    .map((nomination, index) => ({ ...nomination, index, list: 'delegateNominations' }))
    .filter(({ reserve, status }) => reserve && status === 'SELECTED')
    .map(({ delegate, decidedOn, ...rest }) => ({
      ...rest,
      person: delegate,
      since: decidedOn,
      sender: delegate.office?.name,
      field: 'delegate',
    })),
];

/** Who takes a place that becomes free. Nothing where there is nobody. */
export function Reserves({ group, errors }: ReservesProps) {
  const rows = listReserves(group);
  const isKnown = group.officerNominations !== null && group.delegateNominations !== null;
  if (rows.length === 0 && isKnown) return null;
  const path = ['group', group.officerNominations ? 'delegateNominations' : 'officerNominations'];
  // The note on the members says who reads of people.
  if (rows.length === 0 && whyNull(errors, path) === 'withheld') return null;
  return (
    <>
      <h2>{t('programme.reserves')}</h2>
      {!isKnown && (
        <NoPart errors={errors} path={path} {...(group.officerNominations && { owner: 'ncm' })} />
      )}
      {rows.length > 0 && (
        <Table
          caption={t('programme.reserves')}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t('programme.name'),
              of: ({ person, list, index, field }) => (
                <>
                  <PersonName
                    name={person.name}
                    why={whyNull(errors, ['group', list, index, field, 'name'], ownerOf(person.id))}
                  />
                  <Rehearsal of={group} />
                </>
              ),
            },
            {
              title: t('programme.sender'),
              of: ({ sender }) => <Known value={sender} why="unknown" />,
            },
            {
              title: t('programme.since'),
              of: ({ since }) => (since ? formatDate(since) : ''),
            },
          ]}
        />
      )}
    </>
  );
}
