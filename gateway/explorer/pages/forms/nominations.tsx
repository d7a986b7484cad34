import { ownerOf } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import type { PageNomineesQuery } from '../../generated/graphql.ts';
import { labelOf } from '../../parts/form/form-words.ts';
import { PersonName } from '../../parts/person-name.tsx';
import { PlanningLinks } from '../../parts/planning-links.tsx';
import { Table } from '../../parts/table/table.tsx';
import { person } from '../../session/session.ts';
import { t } from '../../words/language.ts';
import { stateOfNomination } from '../../words/names.ts';
import { findReplaced, listGone } from './gone.ts';

type PageGroup = NonNullable<PageNomineesQuery['group']>;

interface Nomination {
  readonly id: string;
  readonly status: NonNullable<NonNullable<PageGroup['officerNominations']>[number]['status']>;
  readonly reserve: boolean | null;
  readonly name: string | null;
  readonly personId: string;
  /** Who had the place before. */
  readonly replaced: { readonly name: string | null } | undefined;
  readonly form: 'Officer' | 'Delegate';
}

/** All nominations that the reader may do something with: of all police forces, or the own ones. */
function listNominations(group: PageGroup): Nomination[] {
  const { officerNominations, delegateNominations } = group;
  const organisation = person.value?.organisation;
  const officers = (officerNominations ?? [])
    .filter(({ id }) => organisation === 'nbnp' || ownerOf(id) === organisation)
    .flatMap(({ id, status, reserve, officer: { id: personId, name } }) =>
      status
        ? [
            {
              id,
              status,
              reserve,
              name,
              personId,
              replaced: findReplaced(group, id),
              form: 'Officer' as const,
            },
          ]
        : [],
    );
  const delegates = (delegateNominations ?? []).map(({ id, status, reserve, delegate }) => ({
    id,
    status,
    reserve,
    name: delegate.name,
    personId: delegate.id,
    replaced: findReplaced(group, id),
    form: 'Delegate' as const,
  }));
  return [...officers, ...delegates];
}

type State = ReturnType<typeof stateOfNomination<Nomination['status']>>;

/** How each state looks, in the order of the list: who waits comes first. */
const looks: Readonly<
  Record<NonNullable<State>, { readonly sign: string; readonly kind: string }>
> = {
  PENDING: { sign: '…', kind: 'warn' },
  RESERVE: { sign: '…', kind: 'warn' },
  SELECTED: { sign: '✓', kind: 'good' },
  DECLINED: { sign: '✕', kind: 'bad' },
  WITHDRAWN: { sign: '✕', kind: 'missing' },
};

const placeOf = (nomination: Nomination): number =>
  Object.keys(looks).indexOf(stateOfNomination(nomination));

const StateBadge = ({ state }: { state: NonNullable<State> }) => (
  <span class={`badge ${looks[state].kind}`}>
    <span aria-hidden="true">{looks[state].sign}</span> {t(`nominationStates.${state}`)}
  </span>
);

/** A name, or that it is withheld: a sign alone would be all that a row is called. */
const Name = ({ id, name }: { id?: string; name: string | null }) =>
  name === null ? (
    <span class="no-value">{t('response.withheld')}</span>
  ) : (
    <PersonName {...(id !== undefined && { id })} name={name} why="withheld" />
  );

/** Everybody who was nominated, what became of it, and what can be taken back. */
export function Nominations({ group }: { group: PageGroup }) {
  const rows = listNominations(group).toSorted((one, other) => placeOf(one) - placeOf(other));
  const isPlaceFree = listGone(group).length > 0;
  if (rows.length === 0) return <p>{t('form.noneNominated')}</p>;
  return (
    <Table
      caption={t('form.allNominees')}
      rows={rows}
      isDense
      keyOf={({ id }) => id}
      columns={[
        {
          title: t('programme.name'),
          of: ({ name, personId }) => <Name id={personId} name={name} />,
        },
        // Names of those who are not nominated any more are withheld: who sent them still tells them apart.
        { title: t('programme.sender'), of: ({ personId }) => nameOfPartner(ownerOf(personId)) },
        {
          title: t('programme.state'),
          of: ({ status, reserve, replaced }) => (
            <>
              <StateBadge state={stateOfNomination({ status, reserve })} />
              {replaced && (
                <p class="soft">
                  {labelOf('replaces')}: <Name name={replaced.name} />
                </p>
              )}
            </>
          ),
        },
        {
          title: t('form.canDo'),
          of: ({ id, name, form, status, reserve }) => {
            const state = stateOfNomination({ status, reserve });
            const waits = state === 'PENDING' || state === 'RESERVE';
            const isDecided = state === 'DECLINED' || state === 'RESERVE';
            // The network’s acceptance of an officer ends first; an office withdraws its own.
            const mayWithdraw =
              status === 'PENDING' || status === (form === 'Officer' ? 'DECLINED' : 'SELECTED');
            return (
              <>
                <PlanningLinks
                  by={form === 'Officer' ? 'nbnp' : 'ncm'}
                  id={group.id}
                  part={id}
                  of={name ?? ''}
                  forms={[
                    [
                      form === 'Officer' ? 'acceptOfficer' : 'selectDelegate',
                      'plan.takePlace',
                      waits && isPlaceFree,
                    ],
                    [`reopen${form}Nomination`, 'plan.reopenNomination', isDecided],
                  ]}
                />
                <PlanningLinks
                  by={ownerOf(id)}
                  id={group.id}
                  part={id}
                  of={name ?? ''}
                  forms={[[`withdraw${form}`, 'plan.withdrawNomination', mayWithdraw]]}
                />
              </>
            );
          },
        },
      ]}
    />
  );
}
