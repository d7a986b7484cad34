import { createEnum } from '@hub/shared/scalars';

/** An entry of the catalogue of warnings: what it says, since when it holds, and who can end it. */
interface WarningEntry {
  /**
   * The sentence in English. Words in braces are values of the warning; `{title}` is the visit’s.
   */
  readonly message: string;
  /** What it means: the description of the code. */
  readonly meaning: string;
  /** From when until when it holds. */
  readonly when: string;
  readonly howToAct: string;
}

const entry = (message: string, meaning: string, when: string, howToAct: string): WarningEntry => ({
  message,
  meaning,
  when,
  howToAct,
});

/**
 * Every warning about a group. `warnings.md` is generated from it. A cancelled group has no
 * warnings.
 */
export const warningCatalogue = {
  PLANNED_TOO_FEW: entry(
    'The planned size is {count}; the programme’s groups have at least {expected} members.',
    'The planned size is below the programme’s smallest group.',
    'From the creation of the group.',
    '`changeGroup`',
  ),
  PLANNED_TOO_MANY: entry(
    'The planned size is {count}; the programme’s groups have at most {expected} members.',
    'The planned size is above the programme’s largest group.',
    'From the creation of the group.',
    '`changeGroup`',
  ),
  DEPARTED_TOO_FEW: entry(
    'The group departed with {count} members; the programme’s groups have at least {expected}.',
    'The group departed with fewer members than the programme’s smallest group.',
    'From the first departure.',
    'Nobody can: it is a fact for the evaluation.',
  ),
  FORMALITIES_OPEN: entry(
    'The group has not departed, and {count} formalities of its members are open.',
    'Formalities of its members are open.',
    'From the first selection or acceptance until the first departure.',
    'The side that sends the member: `recordDelegateFormality`, `recordOfficerFormality`',
  ),
  BRIEFING_MISSING: entry(
    'The group departed without the briefing that is due before a visit to the Nordic countries.',
    'The group departed for the Nordic countries without a briefing.',
    'From the first departure.',
    'The offices: `recordDelegatesBriefing`, if there was one.',
  ),
  BRIEFING_MISSED: entry(
    'The group has not departed, and {count} of {expected} members missed the briefing.',
    'Members were not at the briefing. Only for those who may read the plan of a visit.',
    'From the record of who came until the first departure.',
    'Brief them before the departure.',
  ),
  RETURN_OVERDUE: entry(
    'Nobody has recorded a return from a visit whose planned end was more than 30 days ago.',
    'The return from a visit is not recorded, 30 days after its planned end. Until then its group counts as under way.',
    'From the 31st day after the planned end until the return is recorded.',
    'The network: `recordReturn`',
  ),
  DEBRIEFING_MISSING: entry(
    'The group has returned and has not met for its debriefing.',
    'The group has returned, and no debriefing is recorded.',
    'From the last return.',
    'The side that sends the group: `recordDelegatesDebriefing`, `recordGroupDebriefing`',
  ),
  REPORTS_OUTSTANDING: entry(
    'The group has returned, and {count} of {expected} reports are outstanding.',
    'Reports of members who travelled are outstanding.',
    'From the last return.',
    'The side that sends the member: `handInDelegateReport`, `handInOfficerReport`',
  ),
  LOAN_UNDECIDED: entry(
    'The visit “{title}” waits for an expert: {police} has not decided on the loan.',
    'A police force has not decided whether it lends an expert. Only for those who may read the plan of the visit.',
    'From the assignment until the decision, the release or the return.',
    'The police force of the expert: `decideExpertLoan`',
  ),
  LOAN_REFUSED: entry(
    'The visit “{title}” lacks an expert: {police} refused the loan. Release the assignment.',
    'A police force does not lend an expert. Only for those who may read the plan of the visit.',
    'From the refusal until the release or the return.',
    'The network: `releaseExpert`',
  ),
  LOAN_PUT_BACK: entry(
    'The visit “{title}” has moved: {police} lent an expert for other days, and has to decide again.',
    'An expert is lent for other days than those of the visit. Only for those who may read the plan of the visit.',
    'From the change of the days until the decision, the release or the return.',
    'The police force of the expert: `decideExpertLoan`',
  ),
  LOAN_WITHDRAWN: entry(
    'The visit “{title}” lacks an expert: {police} took her back. Release the assignment.',
    'A police force took back an expert whom it had lent. Only for those who may read the plan of the visit.',
    'From the withdrawal until the release or the return.',
    'The network: `releaseExpert`',
  ),
  HOSTING_PUT_BACK: entry(
    'The visit “{title}” has moved: {police} agreed to host it on other days, and has to confirm again.',
    'A host confirmed its offer for other days than those of the visit, and has no other. Only for those who may read the plan of the visit.',
    'From the change of the days until the confirmation, the withdrawal or the return.',
    'The host: `confirmHosting`, `confirmRegionalHosting`',
  ),
  HOSTING_WITHDRAWN: entry(
    'The visit “{title}” lacks a host: {police} withdrew its offer.',
    'A host withdrew its offer, and has no other. Only for those who may read the plan of the visit.',
    'From the withdrawal until another offer, the change of the hosts or the return.',
    'The network: `changeVisit`; the host: `offerHosting`, `offerRegionalHosting`',
  ),
} as const satisfies Readonly<Record<string, WarningEntry>>;

/** A code of the catalogue. */
export type WarningCode = keyof typeof warningCatalogue;

export const WarningCode = createEnum(
  'WarningCode',
  'What a group is warned of.',
  Object.fromEntries(
    Object.entries(warningCatalogue).map(([code, { meaning }]) => [code, meaning]),
  ) as Readonly<Record<WarningCode, string>>,
);

/** Prints the catalogue as a page, in its own order. */
export function describeWarnings(): string {
  const rows = Object.entries(warningCatalogue).map(
    ([code, { meaning, when, howToAct, message }]) =>
      `| \`${code}\` | ${[meaning, when, howToAct, message].join(' | ')} |`,
  );
  return `# Warnings of a group

Generated from \`catalogue.ts\` by \`npm run docs:emit\`: change it there.

\`Group.warnings\` lists them. It is null with an error while a partner whose facts it needs is
unavailable. Words in braces are values of the warning.

| code | what it means | when it holds | who can end it, and how | message |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
