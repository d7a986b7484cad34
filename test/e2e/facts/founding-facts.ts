/* oxlint-disable max-lines -- one table of the whole document, read from its first sentence to its last */
// The founding document, sentence by sentence: what it says, how the graph is asked for it, and what has to come back. The
// sentences are counted as the facts’ README counts them, headings left out. Words stand as they are printed.

/** The page that the founding document is on. */
const page = 'https://nbnp.ee/activities/2012';

export interface FoundingFact {
  readonly sentence: number;
  /** Words of the document that say it. */
  readonly words: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly expected: unknown;
}

/** A fact that fields hold. */
const held = (sentence: number, words: string, query: string, expected: unknown): FoundingFact => ({
  sentence,
  words,
  query: `{ ${query} }`,
  expected,
});

/** A fact that statements hold: those of this kind that have the words, about these subjects. */
const said = (
  sentence: number,
  words: string,
  kind: string,
  about: string | readonly string[],
  more: object = {},
): FoundingFact => ({
  sentence,
  words,
  query: `query ($kind: StatementKind, $search: String) { statements(filter: { kind: $kind, search: $search }) { nodes {
    source place countries traffickingRoles primaryRole subject { ... on Programme { id } ... on Event { id } ... on Organisation { id } } } } }`,
  variables: { kind, search: words },
  expected: {
    statements: {
      nodes: [about].flat().map((id) => ({
        source: page,
        place: `sentence ${sentence}`,
        subject: { id },
        ...more,
      })),
    },
  },
});

const parties = (...ids: string[]) => ids.map((id) => ({ party: { id }, source: page }));
const represented = (...countries: (string | null)[]) =>
  countries.map((country) => ({ country, source: page }));

const nordic = ['DK', 'FI', 'IS', 'NO', 'SE'];
const baltic = ['EE', 'LT', 'LV'];
const all = [...nordic, ...baltic, 'RU'];

const programme = 'nbnp:mobility-programme-2009-2010';
const ministers = 'nbnp:nb-min-ge';
const committees = ['nbnp:nc-ccrc', 'nbnp:nc-welfare'];
const network = 'nbnp:nbnp';
const ofProgramme = (fields: string) => `programme(id: "${programme}") { source ${fields} }`;
const roles = (role: string) => `roles(role: ${role}) { party { id } source }`;

