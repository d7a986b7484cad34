/**
 * The descriptions of elements that several subgraphs publish, by type and field. Each has the same
 * text in all. `about` is the type itself; `Input` has what the inputs of mutations share.
 */
export const words = {
  Query: {
    about:
      'What can be read. A root field is null, with an error that names the partner, when its owner is unavailable.',
  },
  Mutation: {
    about:
      'What co-ordinators and liaisons can write. Each mutation is executed by the one partner that owns the record.',
  },
  List: { orderBy: 'How the list is sorted. `BAD_USER_INPUT` for a cursor of another order.' },
  Party: {
    about:
      'A body that can play a role in the network: an organisation, an NCM office or a police unit. Each kind is owned by another partner.',
    id: 'Owner and local name: `nbnp:iacis`, `ncm:led`, `dk:nec`.',
    name: 'Its English name, from its owner. Null while the owner is unavailable.',
    country: 'Where it has its seat; null for an international body.',
    acronym: 'The short form that it is known by; null if it has none.',
    variants: 'Other names that sources use, in English and its own languages.',
    city: 'The English name of the city of its seat; null if no source says.',
    source: 'The page that documents it.',
    checkedOn:
      'The day on which somebody last read the page for it; null if no mutation has written it since.',
    version:
      'The version of the record, from 1. Send it back with a mutation. Null while its owner is unavailable.',
  },
  Participant: {
    about:
      'A person who can travel with a group: an officer of a police force or a delegate of an office.',
    id: 'Owner and a local part that says nothing about the person: `dk:…` for an officer, `ncm:…` for a delegate.',
    name: 'The name of the person. Null after erasure.',
    targetGroup: 'The kind of authority that the person works for.',
    country: 'The country that sends the person.',
    report: 'The latest report that the person has handed in; null before the first.',
  },
  Site: {
    about: 'An institution that a group visits.',
    id: 'Owner and local name: `no:site-muni-bodo`, or `ncm:…` for one in Russia.',
    name: 'The English name of the institution.',
    sector: 'The field that it works in.',
    city: 'The city that it is in; null where no source says.',
    country: 'The country where it lies.',
    visitedOn: 'Day, month or year of the documented visit; null if none.',
    note: 'What the source adds.',
    evidence: 'How well visits of groups are documented.',
    closedOn: 'Day, month or year since which no group can visit it; null while groups can.',
    openOn: 'Only sites that were not closed before that day. Unknown dates exclude nothing.',
    source: 'The page that documents it.',
  },
  Claim: {
    about:
      'What one source states about one property of a record. Sources that disagree have a claim each.',
    property: 'The property, as the facts name it: `openedOn`, `name`.',
    value: 'The value that the source states, as text.',
    source: 'The page that says it; null where it is known by other means.',
    preferred: 'True for the claim whose value the record itself has.',
    note: 'How the value was read, or why it is doubted.',
    all: 'What individual sources say about it, if they differ or are uncertain.',
  },
  ContactPoint: {
    about:
      'How to reach a function of a body: a duty desk, a secretariat. Never a person, and never the address of one.',
    id: 'The code of the owner and a local part: `lv:…`.',
    function: 'Whose it is, in words: `duty desk`, `visitors`. Null for the body as a whole.',
    mailbox: 'A functional mailbox. Null if none is known.',
    telephone: 'The number with the country code: `+371 6707 5000`. Null if none is known.',
    openingHours: 'When it can be reached, in local time, in words. Null if no source says.',
    languages: 'The languages in which it can be reached; empty if no source says.',
    source: 'The page that states it.',
    checkedOn: 'The day on which somebody last read the source for it.',
    version: 'Grows by one each time it is set anew.',
    of: 'How to reach its functions, by function. Signed-in callers of every organisation read them.',
    input: 'A contact point. It needs a mailbox, a telephone or opening hours.',
    added: 'Id of the contact point that is set anew. Null adds one.',
    set: 'All of the contact point: what is left out or null is removed.',
    removed: 'Id of the contact point that is removed.',
    setInput: 'A contact point of a body, and the body.',
    removeInput: 'A contact point that is removed, and its body.',
    setFor:
      'Adds a contact point, or sets one anew, with the page that states it and the day on which it was read. Rules: DUPLICATE, PERSONAL.',
    removeFor: 'Removes a contact point that no longer reaches anybody.',
  },
  ParticipantReport: {
    about:
      'A participant’s report after a visit. Signed-in callers may read that it was received; its text is restricted.',
    id: 'Owner and local name, with the code of the organisation that stores it.',
    group: 'Id of the group that the participant travelled with.',
    visit: 'Id of the visit that it is about.',
    receivedOn: 'The day on which it was received.',
    text: 'The report itself, as it was handed in. Null after erasure.',
    version: 'Grows by one with each correction.',
    corrected:
      'The version of the report that is corrected. `CONFLICT` with `currentVersion` when it has changed since. Not checked if left out; only corrections read it.',
  },
  Formality: {
    about:
      'One thing that a member of a group must have before the departure, recorded by the side that sends the member.',
    kind: 'What it is; each person has each kind once for a group.',
    status: 'How far it has come. It is open until it is received or not needed.',
    on: 'The day since which it has this status.',
    note: 'What else the sending side wrote, as text; null if nothing.',
    version: 'Grows by one each time it is recorded again.',
    recordFor:
      'Records one formality of a member of a group, and replaces its earlier record. Rules: NOT_MEMBER, OUTSIDE_PROGRAMME, CANCELLED, ERASED.',
    ofPerson:
      'What the sending side has recorded of the person’s formalities for one group, by kind; a kind that is not listed is open.',
    group: 'Id of the group with which the person travels: `nbnp:…`.',
    outstanding:
      'What the sending side still has to do for the person and one group, whether or not it is due yet. Somebody who is absent from all visits of the group owes no report. Empty after erasure, because nothing can be recorded any more.',
  },
  TravelNeeds: {
    about:
      'What a person needs on a journey, and for it alone. The owner’s server erases all of it 30 days after the last return, or after as many days as its operator has set.',
    diet: 'What the person may not or does not eat.',
    access: 'What the person needs to get about: no stairs, a seat near the door.',
    emergencyContact: 'Whom to call if something happens to the person: a name and a number.',
    version: 'Grows by one each time they are set anew or removed; the first one is 1.',
    ofPerson:
      'Diet, access and emergency contact for the journey. Null if nobody has set them, or they were erased after the journey.',
    setFor:
      'Sets all travel needs of a person anew: what is left out or null is removed. Rules: ERASED.',
  },
  GroupMeeting: {
    about:
      'A meeting of a group before or after its journey, as the side that sends the group recorded it. A group has one of each kind.',
    kind: 'Whether it was before the journey or after the return.',
    on: 'The day of the meeting.',
    place: 'Where it was held, as text; null if nobody recorded it.',
    agenda: 'What was to be discussed, as text; null if nobody recorded it.',
    outcome: 'What it led to, as text; null if nobody recorded it.',
    attended: 'How many members came; null if nobody recorded who did.',
    missed:
      'How many of those who are members now were not there; null if nobody recorded who came. A member who joined later counts.',
    version:
      'Grows by one each time it is recorded again. The offices’ mutations take it as `version`. Those of the network take it as `meetingVersion`, beside `Group.version`.',
    readers:
      'signed-in callers of every organisation and role; everybody once the group is back from visits that have ended',
    planReaders:
      'the organisation that recorded the meeting, and those that send, host or arrange a visit of the group, and all organisations once all of its visits have ended; never auditors',
    attendees:
      'Ids of the members who came: an empty list for nobody, null for unknown. Nobody can read who came, only how many.',
  },
  Delegate: {
    about:
      'A public servant or expert whom an office can send: from North-West Russia, or another country that a side of a programme names.',
  },
  Officer: {
    about:
      'A police officer or another public servant of a Nordic or Baltic country who can travel with a group.',
  },
  Expert: {
    about: 'An officer who serves a visit as expert, interpreter or support person.',
    id: 'The police force’s code and a local part that says nothing about the person: `fi:…`.',
  },
  ExpertAssignment: {
    about:
      'The service of one expert on one visit, in one role. The network asks for the expert, and the police force lends them or refuses.',
    id: '`nbnp:` and a local part.',
    expertId: 'Id of the expert, with the code of the police force that decides: `fi:…`.',
    loanGranted:
      'Whether the police force lends the expert. Null until it has decided, while it is unavailable, and again when the visit moves outside the days for which it lent them.',
    loanWithdrawnOn:
      'The day on which the police force took back the expert whom it had lent; null if it did not.',
    loanGrantedVersion:
      'The version of the visit for which the police force lends the expert: for the days that `Visit.plans` has for it. Null without such a loan. If nobody recorded it, it counts as the oldest.',
    isLoanPutBack:
      'True if the expert was lent for other days than those of the visit, so that the police force must decide again.',
  },
  OfficerNomination: {
    about:
      'A police force’s proposal of an officer for a group. The network accepts or declines it.',
    id: 'The police force’s code and a local part: `dk:…`.',
    groupId: 'Id of the group that the officer is proposed for: `nbnp:…`.',
    nominatedOn: 'The day of the proposal.',
    withdrawnOn: 'The day on which the police force withdrew it; null if not withdrawn.',
  },
  Group: {
    about:
      'The people who travel together in one direction of a programme. Each date of its progress has one owner.',
    id: '`nbnp:` and a local part.',
    delegates:
      'The delegates whom an office has selected for it, and not declined or withdrawn since.',
    delegateCount:
      'How many delegates are selected; 0 for none, null while the offices are unavailable.',
    delegateNominationCount: 'Nominations of delegates that are neither withdrawn nor declined.',
    officerNominationCount:
      'Nominations of officers that are neither withdrawn nor declined, of all police forces together; null unless each of them responded.',
    delegatesSelectedOn: 'The day of the latest selection of a delegate; null before the first.',
    delegatesBriefedOn: 'The day of the briefing by an office, before the journey.',
    delegatesDebriefedOn: 'The day of the debriefing by an office, after the return.',
    delegateReportsReceived: 'How many selected delegates have handed in a report.',
    delegateFormalitiesOpen:
      'Open formalities of selected delegates: neither `RECEIVED` nor `NOT_NEEDED`. Each delegate has all five kinds. Null while the offices are unavailable, and with `FORBIDDEN` for callers without a token if it is small.',
    officerFormalitiesOpen:
      'Open formalities of accepted officers: neither `RECEIVED` nor `NOT_NEEDED`. Each officer has all five kinds. Of all police forces together; null unless each of them responded, and with `FORBIDDEN` for callers without a token if that of one of them is small.',
    visasRefused:
      'Members who got no visa, as their formalities say, and who are not recorded as absent. Null while the side that sends them is unavailable, and with `FORBIDDEN` for callers without a token if it is small.',
    officerReportsReceived:
      'How many officers have handed in a report, of all police forces together; null unless each of them responded.',
  },
  Programme: {
    about:
      'A mobility programme: a series of journeys by which public servants learn from each other.',
    id: '`nbnp:` and a local name: `nbnp:mobility-programme-2009-2010`.',
    officeSignedOn: 'The day on which the offices signed the evaluation; null before.',
    officeSignatureCount: '1 when the offices have signed the evaluation, 0 when not.',
  },
  Region: {
    about: 'A region of North-West Russia.',
    code: 'ISO 3166-2: `RU-MUR`.',
  },
  Visit: {
    about: 'One journey of a group to institutions of other countries.',
    id: '`nbnp:` and a local part.',
  },
  ItineraryStop: {
    about: 'One institution, on one day of a visit. Its host confirms it.',
    hostCountry: 'The country that hosts the stop. `hostOwner` says who confirms it there.',
    hostConfirmedVersion:
      'The version of the stop that the hosting police force has confirmed; 0 when it has confirmed none.',
    officeConfirmedVersion:
      'The version of the stop that an office has confirmed, for a stop that the offices host; 0 when it has confirmed none.',
  },
  Organisation: {
    about:
      'An organisation of the network’s directory: an authority, a network, a centre of support.',
    id: '`nbnp:` and a local name: `nbnp:iacis`.',
  },
  Event: {
    about:
      'Something that took place in the field, or will: a seminar, a conference, an agreement.',
    id: '`nbnp:` and a local name: `nbnp:mp-1`.',
  },
  PoliceUnit: {
    about: 'A national police force or one of its units.',
    id: 'The police force’s code and a local name: `dk:nec`.',
    name: 'Its English name. Null while its police force is unavailable.',
    country: 'The Nordic or Baltic country that it serves.',
  },
  /** What a rehearsal is called at whatever belongs to one, or was made for one. */
  Rehearsal: {
    inherited: 'True for a part of a rehearsal: nothing of it is a fact.',
    made: 'True for a record that was made for rehearsals: it is invented, and no real programme can use it.',
    given: 'True for a record that is made for rehearsals only. It is invented, and stays so.',
    taken:
      'True to include what was made for rehearsals. Each such record says so by its `isRehearsal`.',
  },
  Office: {
    about: 'An office of the Nordic Council of Ministers.',
    id: '`ncm:` and a local name: `ncm:led`.',
    name: 'Its English name. Null while the offices are unavailable.',
    country: 'The country where it works: `RU`, `EE`.',
  },
  Hosting: {
    about: 'A police unit’s offer to host a visit to its country.',
    id: 'The host’s code and a local part: `fi:…`, `ncm:…`.',
    visitId: 'Id of the visit that would be hosted: `nbnp:…`.',
    visit: 'The visit to host.',
    host: 'Who makes the offer: a police unit, or an NCM office.',
    status:
      'The status of the offer. A confirmation holds for the days for which it was given: when the visit moves outside them, or its country hosts no more, the offer is `OFFERED` again, and its host must confirm it again. While the network is unavailable, it is what the host decided, and the response names the network.',
    isPutBack:
      'True if the offer was confirmed for other days, or while its country hosted the visit, so that its host must confirm it again.',
    confirmedVersion:
      'The version of the visit that the host confirmed: it agreed to the days that `Visit.plans` has for it. Null before a confirmation. If nobody recorded it, it counts as the oldest.',
    accommodation: 'Where the group would stay.',
    transport: 'The transport for the group.',
    meetingPoint: 'Where the group is met when it arrives.',
    contactOnTheSpot: 'Who is with the group during the visit: a name and a number.',
    emergencyContact: 'The emergency contact for the group: a name and a number.',
    note: 'What else those who travel have to know.',
    decidedOn:
      'The day of the latest decision: the confirmation or the withdrawal. Null for an open offer.',
    version: 'The version of the record, from 1. Send it back with a mutation.',
  },
  RegionalHosting: { about: 'An office’s offer to arrange a visit that the offices host.' },
  NationalSite: {
    about: 'An institution in a Nordic or Baltic country that groups can visit.',
  },
  RegionalSite: { about: 'An institution in Russia that groups can visit.' },
  Input: {
    input: 'All that the mutation needs, in one object.',
    versionOrNone:
      'The version that the caller has last read, 0 if nothing was recorded. `CONFLICT` with `currentVersion` when it has changed since. Not checked if left out.',
    version:
      'The version that the caller has last read. `CONFLICT` with `currentVersion` when the record has changed since.',
    removalReason:
      'Why, for the record of changes, which co-ordinators and auditors of every organisation read. Do not name persons.',
    visitVersion:
      'The version of the visit whose days the caller has seen: `Visit.version`. `CONFLICT` with `currentVersion` if its days or hosts have changed since. Not checked if left out.',
    recordedOn:
      'The day of the confirmation of this version that is recorded, to correct it. `CONFLICT` if another day, or another host’s confirmation, is recorded.',
    stopVersion:
      'The version of the stop that is confirmed: `ItineraryStop.version` as the caller read it.',
    source: 'The page that states it.',
    checkedOn: 'The day on which somebody read that page for it.',
    isAnother:
      'True if it is another one, although it looks the same as one that is recorded. Without it, that one’s id is in the refusal (rule `DUPLICATE`).',
    idempotencyKey:
      'A text of the caller’s own. A repeated call with the same key changes nothing and returns what the first returned. After 30 days the key can be used again.',
  },
} as const;
