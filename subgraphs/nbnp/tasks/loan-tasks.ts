import { ownerOf } from '@hub/shared/vocabulary';
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