/** Efforts in the fight against trafficking in human beings; background information. */
const background: readonly FoundingFact[] = [
  held(
    1,
    'In July 2007 the Nordic Council of Ministers and the city of St. Petersburg signed an agreement on co-operation',
    `event(id: "nbnp:poi-2007") { kind startsOn source ${roles('SIGNATORY')} }`,
    {
      event: {
        kind: 'AGREEMENT',
        startsOn: '2007-07',
        source: page,
        roles: parties('nbnp:ncm', 'nbnp:ru-spb-gov'),
      },
    },
  ),
  said(
    1,
    'co-operation within the social areas and the areas of gender equality',
    'SUBJECT_FIELD',
    'nbnp:poi-2007',
  ),
  said(1, 'in an effort to fight trafficking in human beings', 'AIM', 'nbnp:poi-2007'),
  held(
    2,
    'The Nordic and Baltic Ministers for Gender Equality decided at their meeting on May 27, 2008 (Kuressaare, Estonia)',
    `event(id: "nbnp:min-kuressaare-2008") { startsOn city country source ${roles('DECISION_MAKER')} }`,
    {
      event: {
        startsOn: '2008-05-27',
        city: 'Kuressaare',
        country: 'EE',
        source: page,
        roles: parties(ministers),
      },
    },
  ),
  held(
    2,
    'that it is important to continua the Nordic-Baltic co-operation',
    'event(id: "nbnp:min-kuressaare-2008") { outcomes { id kind source } }',
    {
      event: {
        outcomes: [{ id: 'nbnp:out-kuressaare-continue', kind: 'DECISION', source: page }, {}, {}],
      },
    },
  ),
  held(
    3,
    'The ministers set the Nordic Council of Ministers the task to work out a strategy',
    `event(id: "nbnp:min-kuressaare-2008") { outcomes { id mandated { id } source } ${roles('MANDATED')} }`,
    {
      event: {
        outcomes: [
          {},
          {},
          { id: 'nbnp:out-kuressaare-strategy', mandated: [{ id: 'nbnp:ncm' }], source: page },
        ],
        roles: parties('nbnp:ncm'),
      },
    },
  ),
  held(
    3,
    'that the co-operation will end in concrete results',
    'event(id: "nbnp:min-kuressaare-2008") { outcomes { id kind title source } }',
    {
      event: {
        outcomes: [
          {},
          {
            kind: 'DECISION',
            title: 'The co-operation will end in concrete results',
            source: page,
          },
          {},
        ],
      },
    },
  ),
  held(
    4,
    'In April 2008, a Nordic-Baltic-Russian conference was held in St. Petersburg (Russian Federation) under the title "Joining Nordic-Russian-Baltic Efforts to Combat Trafficking in Human Beings"',
    'event(id: "nbnp:conf-spb-2008") { title kind startsOn city country source }',
    {
      event: {
        title: 'Joining Nordic-Russian-Baltic Efforts to Combat Trafficking in Human Beings',
        kind: 'CONFERENCE',
        startsOn: '2008-04',
        city: 'St Petersburg',
        country: 'RU',
        source: page,
      },
    },
  ),
  held(
    4,
    'a Nordic-Baltic-Russian conference',
    'event(id: "nbnp:conf-spb-2008") { represented { country source } }',
    { event: { represented: represented(null, null, 'RU') } },
  ),
  said(
    5,
    'how to co-ordinate the effort in order to fight human trafficking',
    'SUBJECT_FIELD',
    'nbnp:conf-spb-2008',
    { countries: all },
  ),
  held(
    6,
    'Since 2001, the Nordic Council of Ministers has taken an active part in the fight against trafficking in human beings',
    'organisation(id: "nbnp:ncm") { claims { property value preferred source } }',
    {
      organisation: {
        claims: [
          {
            property: 'activeAgainstTraffickingSince',
            value: '2001',
            preferred: true,
            source: page,
          },
          {},
        ],
      },
    },
  ),
  said(
    7,
    'has been carried out within the framework of the Nordic co-operation',
    'CONTEXT',
    'nbnp:ncm',
    { countries: all },
  ),
  said(
    8,
    'International organizations and the countries in Europe focus on the fight against trafficking in human beings',
    'CONTEXT',
    programme,
  ),
  said(8, 'exists in one form or another in all countries in Europe', 'CONTEXT', programme),
  said(8, 'work actively in order to combat trafficking', 'CONTEXT', programme),
  said(9, 'one of the most afflicted countries', 'CONTEXT', programme, { countries: ['RU'] }),
  said(
    9,
    'but also a country of origin and exit in relation to trafficking',
    'CONTEXT',
    programme,
    {
      countries: ['RU'],
      traffickingRoles: ['ORIGIN', 'DESTINATION'],
      primaryRole: 'DESTINATION',
    },
  ),
  said(9, 'first and foremost transit and destination countries', 'CONTEXT', programme, {
    countries: nordic,
    traffickingRoles: ['TRANSIT', 'DESTINATION'],
    primaryRole: null,
  }),
  said(9, 'today are countries of origin as well as exit and destination', 'CONTEXT', programme, {
    countries: baltic,
    traffickingRoles: ['ORIGIN', 'DESTINATION'],
  }),
  said(10, 'great need', 'NEED', [programme, programme]),
  said(
    11,
    'have focused on different efforts in the fight against human trafficking',
    'CONTEXT',
    ministers,
  ),
  said(
    12,
    'the need of a more effective and co-ordinated effort in the Northern Dimension Region of the EU',
    'NEED',
    ministers,
  ),
  said(
    13,
    'have even taken the initiative to call the international organizations and task forces to annual meetings',
    'RELATION',
    ministers,
  ),
  said(
    13,
    'how to achieve the best results through a more efficient and co-ordinated effort',
    'AIM',
    ministers,
  ),
  held(
    14,
    'This year, the social ministers have held a round table conference',
    `event(id: "nbnp:rt-social-undated") { kind startsOn source ${roles('ORGANISER')} statements(kind: RELATION) { text source } }`,
    {
      event: {
        kind: 'ROUND_TABLE',
        startsOn: null,
        source: page,
        roles: parties('nbnp:min-social'),
        statements: [{ source: page }],
      },
    },
  ),
  held(
    14,
    'in which the Nordic countries and the remaining countries in the Baltic Region participated',
    'event(id: "nbnp:rt-social-undated") { represented { country source } }',
    { event: { represented: represented(...nordic, null) } },
  ),
  said(
    15,
    'to strengthen the social efforts in order to counteract human trafficking',
    'AIM',
    'nbnp:rt-social-undated',
  ),
  held(
    16,
    'A tangible result of the conference is a co-operation agreement',
    'event(id: "nbnp:rt-social-undated") { outcomes { kind source leadsTo { id } } }',
    { event: { outcomes: [{ kind: 'AGREEMENT', source: page, leadsTo: null }, {}] } },
  ),
  held(
    16,
    'a joint project intended to prevent young girls and boys in institutions to become victims of human trafficking',
    'event(id: "nbnp:rt-social-undated") { outcomes { kind title source } }',
    {
      event: {
        outcomes: [
          {},
          {
            kind: 'PROJECT',
            title:
              'Joint project intended to prevent young girls and boys in institutions to become victims of human trafficking',
            source: page,
          },
        ],
      },
    },
  ),
  said(17, 'efforts for fighting trafficking', 'RESPONSIBILITY', committees),
  said(
    18,
    'create synergy and connection between the mobility programme and the fields of work',
    'PRIORITY',
    ['nbnp:nc-ccrc', 'nbnp:nc-welfare'],
  ),
];

