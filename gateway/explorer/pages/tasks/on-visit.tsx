import { isWhole } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { ownerOf, whyNull } from '../../client/why-null.ts';
import { nameOfPartner } from '../../frame/settings.ts';
import { graphql } from '../../generated/gql.ts';
import type { PageDecisionVisitQuery } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { hostsOf, mayDo } from '../../parts/planning-links.tsx';
import { person } from '../../session/session.ts';
import { t } from '../../words/language.ts';
import { joinNames } from '../../words/names.ts';
import { DecisionFrame } from './decision-frame.tsx';
import type { Task } from './decision.ts';

/** A visit on which something is decided without a task, and whose part of it that is. */
const decisionVisitQuery = graphql(`
  query PageDecisionVisit($visit: ID!) {
    visit(id: $visit) {
      id
      title
      isRehearsal
      group {
        id
        name
      }
      hosts {
        owner
      }
      stops {
        id
        hostOwner
      }
      experts {
        id
        expertId
      }
    }
  }
`);

type Visit = NonNullable<PageDecisionVisitQuery['visit']>;

interface OnVisit {
  /** What may be done with it, by the roles that may. */
  readonly mutation: string;
  /** Whose it is. */
  readonly doersOf: (visit: Visit, subject: string) => readonly string[];
}

/** What is decided on a visit whether or not a task asks for it. */
export const decisionsOnVisits: Partial<Record<string, OnVisit>> = {
  CONFIRM_STOP: {
    mutation: 'confirmStop',
    doersOf: ({ stops }, subject) =>
      (stops ?? []).flatMap(({ id, hostOwner }) => (id === subject ? hostOwner : [])),
  },
  OFFER_HOSTING: { mutation: 'offerHosting', doersOf: hostsOf },
  CONFIRM_HOSTING: { mutation: 'confirmHosting', doersOf: (_, subject) => [ownerOf(subject)] },
  DECIDE_LOAN: {
    mutation: 'decideExpertLoan',
    doersOf: ({ experts }, subject) =>
      (experts ?? []).flatMap(({ id, expertId }) => (id === subject ? ownerOf(expertId) : [])),
  },
};

interface OnVisitProps {
  readonly kind: Task['kind'];
  readonly visitId: string;
  readonly subject: string;
  readonly on: OnVisit;
}

/** A decision where its fact stands: `/tasks/decision?kind=CONFIRM_STOP&visit=…&subject=…`. */
export function DecisionOnVisit({ kind, visitId, subject, on }: OnVisitProps) {
  const { response, refetch } = useQuery(decisionVisitQuery, { visit: visitId });
  const visit = response?.data?.visit;
  const doers = visit ? on.doersOf(visit, subject) : [];
  const asked = { kind, subject, cause: 'NEW', since: null, isUncertain: false } as const;
  const task = visit &&
    mayDo(doers, on.mutation) && {
      ...asked,
      id: '',
      dueOn: null,
      isOverdue: false,
      isRehearsal: visit.isRehearsal,
      group: visit.group,
      visit,
    };
  const from = { name: visit?.title ?? t('programme.visit'), href: visitHref(visitId) };
  const why = whyNull(response?.errors ?? [], ['visit'], 'nbnp');
  return (
    <DecisionFrame kind={kind} from={from} task={task || undefined}>
      {person.value && <ResponseNote response={response} refetch={refetch} />}
      {!response && <Loading />}
      {response &&
        !visit &&
        (why === 'unknown' ? <p>{t('form.noRecord')}</p> : <NoValue why={why} />)}
      {person.value && doers.length > 0 && !task && (
        <p>{t('form.notYours', { organisation: joinNames(doers.map(nameOfPartner)) })}</p>
      )}
      {visit && doers.length === 0 && isWhole(response) && <p>{t('form.noRecord')}</p>}
    </DecisionFrame>
  );
}
