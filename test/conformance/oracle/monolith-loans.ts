import { sortBy } from './lists.js';
import { decisionOn, isLoanPutBack } from './monolith-consents.js';
import { overdueWarnings } from './monolith-plans.js';
import { ownerOf, type Note, type Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';
import { warningOf } from './warning-of.js';

/** The loans of experts: the network asks, and the expert’s police decides. */
export function loanResolvers(rows: Rows, away: readonly string[]): Resolvers {
  const { network, police } = rows;
  /** Null before a decision, and without an answer of the police. */
  const loanOf = (assignment: Row, note: Note): Row | null => {
    const owner = ownerOf(assignment.expert_id as string);
    if (away.includes(owner)) note.missing(owner);
    return decisionOn(rows, assignment) ?? null;
  };
  return {
    'Expert.assignments': ({ id }) =>
      sortBy(
        (network.expert_assignments ?? []).filter(({ expert_id }) => expert_id === id),
        'id',
      ),
    'ExpertAssignment.visit': ({ visit_id }) => network.visits?.find(({ id }) => id === visit_id),
    'ExpertAssignment.status': (assignment, _args, note) => {
      const loan = loanOf(assignment, note);
      if (away.includes(ownerOf(assignment.expert_id as string))) return null;
      const granted = loan?.loan_granted as boolean | undefined;
      if (loan?.withdrawn_on != null) return 'WITHDRAWN';
      return granted === undefined ? 'REQUESTED' : granted ? 'LENT' : 'REFUSED';
    },
    'ExpertAssignment.loanGranted': (row, _args, note) => loanOf(row, note)?.loan_granted,
    'ExpertAssignment.loanGrantedVersion': (row, _args, note) => {
      const loan = loanOf(row, note);
      return loan?.loan_granted ? loan.granted_version : null;
    },
    'ExpertAssignment.loanDecidedOn': (row, _args, note) => loanOf(row, note)?.loan_decided_on,
    'ExpertAssignment.loanReason': (row, _args, note) => {
      const loan = loanOf(row, note);
      return loan?.withdraw_reason ?? loan?.loan_reason;
    },
    'ExpertAssignment.loanWithdrawnOn': (row, _args, note) => loanOf(row, note)?.withdrawn_on,
    'ExpertAssignment.isLoanPutBack': (row, _args, note) => {
      loanOf(row, note);
      if (away.includes(ownerOf(row.expert_id as string))) return null;
      const loan = police.expert_loans?.find(({ assignment_id }) => assignment_id === row.id);
      return isLoanPutBack(rows, row, loan);
    },
  };
}

/** What is said of the experts of a visit who are not lent. The network asks those who are away by another hub. */
export function loanWarnings(visit: Row, rows: Rows): Row[] {
  const { network } = rows;
  if (visit.cancelled_on !== null || visit.returned_on !== null) return [];
  const assignments = (network.expert_assignments ?? []).filter(
    ({ visit_id }) => visit_id === visit.id,
  );
  return sortBy(assignments, 'id').flatMap((assignment) => {
    const { id, expert_id } = assignment;
    const owner = ownerOf(expert_id as string);
    const country = owner.toUpperCase();
    const loan = decisionOn(rows, assignment);
    const decided = rows.police.expert_loans?.find(({ assignment_id }) => assignment_id === id);
    if (isLoanPutBack(rows, assignment, decided))
      return [
        warningOf(
          'LOAN_PUT_BACK',
          `The visit “${visit.title}” has moved: ${country} lent an expert for other days, and has to decide again.`,
          { subject: id, owner, due_on: visit.starts_on },
        ),
        ...overdueWarnings(visit, id, owner),
      ];
    if (!loan)
      return [
        warningOf(
          'LOAN_UNDECIDED',
          `The visit “${visit.title}” waits for an expert: ${country} has not decided on the loan.`,
          { subject: id, owner, due_on: visit.starts_on },
        ),
        ...overdueWarnings(visit, id, owner),
      ];
    if (loan.loan_granted) return [];
    if (loan.withdrawn_on !== null)
      return warningOf(
        'LOAN_WITHDRAWN',
        `The visit “${visit.title}” lacks an expert: ${country} took her back. Release the assignment.`,
        { subject: id, owner: 'nbnp', due_on: visit.starts_on },
      );
    return warningOf(
      'LOAN_REFUSED',
      `The visit “${visit.title}” lacks an expert: ${country} refused the loan. Release the assignment.`,
      { subject: id, owner: 'nbnp', due_on: visit.starts_on },
    );
  });
}
