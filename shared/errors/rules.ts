import { HubError } from './hub-error.js';

/**
 * The rules of the programme that a mutation can break, in one table for all partners. The client
 * reads the name, and the hub adds the sentence. Sources: the founding document and the contract.
 */
export const programmeRules = {
  PLANNED_SIZE:
    'A group’s planned size must be between the programme’s smallest and largest group.',
  REHEARSAL:
    'Nothing that was made for rehearsals can be used in a real programme, and no real person in a rehearsal. A programme with a group stays what it is, and one with an event, a statement or a source does not become a rehearsal.',
  MERGED: 'A record that was merged into another one cannot change, and nothing new refers to it.',
  PERSONAL: 'A contact point belongs to a function, never to a person.',
  TARGET_GROUP: 'Only people of the programme’s target groups may be nominated.',
  DIRECTION:
    'Officers travel towards North-West Russia and delegates towards the Nordic countries; each side records its own.',
  SIDE: 'People travel, select and host on a side of their own country.',
  COORDINATOR:
    'The meetings of a group are held by an office that co-ordinates the side it travels from; where no such office is open, by the network.',
  DOCUMENTED:
    'A programme that a source states has the sides that its source states, and one with documented directions has the sides of these.',
  ALREADY_NOMINATED: 'Nobody may be nominated twice for a group.',
  ALREADY_DECIDED: 'A decision stands until it is reopened.',
  WITHDRAWN: 'A withdrawal is final.',
  NOT_MEMBER:
    'Only a member of a group can be absent from one of its visits, attend its meetings, or read its practical information. Only a member or a reserve has formalities.',
  NOT_GONE:
    'A replacement must name somebody of the same group who was declined, released or withdrawn, or who is absent from the first day of a visit.',
  REPLACED: 'Nobody may be replaced twice.',
  OVERLAPPING_GROUPS: 'Nobody may travel in two groups at the same time.',
  OVERLAPPING_VISITS: 'A group may be on only one visit at a time.',
  AUTHORITY:
    'A selection must name the local authority that decided together with the office: an organisation, or a name of at least three letters.',
  ACCEPTED:
    'The network must release an accepted member before the nomination can be withdrawn or reopened.',
  OUTSIDE_PROGRAMME: 'The date must be within the years of the group’s programme.',
  OUTSIDE_VISIT: 'The day of a stop or of an absence must be within its visit.',
  HOST_COUNTRY:
    'The hosts of a visit must be member countries, Russia or countries of the group’s sides, by where it travels to. The host of a stop, and whoever hosts the visit, must be in a host country of it. Only offices in Russia co-ordinate, confirm and meet groups.',
  CLOSED:
    'An office must be open on every day of what it arranges, confirms, co-ordinates or holds, and a site on the day of a stop. Unknown dates exclude nothing.',
  SITE_ELSEWHERE: 'A stop’s site must be in the country that hosts the stop.',
  EXPERT_ELSEWHERE: 'An expert may not serve two visits at the same time.',
  EXPERT_ROLE: 'An expert’s role must be one that the police force offers.',
  EXPERT_LANGUAGES: 'An expert’s languages on a visit must be languages that the expert speaks.',
  ALREADY_ASSIGNED: 'An expert may have each role on a visit only once.',
  NOT_ASSIGNED: 'Only an expert for whom the network has asked can be lent or refused.',
  NOT_LENT: 'Only an expert who is lent can be taken back.',
  NOT_DECIDED: 'Only a nomination with a decision can be reopened.',
  NOT_CALLED_OFF: 'Only a stop that was called off can be resumed.',
  NOMINATED:
    'The target groups and group sizes of a programme cannot change after the first nomination.',
  NOT_SELECTED:
    'A group needs as many members as its programme’s smallest group before its briefing and departure: `extensions.expected`, of which it has `extensions.count`.',
  NOT_BRIEFED:
    'A group needs its briefing before its departure, unless it is a Nordic-Baltic group for North-West Russia.',
  UNCONFIRMED_STOP: 'Each stop’s host must confirm its current version before the group departs.',
  NOT_DEPARTED:
    'The departure must be recorded before a return, and before whether a stop took place.',
  NOT_RETURNED: 'Debriefing and reports need a return.',
  NOT_TRAVELLED:
    'A report must be from a member who travelled on the visit with the group, and was not absent from its first day.',
  FUTURE:
    'The day of something that happened must not be later than today. A day counts once it has begun anywhere on Earth.',
  DATE_ORDER:
    'A step must not be dated before the step that it follows. A departure must be at most two days before the visit’s first day and not after its last day, and a return at most 30 days after its last day.',
  TOO_LATE:
    'A debriefing, report or signature must be at most two years after the programme’s end.',
  DEPARTED: 'The preparation of a group cannot change after its departure.',
  CONFIRMED: 'A stop that its host has confirmed can be called off, but not removed.',
  RETURNED:
    'A visit cannot change after its return. A group that is back from all its visits cannot be cancelled or visit again.',
  CANCELLED: 'A cancelled group, a cancelled visit and a stop that was called off cannot change.',
  EVALUATED: 'An evaluated programme cannot change, except for reports that are still expected.',
  UNDER_WAY:
    'An evaluation needs groups. Each must be cancelled, or must have returned and handed in a report.',
  ALREADY_SIGNED: 'Each side can sign an evaluation only once.',
  REFERRED_TO:
    'A record cannot be removed, and a step cannot be undone, while another record rests on it.',
  DUPLICATE:
    'This is recorded already: `extensions.id` names the first. For another one like it, say `isAnother: true`.',
  NOT_SIGNED: 'There is no signature to withdraw.',
  ERASED: 'No data may be added to an erased person.',
  HELD: 'Nothing of a person may be erased or removed while a hold is in force.',
  NO_JOURNEY:
    'Only members and reserves of a group that is not back, or has been for at most 30 days, are invited.',
  CONSENT_TIME: 'A consent ends at most two years ahead, and not in the past.',
} as const;

