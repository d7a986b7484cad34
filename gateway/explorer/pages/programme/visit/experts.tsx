import type { GraphError } from '../../../client/send-operation.ts';
import { ownerOf, whyAbsent, whyNull } from '../../../client/why-null.ts';
import { nameOfPartner } from '../../../frame/settings.ts';
import type { LoanStatus } from '../../../generated/graphql.ts';
import { Email } from '../../../parts/contacts.tsx';
import { decideHref } from '../../../parts/links.ts';
import { NoPart } from '../../../parts/no-part.tsx';
import { Known, NoValue } from '../../../parts/no-value.tsx';
import { showing } from '../../../parts/outcome.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { Table } from '../../../parts/table/table.tsx';
import { t } from '../../../words/language.ts';
import { joinNames, nameOfLanguage } from '../../../words/names.ts';
import { Badge } from '../badge.tsx';
import { PeopleNote } from '../page-note.tsx';
import { isOpenVisit, type PageVisit } from './visit-query.ts';

const signs: Readonly<Record<LoanStatus, readonly [sign: string, kind: string]>> = {
  LENT: ['✓', 'good'],
  REQUESTED: ['?', 'warn'],
  REFUSED: ['✕', 'bad'],
  WITHDRAWN: ['✕', 'bad'],
};

interface ExpertsProps {
  readonly visit: PageVisit;
  readonly errors: readonly GraphError[];
}

/** The experts and interpreters of a visit, and whether their police forces lend them. */
export function Experts({ visit, errors }: ExpertsProps) {
  const { experts } = visit;
  if (!experts) return <NoPart errors={errors} path={['visit', 'experts']} owner="nbnp" />;
  const isOpen = isOpenVisit(visit);
  const ask = (
    <PlanningLinks id={visit.id} forms={[['assignExpert', 'plan.assignExpert', isOpen]]} />
  );
  if (experts.length === 0)
    return (
      <>
        <p>{t('programme.noExperts')}</p>
        {ask}
      </>
    );
  const rows = experts.map((assignment, index) => ({
    assignment,
    why: (...fields: string[]) =>
      whyNull(errors, ['visit', 'experts', index, ...fields], ownerOf(assignment.expertId)),
  }));
  type Row = (typeof rows)[number];
  const shown = rows.filter(({ why }) => why('expert') !== 'withheld');
  return (
    <>
      <PeopleNote shown={shown.length} all={rows.length} />
      <Table
        caption={t('programme.experts')}
        rows={rows}
        keyOf={({ assignment }) => assignment.id}
        columns={[
          {
            title: t('programme.task'),
            of: ({ assignment: { role, languages, expertId } }) => (
              <>
                <span ref={showing(expertId)}>{t(`supportRoles.${role}`)}</span>
                <br />
                <span class="soft">{joinNames(languages.map(nameOfLanguage))}</span>
              </>
            ),
          },
          {
            title: t('programme.loan'),
            of: ({ assignment, why }) => {
              const { id, status, loanReason, expertId, expert, role } = assignment;
              const [sign = '', kind = ''] = status ? signs[status] : [];
              // Several experts may have the same task.
              const isAsked = isOpen && status === 'REQUESTED';
              const hrefOf = (way: 'lend' | 'refuse') =>
                decideHref('DECIDE_LOAN', visit.id, id, way);
              const of = `${expert?.name ?? nameOfPartner(ownerOf(expertId))}, ${t(`supportRoles.${role}`)}`;
              return (
                <>
                  {status ? (
                    <Badge sign={sign} text={t(`loanStates.${status}`)} kind={kind} />
                  ) : (
                    <NoValue why={whyAbsent([ownerOf(expertId)])} />
                  )}
                  {loanReason && <div class="soft">{loanReason}</div>}
                  {!loanReason && kind === 'bad' && why('loanReason') === 'withheld' && (
                    <div class="soft">
                      {t('programme.reason')}: <NoValue why="withheld" />
                    </div>
                  )}
                  <PlanningLinks
                    id={visit.id}
                    part={id}
                    of={of}
                    forms={[['releaseExpert', 'plan.releaseExpert', isOpen]]}
                  />
                  <PlanningLinks
                    by={ownerOf(expertId)}
                    id={visit.id}
                    part={expertId}
                    of={of}
                    forms={[
                      ['decideExpertLoan', 'tasks.lend', isAsked, hrefOf('lend')],
                      ['decideExpertLoan', 'tasks.refuse', isAsked, hrefOf('refuse')],
                      [
                        'withdrawExpertLoan',
                        'plan.withdrawExpertLoan',
                        status === 'LENT' && visit.returnedOn === null,
                      ],
                    ]}
                  />
                </>
              );
            },
          },
          {
            title: t('programme.lender'),
            of: ({ assignment: { expert, expertId } }) =>
              expert?.unit?.name ?? nameOfPartner(ownerOf(expertId)),
          },
          ...(shown.length > 0
            ? [
                {
                  title: t('programme.name'),
                  of: ({ assignment: { expert }, why }: Row) => (
                    <>
                      <Known value={expert?.name} why={why('expert', 'name')} />
                      <Rehearsal of={visit} />
                      {expert?.email && (
                        <>
                          <br />
                          <Email address={expert.email} />
                        </>
                      )}
                    </>
                  ),
                },
                {
                  title: t('programme.fields'),
                  of: ({ assignment: { expert }, why }: Row) => (
                    <Known
                      value={
                        expert?.fields &&
                        joinNames(expert.fields.map((field) => t(`sectors.${field}`)))
                      }
                      why={why('expert', 'fields')}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      {ask}
    </>
  );
}