/** Content; target groups. */
const content: readonly FoundingFact[] = [
  said(
    19,
    'to present Nordic institutional and professional models and best practices to the police in North-West Russia',
    'AIM',
    programme,
  ),
  said(
    20,
    'to offer Nordic groups the opportunity to go on a field trip to North-West Russia',
    'AIM',
    programme,
  ),
  said(
    21,
    'should be the acquiring of knowledge and the promotion of cross-sectoral networks',
    'PRIORITY',
    programme,
  ),
  said(
    22,
    'police officers from North-West Russia and the Nordic and Baltic countries',
    'METHOD',
    programme,
    { countries: all },
  ),
  said(
    23,
    'make themselves acquainted with different subject fields that form a part of the fight against trafficking',
    'SUBJECT_FIELD',
    programme,
  ),
  held(
    24,
    'the groups that visit the Nordic countries and North-west Russia will take part in the efforts of the police, the prosecution service, and the social and health sector',
    ofProgramme('sectorsFor(direction: NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA)'),
    { programme: { source: page, sectorsFor: ['POLICE', 'PROSECUTION', 'SOCIAL', 'HEALTH'] } },
  ),
  held(
    25,
    'They will also participate in the work within the voluntary Nordic organizations that fight against trafficking',
    ofProgramme('sectorsFor(direction: NORTH_WEST_RUSSIA_TO_NORDIC)'),
    {
      programme: { source: page, sectorsFor: ['POLICE', 'PROSECUTION', 'SOCIAL', 'HEALTH', 'NGO'] },
    },
  ),
  said(
    26,
    'the cross-sectoral co-operation among the different authorities will be presented',
    'METHOD',
    programme,
    { countries: nordic },
  ),
  said(26, "the NGO's work with victims of trafficking will be presented", 'METHOD', programme, {
    countries: nordic,
  }),
  said(
    27,
    'be acquainted with the work of the authorities that are involved in the fight against human trafficking',
    'METHOD',
    programme,
    { countries: ['RU'] },
  ),
  said(
    28,
    'be a supplement to and strengthen the ongoing activities in the fight against trafficking',
    'RELATION',
    programme,
    { countries: all },
  ),
  said(
    29,
    "the Nordic Council of Ministers' other activities, projects and efforts whose objects are counteract trafficking",
    'RELATION',
    programme,
  ),
  said(
    29,
    'also with the activities of other international organizations and task forces',
    'RELATION',
    programme,
  ),
  said(
    30,
    'who work with the fight against human trafficking or get into contact with victims or trafficking through their work',
    'METHOD',
    programme,
  ),
  held(
    31,
    'The following target groups will also be invited to participate in this programme',
    ofProgramme('targetGroups'),
    {
      programme: {
        source: page,
        targetGroups: ['POLICE', 'PROSECUTION', 'COURT', 'BORDER_CONTROL', 'CUSTOMS'],
      },
    },
  ),
  held(32, 'will consist of 10-15 people', ofProgramme('groupSizeMin groupSizeMax'), {
    programme: { source: page, groupSizeMin: 10, groupSizeMax: 15 },
  }),
  said(33, 'will visit the Nordic countries and a Nordic-Baltic group', 'METHOD', programme, {
    countries: all,
  }),
];

