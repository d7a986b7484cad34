import type { FormalityKind, FormalityStatus } from '../generated/graphql.ts';

/** The papers of a journey, in the order in which they are had. */
export const formalityKinds: readonly FormalityKind[] = [
  'INVITATION_LETTER',
  'VISA',
  'INSURANCE',
  'TICKET',
  'CONSENT',
];

/** A formality of these states is complete. */
const complete: readonly FormalityStatus[] = ['RECEIVED', 'NOT_NEEDED'];

interface Formality {
  readonly kind: FormalityKind;
  readonly status: FormalityStatus;
}

/** What is still open of the papers of a person: also what nobody has recorded. */
export const openFormalities = (formalities: readonly Formality[]): readonly FormalityKind[] =>
  formalityKinds.filter(
    (one) => !formalities.some(({ kind, status }) => kind === one && complete.includes(status)),
  );
