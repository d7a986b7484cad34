import { createEnum } from '@hub/shared/graphql';

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

/** When the warnings of a visit that lacks something hold. */
const near =
  'From 30 days before the first day of a visit until its recorded departure or its last day.';

/**
 * Every warning about a group. `warnings.md` is generated from it. A cancelled group has no
 * warnings.
 */
export const warningCatalogue = {
  PLANNED_TOO_FEW: entry(
    'The planned size is {count}; the programme’s groups have at least {expected} members.',
    'The planned size is below the programme’s smallest group.',
    'From the creation of the group.',
    'The network: `changeGroup`',
  ),
  PLANNED_TOO_MANY: entry(
    'The planned size is {count}; the programme’s groups have at most {expected} members.',
    'The planned size is above the programme’s largest group.',
    'From the creation of the group.',
    'The network: `changeGroup`',
  ),
  DEPARTED_TOO_FEW: entry(
    'The group departed with {count} members; the programme’s groups have at least {expected}.',
    'The group departed with fewer members than the programme’s smallest group.',
    'From the first departure.',
    'Nobody can: it is a fact for the evaluation.',
  ),
  FORMALITIES_OPEN: entry(
    'The group has not departed, and {count} formalities of its members are open.',
    'Formalities of its members are open. Only for those who may see the people of the group.',
    'From the first selection or acceptance until the first departure.',
    'The side that sends the member: `recordDelegateFormality`, `recordOfficerFormality`',
  ),
  BRIEFING_MISSING: entry(
    'The group departed without the briefing that it needed.',
    'The group departed without a briefing, and is no Nordic-Baltic group for North-West Russia.',
    'From the first departure.',
    'Whoever meets the group: `recordDelegatesMeeting`, `recordGroupMeeting`, if there was one.',
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
    'Whoever meets the group: `recordDelegatesMeeting`, `recordGroupMeeting`',
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
    'The visit “{title}” lacks an expert: {police} took them back. Release the assignment.',
    'A police force took back an expert whom it had lent. Only for those who may read the plan of the visit.',
    'From the withdrawal until the release or the return.',
    'The network: `releaseExpert`',
  ),
  HOSTING_PUT_BACK: entry(
    'The visit “{title}” has other days or hosts than those that {police} agreed to. It has to confirm again.',
    'A host confirmed its offer for other days or hosts than those of the visit, and has no other. Only for those who may read the plan of the visit.',
    'From the change of the days or hosts until the confirmation, the withdrawal or the return.',
    'The host: `confirmHosting`, `confirmRegionalHosting`',
  ),
  HOSTING_WITHDRAWN: entry(
    'The visit “{title}” lacks a host: {police} withdrew its offer.',
    'A host withdrew its offer, and has no other. Only for those who may read the plan of the visit.',
    'From the withdrawal until another offer, the change of the hosts or the return.',
    'The network: `changeVisit`; the host: `offerHosting`, `offerRegionalHosting`',
  ),
  NO_MEMBER: entry(
    'A visit begins within 30 days or has begun, and the group has no member.',
    'A visit is near, and nobody is accepted or selected for the group.',
    `${near} Until somebody is accepted or selected.`,
    'The network: `acceptOfficer`; the offices: `selectDelegate`',
  ),
  MEMBERS_TOO_FEW: entry(
    'A visit begins within 30 days or has begun, and the group has {count} members and needs at least {expected}.',
    'A visit is near, and the group has fewer members than the programme’s smallest group.',
    `${near} Until enough are accepted or selected.`,
    'The network: `acceptOfficer`, `changeProgramme`; the offices: `selectDelegate`',
  ),
  NO_STOP: entry(
    'The visit “{title}” begins within 30 days or has begun, and has no stop.',
    'A visit is near, and all its stops were called off, or it never had one. Only for those who may read the plan of the visit.',
    `${near} Until a stop is planned.`,
    'The network: `addItineraryStop`',
  ),
  NO_HOST: entry(
    'The visit “{title}” begins within 30 days or has begun, and {police} has not confirmed that it hosts it.',
    'A visit is near, and a host has no confirmed offer; of one that withdrew or was put back, the other warnings say so. Only for those who may read the plan of the visit.',
    `${near} Until the confirmation or the change of the hosts.`,
    'The host: `confirmHosting`, `confirmRegionalHosting`; the network: `changeVisit`',
  ),
  HOST_UNANSWERED: entry(
    'The visit “{title}” goes where no partner of the network answers: {hosts}. The network has to confirm the stops there.',
    'A country that hosts a visit has no police force in the network and no office that hosts there. Only for those who may read the plan of the visit.',
    'From the plan of the visit until the change of its hosts or the departure.',
    'The network: `confirmNetworkStop`, `changeVisit`',
  ),
  OFFICE_CLOSED: entry(
    'An office that co-ordinates a side of the group closes on {dueOn}, before its journeys end.',
    'An office that co-ordinates a side of the group has closed, or closes before the last planned day of its visits. Where no other is open, the network takes its next steps.',
    'From the closing, or the plan of a later visit, until the return from all visits.',
    'The network: `changeProgramme`, with other co-ordinators, until the first departure',
  ),
  HOST_CLOSED: entry(
    'The visit “{title}” is confirmed by a body of {police} that closes on {closedOn}, before the visit ends.',
    'The police unit or the office that confirmed a visit ends before the last day of it, or has ended, and no other of this host has confirmed. Only for those who may read the plan of the visit.',
    'From the closing, or the plan of a later day, until another body of the host confirms, the change of the hosts or the departure.',
    'The host: `offerHosting`, `offerRegionalHosting` by another body; the network: `changeVisit`',
  ),
  SITE_CLOSED: entry(
    'The visit “{title}” has a stop at an institution that closes on {closedOn}, before the day of the stop.',
    'An institution that a stop visits closes before the day of the stop, or has closed. Only for those who may read the plan of the visit.',
    'From the closing, or the plan of a later day, until the change of the stop or the departure.',
    'The network: `changeItineraryStop`, `callOffItineraryStop`',
  ),
  VISA_REFUSED: entry(
    'Members who miss the visit “{title}” because they got no visa: {count}.',
    'Members got no visa, or got it too late, as their absences or formalities say. Only for those who may read why they are absent.',
    'From the record of the absence or the formality until its correction, the release of the member or the departure.',
    'The network: `acceptOfficer`; the offices: `selectDelegate`, with `replaces`',
  ),
  LONGER_THAN_PLANNED: entry(
    'The visits last {count} days; the programme plans {expected} for the groups that go this way.',
    'The visits of the group that were not cancelled last longer together than the journeys together that the programme plans between its sides, at seven days a week.',
    'From the plan of a visit until its change.',
    'The network: `rescheduleVisit`, `changeProgramme`',
  ),
  MORE_MEMBERS_THAN_PLANNED: entry(
    'The group has {count} members; {expected} are planned.',
    'The group has more members than its planned size.',
    'From the change of the planned size, or of the members.',
    'The network: `changeGroup`; the side that sends the group: the release of a member',
  ),
  STOPS_AT_ONE_HOUR: entry(
    'The visit “{title}” has two stops at one hour in two places.',
    'Two stops of a visit overlap on one day, in two countries, or at two sites in two cities. A stop without an hour, or with one in words, is not compared. Only for those who may read the plan of the visit.',
    'From the plan of the second stop until the change of one of them or the return.',
    'The network: `changeItineraryStop`',
  ),
  DECISION_OVERDUE: entry(
    'The visit “{title}” begins within {days} days or has begun, and {police} has not decided.',
    'A nomination, a loan, or an offer to host, is undecided shortly before a visit. Only for those who may read the plan of the visit.',
    'From 14 days before the first day of the visit, or the programme’s deadline `DECISION` (of an offer `HOST_CONFIRMATION`), until the decision, the recorded departure or the last day of the visit.',
    'The network: `acceptOfficer`; the offices: `selectDelegate`; the police force of the expert: `decideExpertLoan`; the host: `confirmHosting`, `confirmRegionalHosting`',
  ),
  DEADLINE_PASSED: entry(
    'The deadline for {step} was {dueOn}, and {police} has {count} open.',
    'A deadline of the programme has passed, and tasks still wait: `count`, of one organisation. Only for co-ordinators and liaisons who may read the plan of the visit.',
    'From the day after the deadline until it is done; of a deadline before the departure until the departure.',
    'The owner: its tasks; the network: `changeProgramme`',
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

\`Group.warnings\` lists them. While a partner is unavailable, those that need its facts are missing, with
an error at the field. Words in braces are values of the warning.

| code | what it means | when it holds | who can end it, and how | message |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
