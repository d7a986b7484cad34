/**
 * A partner's rooms, the ground floor first. A room may use its own files, the entities and the rooms before it: an
 * import that leads back up is a sign that a file stands in the wrong room. The reason says why a room stands where it
 * does. Tests may use every room, `testing/` among them, which nothing else does.
 */
module.exports = {
  nbnp: [
    [
      'access',
      'Every room asks who may read what, and shares its loaders, so it names none of them.',
    ],
    ['network', 'Members, terms and the parties of others are known without any journey.'],
    [
      'organisations',
      'An organisation has held the chair in the network, which knows countries alone.',
    ],
    ['sides', 'A side names countries and parties, before any group goes from it.'],
    [
      'groups',
      'A group is planned with the parties of the network. Its members and dates are its own.',
    ],
    ['meetings', 'A group meets before and after its journey. Its dates are steps of the group.'],
    ['nominations', 'A decision on a nominee looks at the group that she would join.'],
    ['programmes', 'A programme is signed once its groups are back, so it looks at them.'],
    ['visits', 'A visit belongs to a group. Its departure looks at the members and at the stops.'],
    ['participants', 'Members say what they have read of a visit, which asks none of them.'],
    ['absences', 'A member is absent from a visit. No visit asks who was.'],
    ['experts', 'An expert is assigned to a visit, which must be free on its days.'],
    ['itineraries', 'A stop is added to a visit and changed with it. It does not name experts.'],
    ['copies', 'A copy carries programmes, groups, visits and stops. No rule depends on one.'],
    ['statements', 'A statement is about records of ours. It names no room that shows them.'],
    ['outcomes', 'An outcome belongs to an event, which does not ask what came of it.'],
    ['events', 'An event belongs to a programme, and its parties are those of the network.'],
    ['contacts', 'Contacts are counted from events, programmes and visits. No room uses them.'],
    ['tasks', 'Tasks look at all that is recorded of a journey. No rule may depend on a task.'],
    [
      'warnings',
      'Warnings look at all that is due of a group, its tasks too. No rule depends on one.',
    ],
    ['statistics', 'Counts look at all that travels. No rule may depend on a count.'],
  ],
  'ncm-offices': [
    ['access', 'Every room asks who may read about people, so it names none of them.'],
    ['network', 'Offices and regions are known without any person or journey.'],
    ['delegates', 'A delegate belongs to an office and a region, before any group.'],
    ['consents', 'A delegate shares what is recorded of the delegate.'],
    ['groups', 'The rules of a group hold for all that is done with its delegates.'],
    ['meetings', 'A group meets before and after its journey, by the rules of the group.'],
    ['nominations', 'A delegate is nominated for a group, whose rules decide.'],
    [
      'formalities',
      'Formalities are those of a delegate whom a nomination made a member of a group.',
    ],
    ['reports', 'A report is handed in by a delegate whom a nomination made a member.'],
    ['programmes', 'A programme is signed once its groups are back and have reported.'],
    ['visits', 'A hosting belongs to a visit. It does not name its stops.'],
    ['itineraries', 'A stop is confirmed by the rules of its group. No room uses sites.'],
    ['statistics', 'Counts look at all delegates. No rule may depend on a count.'],
  ],
  'national-police': [
    ['access', 'Every room asks who may read people and itineraries, so it names none of them.'],
    ['network', 'Police units are known without any person or journey.'],
    ['officers', 'An officer belongs to a unit, before any group.'],
    ['consents', 'An officer shares what is recorded of the officer.'],
    ['groups', 'What this police adds to a group counts its officers.'],
    ['nominations', 'An officer is nominated for a group.'],
    ['formalities', 'Formalities are those of an officer whom a nomination made a member.'],
    ['reports', 'A report is handed in by an officer whom a nomination made a member.'],
    ['visits', 'A hosting belongs to a visit. It does not name its stops.'],
    ['experts', 'An expert is registered and erased as an officer is.'],
    ['itineraries', 'A stop is confirmed once its visit is checked as a hosting’s is.'],
    ['statistics', 'Counts look at all officers and experts. No rule may depend on a count.'],
  ],
};
