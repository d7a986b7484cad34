import { networkCode, ownerOf } from '@hub/shared/policy';
import { TaskKind } from '../entities/vocabulary.js';
import type { FindTasks } from './find-tasks.js';
import type { OpenVisit } from './own-facts.js';

interface LoansResponse {
  readonly experts:
    | readonly {
        readonly id: string;
        readonly loanGranted: boolean | null;
        readonly expert: { readonly country: string | null } | null;
      }[]
    | null;
}

/** A police force decides whether it lends its expert. */
export const findLoanTasks: FindTasks = async ({ organisation, visits }, ask) => {
  const ofVisit = async ({ group, visit, assignments }: OpenVisit) => {
    const own = assignments.filter(({ expertId }) => ownerOf(expertId) === organisation);
    if (own.length === 0) return [];
    const { known, isWhole } = await ask<LoansResponse>({
      root: 'visit',
      id: visit.id,
      // The country shows whether the police force responded. If not, null does not mean undecided.
      selection: 'experts { id loanGranted expert { country } }',
    });
    const loans = known?.experts ?? [];
    return own.flatMap(({ id, assignedOn }) => {
      const index = loans.findIndex((loan) => loan.id === id);
      const { loanGranted = null, expert } = loans[index] ?? {};
      const isUncertain = expert?.country == null || !isWhole('experts', index);
      if (loanGranted !== null) return [];
      const task = { kind: TaskKind.DECIDE_LOAN, subject: id, group, visit, isUncertain };
      return [{ ...task, since: assignedOn, dueOn: visit.startsOn }];
    });
  };
  return (await Promise.all(visits.map(ofVisit))).flat();
};

interface WithdrawnLoans {
  readonly experts:
    readonly { readonly id: string; readonly loanWithdrawnOn: string | null }[] | null;
}

/** A police force took its expert back: the network releases her. */
export const findLostExpertTasks: FindTasks = async ({ organisation, visits }, ask) => {
  if (organisation !== networkCode) return [];
  const ofVisit = async ({ group, visit, assignments }: OpenVisit) => {
    if (assignments.length === 0) return [];
    const { known } = await ask<WithdrawnLoans>({
      root: 'visit',
      id: visit.id,
      selection: 'experts { id loanWithdrawnOn }',
    });
    return (known?.experts ?? []).flatMap(({ id, loanWithdrawnOn: since }) =>
      since === null
        ? []
        : [
            {
              kind: TaskKind.REPLACE_EXPERT,
              subject: id,
              group,
              visit,
              since,
              dueOn: visit.startsOn,
            },
          ],
    );
  };
  return (await Promise.all(visits.map(ofVisit))).flat();
};
