import type { ProposalStore } from './proposal-store.js';
import type { Proposal } from './proposal.js';

/** A proposal without its text, which the hub’s operator sends to the partners. */
type ListedProposal = Pick<
  Proposal,
  'number' | 'contract' | 'hash' | 'proposedAt' | 'adoptedAt' | 'changes'
>;

/** Lists the latest proposals, the newest first. */
export type ListProposals = () => readonly ListedProposal[];

const most = { proposals: 10, changes: 100 } as const;

/** Each file is read once, and again when a command has changed it, so that a query costs the hub little. */
export function createProposalList({
  listNumbers,
  stampOf,
  read,
}: Pick<ProposalStore, 'listNumbers' | 'stampOf' | 'read'>): ListProposals {
  const known = new Map<number, { readonly stamp: number; readonly found: ListedProposal[] }>();

  function find(number: number): readonly ListedProposal[] {
    const stamp = stampOf(number);
    const before = known.get(number);
    if (before?.stamp === stamp) return before.found;
    const proposal = read(number);
    const found: ListedProposal[] = [];
    if (proposal) {
      const { contract, hash, proposedAt, adoptedAt, changes } = proposal;
      const listed = {
        number,
        contract,
        hash,
        proposedAt,
        changes: changes.slice(0, most.changes),
      };
      found.push({ ...listed, ...(adoptedAt && { adoptedAt }) });
    }
    known.set(number, { stamp, found });
    return found;
  }

  return () => {
    const numbers = listNumbers().slice(0, most.proposals);
    for (const number of known.keys()) if (!numbers.includes(number)) known.delete(number);
    return numbers.flatMap(find);
  };
}