/** The implementation of the mobility programme. */
const implementation: readonly FoundingFact[] = [
  held(
    34,
    'Nordic-Baltic Network of Policewomen (NBNP) and the offices in St. Petersburg and Kaliningrad will be co-ordinating',
    ofProgramme('roles { role source party { id } }'),
    {
      programme: {
        roles: [...withRole('COORDINATOR', network, 'ncm:led', 'ncm:kgd'), {}, {}, {}, {}],
      },
    },
  ),
  held(
    35,
    'to involve other areas in North-West Russia such as Murmansk and Archangelsk',
    ofProgramme('areasToInvolve { code }'),
    { programme: { source: page, areasToInvolve: [{ code: 'RU-MUR' }, { code: 'RU-ARK' }] } },
  ),
  held(36, 'NBNP was established in 2001', 'network { foundedOn source }', {
    network: {
      foundedOn: '2001-04',
      source: 'https://nbnp.ee/home-page/the-nbnp-board-met-in-tallinn',
    },
  }),
  held(
    36,
    'at this moment Denmark has the spokesmanship in the Network',
    'network { spokesmanship(on: "2009-09-13") { country source } }',
    { network: { spokesmanship: { country: 'DK', source: page } } },
  ),
  held(
    37,
    'Hanne Bergtrom from the Danish national Police is the spokeswoman for the Network',
    'network { spokesmanship(on: "2009-09-13") { holder unit { id } source } }',
    {
      network: {
        spokesmanship: { holder: 'Hanne Bergtrom', unit: { id: 'dk:police' }, source: page },
      },
    },
  ),
  held(
    37,
    'will be leading the implementation of the mobility programme together with the Danish national Centre of Investigation',
    ofProgramme('roles { role source party { id } }'),
    { programme: { roles: [{}, {}, {}, ...withRole('LEAD', network, 'dk:nec'), {}, {}] } },
  ),
  said(
    37,
    'ordinarily has the international contacts in relation to combacting human trafficking',
    'RESPONSIBILITY',
    programme,
  ),
  held(
    38,
    'In all, four groups of 10-15 people will be participating in this programme, which will be implemented in 2009 and 2010',
    ofProgramme('plannedGroups startsOn endsOn'),
    { programme: { source: page, plannedGroups: 4, startsOn: '2009', endsOn: '2010' } },
  ),
  held(
    39,
    'a one-week journey to a Nordic country',
    ofProgramme('plannedJourneys { direction weeks destination source }'),
    {
      programme: {
        plannedJourneys: [
          {
            direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
            weeks: 1,
            destination: 'a Nordic country',
            source: page,
          },
          {},
        ],
      },
    },
  ),
  held(
    39,
    'a one-week journey to North and West Russia',
    ofProgramme('plannedJourneys { direction weeks destination source }'),
    {
      programme: {
        plannedJourneys: [
          {},
          {
            direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
            weeks: 1,
            destination: 'North and West Russia',
            source: page,
          },
        ],
      },
    },
  ),
  held(
    40,
    'Together with local authorities, the offices of the Nordic Council in St. Petersburg and Kaliningrad will be selecting the public servants and experts',
    ofProgramme('roles { role note source party { id } }'),
    {
      programme: {
        roles: [{}, {}, {}, {}, {}, ...withRole('SELECTOR', 'ncm:led', 'ncm:kgd')].map((role) =>
          'role' in role ? { ...role, note: 'Together with local authorities' } : role,
        ),
      },
    },
  ),
  said(41, 'will co-operate with the NBNP', 'RESPONSIBILITY', programme),
  said(
    41,
    'will arrange a programme and be responsible for all practicalities in the country that is being visited',
    'RESPONSIBILITY',
    network,
  ),
  said(
    42,
    'will also function as a contact to the organisations and authorities that will be visited',
    'RESPONSIBILITY',
    network,
  ),
  said(
    43,
    'make use of Baltic police officers as experts/interpreters/support persons',
    'METHOD',
    programme,
    { countries: baltic },
  ),
  said(
    44,
    'a seminar will be held for the participants, in order to present the programme and give some practical information',
    'METHOD',
    programme,
  ),
  said(
    45,
    'the group will reassemble for a meeting and sum up the experiences that they have made',
    'METHOD',
    programme,
  ),
  said(
    46,
    'are expected to hand in a report about their experiences and impressions from the visit',
    'EXPECTATION',
    programme,
  ),
  said(
    47,
    'will be playing a central role in the preparation, implementation and evaluation of the programme',
    'RESPONSIBILITY',
    programme,
  ),
];

