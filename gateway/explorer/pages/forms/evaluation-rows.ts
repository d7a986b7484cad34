import type { FormRow } from './form-row.ts';

/** The part of the network, and that of the offices. */
type Part = 'evaluation' | 'officeEvaluation';

const parts = ['summary', 'findings', 'recommendations'] as const;

/** What a side has drafted so far, of which each can be changed until that side signs. */
const draft = (part: Part): FormRow => ({
  about: 'programme',
  words: 'draftEvaluation',
  fields: parts,
  required: ['summary'],
  fixed: ({ programme }) => ({
    programme: programme?.id,
    version: programme?.[part]?.version ?? 0,
  }),
  initial: ({ programme }) =>
    Object.fromEntries(parts.map((field) => [field, programme?.[part]?.[field]])),
  isChange: true,
});

/** Forms of the evaluation of a programme, of which each side has its own. */
export const evaluationForms = {
  draftEvaluation: draft('evaluation'),
  draftOfficeEvaluation: { ...draft('officeEvaluation'), by: 'ncm' },
  withdrawEvaluationSignature: {
    about: 'programme',
    fields: ['on'],
    fixed: ({ programme }) => ({
      id: programme?.id,
      version: programme?.evaluation?.version,
    }),
  },
  withdrawOfficeSignature: {
    about: 'programme',
    by: 'ncm',
    fields: ['on'],
    fixed: ({ programme }) => ({
      programme: programme?.id,
      version: programme?.officeEvaluation?.version,
    }),
  },
} satisfies Record<string, FormRow>;