/** The name of a rule of the programme, in `extensions.rule`. */
export type ProgrammeRule = keyof typeof programmeRules;

/**
 * The situations in which a rule that says several things is broken, in `extensions.situation`. The
 * sentence of the situation replaces that of the rule.
 */
export const ruleSituations = {
  SIDE: {
    PERSON_ELSEWHERE:
      'People travel with groups that go from a side of their country, and of their region where the side names regions.',
    SENDER_NOT_NAMED: 'An office sends people only with groups that go from a side that names it.',
    COUNTRY_NOT_NAMED:
      'An office registers people of regions that it knows, and of countries that a side of a programme names.',
    PARTY_ELSEWHERE: 'A police force selects and hosts in its own country alone.',
  },
  HOST_COUNTRY: {
    NOT_IN_NETWORK:
      'Only Russia, countries whose police force is in the network, and countries of a side of the group can host a visit.',
    OTHER_SIDE: 'A visit must be hosted by a country of the side that the group travels to.',
    NO_MEMBER_COUNTRY:
      'A visit of a group from North-West Russia must be hosted by at least one member country.',
    NOT_RUSSIA: 'A visit of a group from the Nordic and Baltic countries must be hosted by Russia.',
    STOP_ABROAD: 'The host country of a stop must be one of the countries that host its visit.',
    STOP_REMAINS:
      'A country that hosts a stop of the visit must go on hosting the visit. Remove its stops or call them off first.',
    STOP_ELSEWHERE: 'A stop can be confirmed only by the country that hosts it.',
    VISIT_ELSEWHERE: 'Only a country that hosts the visit can offer and confirm its hosting.',
    OFFICE_ELSEWHERE:
      'Only an office in Russia co-ordinates, hosts and meets groups, and confirms their stops.',
    OFFICE_NOT_NAMED:
      'Only an office that a side of the group names for the country hosts there and confirms its stops.',
  },
} as const satisfies Partial<Record<ProgrammeRule, Readonly<Record<string, string>>>>;

type Situations = typeof ruleSituations;

/** What follows a rule: a rule that has situations needs one. */
type Details<Rule extends ProgrammeRule> = Rule extends keyof Situations
  ? [argument: string, situation: keyof Situations[Rule]]
  : [argument?: string];

/** True if the text is the name of a rule. */
export const isProgrammeRule = (name: unknown): name is ProgrammeRule =>
  typeof name === 'string' && Object.hasOwn(programmeRules, name);

/** What a rule says, in a situation that is known for it. */
export function sentenceOfRule(rule: ProgrammeRule, situation?: unknown): string {
  const own = new Map<unknown, string>(
    Object.entries(rule in ruleSituations ? ruleSituations[rule as keyof Situations] : {}),
  );
  return own.get(situation) ?? programmeRules[rule];
}

/**
 * Refuses a change that a rule of the programme does not allow.
 * @param details the invalid argument, as a dotted path, and the situation
 * @throws HubError `RULE_VIOLATED` with `rule`
 * @example if (delegate.direction !== group.direction) violateRule('DIRECTION', 'input.group');
 */
export function violateRule<Rule extends ProgrammeRule>(
  rule: Rule,
  ...details: Details<Rule>
): never {
  const [argument, situation] = details;
  throw new HubError('RULE_VIOLATED', {
    message: sentenceOfRule(rule, situation),
    rule,
    ...(situation !== undefined && { situation }),
    ...(argument !== undefined && { argument }),
  });
}

/**
 * Refuses a briefing or departure of a group that has too few members.
 * @throws HubError `RULE_VIOLATED` NOT_SELECTED, with both numbers
 */
export function requireMembers(count: number, expected: number, argument: string): void {
  if (count >= expected) return;
  const rule = 'NOT_SELECTED';
  const message = programmeRules[rule];
  throw new HubError('RULE_VIOLATED', { message, rule, argument, count, expected });
}