function withRole(role: string, ...ids: string[]) {
  return ids.map((id) => ({ role, source: page, party: { id } }));
}

const inTheirDailyWork =
  'male and female officers working with trafficking in human beings in their daily work';

/** The seminars, the final conference, and the conference of 2010. */
const eventsOfThePage: readonly FoundingFact[] = [
  held(
    48,
    'from 13 September 2009 to 18 September 2009',
    'event(id: "nbnp:mp-1") { startsOn endsOn source programme { id } }',
    {
      event: {
        startsOn: '2009-09-13',
        endsOn: '2009-09-18',
        source: page,
        programme: { id: programme },
      },
    },
  ),
  held(
    48,
    'where 18 participants from the Nordic countries, Baltic countries and NW-Russia were invited',
    'event(id: "nbnp:mp-1") { participants { value qualifier } represented { country source } source }',
    {
      event: {
        participants: { value: 18, qualifier: 'ANNOUNCED' },
        represented: represented(null, null, 'RU'),
        source: page,
      },
    },
  ),
  held(
    48,
    'to Copenhagen for a two-day seminar organized by the National Centre of Investigation',
    `event(id: "nbnp:mp-1a") { city seminarDays partOf { id } source ${roles('ORGANISER')} }`,
    {
      event: {
        city: 'Copenhagen',
        seminarDays: 2,
        partOf: { id: 'nbnp:mp-1' },
        source: page,
        roles: parties('dk:nec'),
      },
    },
  ),
  held(
    48,
    'a two-day seminar organized by the Lithuanian Criminal Police Bureau',
    `event(id: "nbnp:mp-1b") { seminarDays partOf { id } source ${roles('ORGANISER')} }`,
    {
      event: {
        seminarDays: 2,
        partOf: { id: 'nbnp:mp-1' },
        source: page,
        roles: parties('lt:lkpb'),
      },
    },
  ),
  held(
    49,
    'The target group for the seminar was male and female officers',
    'event(id: "nbnp:mp-1") { targetGroup source }',
    {
      event: { targetGroup: inTheirDailyWork, source: page },
    },
  ),
  held(
    50,
    'The working language was English',
    'event(id: "nbnp:mp-1") { workingLanguages source }',
    {
      event: { workingLanguages: ['en'], source: page },
    },
  ),
  held(51, 'on the 25th-29th Januray 2010', 'event(id: "nbnp:mp-2") { startsOn endsOn source }', {
    event: { startsOn: '2010-01-25', endsOn: '2010-01-29', source: page },
  }),
  held(
    51,
    'where 18 participants from the Nordic - Baltic countries and NW-Russia were participating',
    'event(id: "nbnp:mp-2") { participants { value qualifier } represented { country source } source }',
    {
      event: {
        participants: { value: 18, qualifier: 'EXACT' },
        represented: represented(null, 'RU'),
        source: page,
      },
    },
  ),
  held(
    51,
    'organised by in Norwegian and Latvian police',
    `event(id: "nbnp:mp-2") { ${roles('ORGANISER')} }`,
    {
      event: { roles: parties('no:police', 'lv:police') },
    },
  ),
  held(
    52,
    'who are working in the field of human trafficking in their daily work',
    'event(id: "nbnp:mp-2") { targetGroup source }',
    {
      event: { targetGroup: inTheirDailyWork, source: page },
    },
  ),
  held(
    53,
    '"Combating trafficking in human beings: the cooperation and law enforcement practices and awareness workshops for law enforcement officers"',
    'event(id: "nbnp:mp-final") { title kind source }',
    {
      event: {
        title:
          'The Mobility Programme Final Conference: Combating trafficking in human beings: the cooperation and law enforcement practices and awareness workshops for law enforcement officers',
        kind: 'CONFERENCE',
        source: page,
      },
    },
  ),
  held(
    54,
    'Time: 24 – 25 March 2010',
    'event(id: "nbnp:mp-final") { startsOn endsOn durationDays source }',
    {
      event: { startsOn: '2010-03-24', endsOn: '2010-03-25', durationDays: 2, source: page },
    },
  ),
  held(
    55,
    'Place: Tavrichesky Palace (St. Petersburg, Shpalernaya st. 47)',
    'event(id: "nbnp:mp-final") { venue city source }',
    {
      event: {
        venue: 'Tavrichesky Palace, Shpalernaya st. 47',
        city: 'St Petersburg',
        source: page,
      },
    },
  ),
  held(
    56,
    'Organisers: Nordic-Baltic Network of Policewomen (NBNP)',
    `event(id: "nbnp:mp-final") { ${roles('ORGANISER')} }`,
    {
      event: { roles: parties(network, 'nbnp:iacis', 'nbnp:ru-spb-gov', 'ncm:led') },
    },
  ),
  held(
    57,
    'in cooperation with Assembly of the Commonwealth of Independent States, the Government of St. Petersburg, and Consulate General of Denmark in St. Petersburg',
    `event(id: "nbnp:mp-final") { ${roles('PARTNER')} }`,
    { event: { roles: parties('nbnp:iacis', 'nbnp:ru-spb-gov', 'nbnp:dk-cg-spb') } },
  ),
  said(
    58,
    'to focus on trans-national organized crime associated with trafficking',
    'AIM',
    'nbnp:mp-final',
  ),
  held(
    59,
    'The conference brought together representatives of law enforcement agencies of Denmark, Finland, Norway, Sweden, Iceland, Lithuania, Latvia, Estonia and the Commonwealth of Independent States',
    'event(id: "nbnp:mp-final") { represented { country party { id } source } }',
    {
      event: {
        represented: [
          ...represented('DK', 'FI', 'NO', 'SE', 'IS', 'LT', 'LV', 'EE'),
          { country: null, party: { id: 'nbnp:cis' }, source: page },
          { country: null, party: { id: 'nbnp:ncm' }, source: page },
          ...represented(null, 'RU', 'RU', null),
        ],
      },
    },
  ),
  held(
    60,
    'http://www.norden.ru/News.aspx?id=400&lang=en',
    'event(id: "nbnp:mp-final") { source links { url label } }',
    {
      event: {
        source: page,
        links: [
          {
            url: 'http://www.norden.ru/News.aspx?id=400&lang=en',
            label: "Nordic Council of Ministers' Information Office in St. Petersburg",
          },
        ],
      },
    },
  ),
  held(
    61,
    'On 29-30 October 2010 the Danish Minister for Foreign Affairs and the Danish Minister for Development Cooperation',
    `event(id: "nbnp:rwgs-2010") { title startsOn endsOn ${roles('HOST')} }`,
    {
      event: {
        title: 'Role of Women in Global Security',
        startsOn: '2010-10-29',
        endsOn: '2010-10-30',
        roles: [{}, {}, ...parties('nbnp:dk-min-fa', 'nbnp:dk-min-dev')],
      },
    },
  ),
  held(
    61,
    'in cooperation with the American Embassy',
    `event(id: "nbnp:rwgs-2010") { ${roles('PARTNER')} }`,
    {
      event: { roles: [...parties('nbnp:us-emb-dk'), {}] },
    },
  ),
  said(61, 'to sharpen the focus on women as critically important agents', 'AIM', 'nbnp:rwgs-2010'),
  said(62, 'Ministry of Foreign Affairs of Denmark', 'RELATION', 'nbnp:rwgs-2010'),
];

export const foundingFacts: readonly FoundingFact[] = [
  ...background,
  ...content,
  ...implementation,
  ...eventsOfThePage,
];
