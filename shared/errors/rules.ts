import { HubError } from './hub-error.js';

/**
 * The rules of the programme that a mutation can break, in one table for all partners. The client
 * reads the name, and the hub adds the sentence. Sources: the founding document and the contract.
 */
export const programmeRules = {
  PLANNED_SIZE: 'A group’s planned size lies between the programme’s smallest and largest group.',
  TARGET_GROUP: 'Only people of the programme’s target groups are nominated.',
  DIRECTION:
    'Officers travel towards North-West Russia and delegates towards the Nordic countries; each side records its own.',
  ALREADY_NOMINATED: 'Nobody is nominated twice for a group.',
  ALREADY_DECIDED: 'What has been decided is not decided again.',
  WITHDRAWN: 'What was withdrawn is not taken up again.',
  OVERLAPPING_GROUPS: 'Nobody travels in two groups at one time.',
  OVERLAPPING_VISITS: 'A group is on one visit at a time.',
  LOCAL_AUTHORITY: 'A selection names the local authority that decided together with the office.',
  ACCEPTED: 'An accepted officer is released by the network before her police withdraws her.',
  OUTSIDE_PROGRAMME: 'The date lies within the years of the group’s own programme.',
  OUTSIDE_VISIT: 'A stop’s day lies within its visit.',
  HOST_COUNTRY:
    'A visit is hosted by countries of the network or by Russia, as its direction says, and a stop by a host of its visit.',
  SITE_ELSEWHERE: 'A stop’s site lies in the country that hosts the stop.',
  EXPERT_ELSEWHERE: 'No expert serves in two places at one time.',
  EXPERT_ROLE: 'An expert serves in a role that her police lends her for.',
  EXPERT_LANGUAGES: 'An interpreter’s languages are among those that she has.',
  ALREADY_ASSIGNED: 'An expert has each role on a visit once.',
  NOT_SELECTED: 'A group is briefed and departs once its members are selected.',
  NOT_BRIEFED: 'A group departs for the Nordic countries after its briefing.',
  UNCONFIRMED_STOP: 'A group departs once each stop is confirmed by its host, as it now is.',
  NOT_DEPARTED: 'A return follows a departure.',
  NOT_RETURNED: 'Debriefing and reports follow the return.',
  NOT_TRAVELLED: 'A report comes from somebody who travelled on the visit with the group.',
  DATE_ORDER: 'A step is not dated before the step that it follows.',
  DEPARTED: 'What concerns the preparation ends with the departure.',
  RETURNED: 'What concerns the visit ends with the return.',
  CANCELLED: 'Nothing changes in a cancelled group.',
  EVALUATED:
    'Nothing changes in a programme that has been evaluated but a report that was still expected.',
  UNDER_WAY:
    'A programme is evaluated when it has groups, and each has been reported or cancelled.',
  ALREADY_SIGNED: 'Each side signs an evaluation once.',
  ERASED: 'Nothing is added to somebody who was erased.',
} as const;

/** The name of a rule of the programme, in `extensions.rule`. */
export type ProgrammeRule = keyof typeof programmeRules;

/** True if the text is the name of a rule. */
export const isProgrammeRule = (name: unknown): name is ProgrammeRule =>
  typeof name === 'string' && Object.hasOwn(programmeRules, name);

/**
 * Refuses a change that a rule of the programme does not allow.
 * @param argument the invalid argument, as a dotted path
 * @throws HubError `RULE_VIOLATED` with `rule`
 * @example if (delegate.direction !== group.direction) violateRule('DIRECTION', 'input.group');
 */
export function violateRule(rule: ProgrammeRule, argument?: string): never {
  throw new HubError('RULE_VIOLATED', {
    message: programmeRules[rule],
    rule,
    ...(argument !== undefined && { argument }),
  });
}
