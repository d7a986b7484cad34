type Input = Readonly<Record<string, unknown>>;

/** One allowed call of each mutation, and its complete response. */
export const calls = {
  registerOfficer: {
    input: {
      unit: 'fi:npb',
      name: 'Olli Oletettu',
      email: 'olli@example.org',
      rank: 'Inspector',
      targetGroup: 'POLICE',
      languages: ['fi', 'en'],
    },
    answer: 'id name email rank unit { id } targetGroup country languages version',
  },
  registerExpert: {
    input: {
      unit: 'fi:npb',
      name: 'Eevi Esimerkki',
      email: 'eevi@example.org',
      roles: ['INTERPRETER', 'EXPERT'],
      languages: ['fi', 'ru'],
      fields: ['NGO', 'HEALTH'],
    },
    answer: 'id name email unit { id } country roles languages fields version',
  },
  changeOfficer: {
    input: { officer: 'fi:demo-officer-5', rank: 'Inspector', languages: ['ru', 'fi'], version: 1 },
    answer: 'id name email rank unit { id } targetGroup country languages version',
  },
  changeExpert: {
    input: { expert: 'fi:lent', email: null, fields: ['HEALTH', 'NGO'], version: 1 },
    answer: 'id name email unit { id } country roles languages fields version',
  },
  registerNationalSite: {
    input: {
      country: 'FI',
      name: 'Shelter of the North',
      sector: 'NGO',
      evidence: 'OFFERED_VISIT',
      city: 'Tampere',
      unit: 'fi:npb',
      kind: 'shelter',
      note: 'By the river.',
      source: 'https://example.org/shelter',
      on: '2026-02-01',
      isRehearsal: true,
    },
    answer:
      'id country name sector evidence city unit { id } kind note source checkedOn isRehearsal version',
  },
  changeNationalSite: {
    input: {
      site: 'fi:site-fi-college',
      city: 'Helsinki',
      source: 'https://example.org/college',
      on: '2026-02-01',
      version: 1,
    },
    answer: 'id city source checkedOn version',
  },
  closeNationalSite: {
    input: {
      site: 'fi:site-fi-college',
      closedOn: '2027',
      source: 'https://example.org/college',
      on: '2026-02-01',
      version: 2,
    },
    answer: 'id closedOn version',
  },
  mergeNationalSites: {
    input: {
      site: 'fi:site-fi-college',
      into: 'fi:site-fi-npb',
      source: 'https://example.org/college',
      on: '2026-02-01',
      reason: 'Registered twice.',
      version: 3,
      intoVersion: 1,
    },
    answer: 'id version mergedInto { id }',
  },
  registerPoliceUnit: {
    input: {
      name: 'Police of the North',
      country: 'FI',
      acronym: 'PN',
      variants: ['Northern Police'],
      city: 'Tampere',
      validFrom: '2001',
      parent: 'fi:npb',
      kind: 'police_unit',
      note: 'By the river.',
      source: 'https://example.org/north',
      on: '2026-02-01',
    },
    answer:
      'id name country acronym variants city validFrom parent { id } kind note source checkedOn version',
  },
  changePoliceUnit: {
    input: {
      unit: 'fi:ccp',
      city: 'Helsinki',
      source: 'https://example.org/ccp',
      on: '2026-02-01',
      version: 1,
    },
    answer: 'id name city source checkedOn version',
  },
  closePoliceUnit: {
    input: {
      unit: 'fi:college',
      validTo: '2027',
      successor: 'fi:npb',
      source: 'https://example.org/college',
      on: '2026-02-01',
      version: 1,
    },
    answer: 'id validTo successor { id } version',
  },
  mergePoliceUnits: {
    input: {
      unit: 'fi:college',
      into: 'fi:ccp',
      source: 'https://example.org/ccp',
      on: '2026-02-01',
      reason: 'Registered twice.',
      version: 2,
      intoVersion: 2,
    },
    answer: 'id version mergedInto { id }',
  },
  setUnitContactPoint: {
    input: {
      unit: 'fi:npb',
      set: {
        mailbox: 'desk@example.org',
        source: 'https://example.org/contact',
        checkedOn: '2026-02-01',
      },
    },
    answer: 'id contactPoints { mailbox version }',
  },
  removeUnitContactPoint: {
    input: { unit: 'fi:npb', contactPoint: 'fi:old-desk', version: 1 },
    answer: 'id contactPoints { id }',
  },
  decideExpertLoan: {
    input: {
      expert: 'fi:lent',
      assignment: 'nbnp:a',
      grant: false,
      on: '2026-10-04',
      reason: 'Needed here.',
    },
    answer: 'id loanGranted loanDecidedOn loanReason',
  },
  withdrawExpertLoan: {
    input: {
      expert: 'fi:lent',
      assignment: 'nbnp:a',
      on: '2026-10-06',
      reason: 'She is ill.',
    },
    answer:
      'id loanGranted loanDecidedOn loanReason loanWithdrawnOn isLoanPutBack loanGrantedVersion',
  },
  holdPoliceData: {
    input: { person: 'fi:lent', reason: 'A complaint.', until: '2034-06-30', version: 0 },
    answer: 'person reason until setOn version',
  },
  removeOfficer: { input: { officer: 'fi:mistaken', version: 1 }, answer: '' },
  removeExpert: { input: { expert: 'fi:mistaken', version: 1 }, answer: '' },
  nominateOfficer: {
    input: {
      group: 'nbnp:g',
      officer: 'fi:demo-officer-5',
      on: '2026-02-03',
      motivation: 'Works on such cases.',
    },
    answer: 'id groupId officer { id } nominatedOn withdrawnOn motivation version',
  },
  withdrawOfficer: {
    input: { nomination: 'fi:demo-nomination-2-3', on: '2026-09-20', version: 1 },
    answer: 'id groupId officer { id } nominatedOn withdrawnOn version',
  },
  offerHosting: {
    input: {
      unit: 'fi:npb',
      visit: 'nbnp:v',
      accommodation: 'Rooms',
      transport: 'Coach',
      emergencyContact: 'Duty',
    },
    answer:
      'id visitId unit { id } host { __typename id name country } status accommodation transport meetingPoint contactOnTheSpot emergencyContact note decidedOn version',
  },
  changeHosting: {
    input: {
      hosting: 'fi:offered',
      accommodation: null,
      meetingPoint: 'Platform 5',
      contactOnTheSpot: 'A liaison',
      emergencyContact: 'Duty',
      note: 'Bring a passport.',
      version: 1,
    },
    answer:
      'id status accommodation transport meetingPoint contactOnTheSpot emergencyContact note decidedOn version',
  },
  confirmHosting: {
    input: { hosting: 'fi:offered', on: '2026-10-01' },
    answer: 'id visitId status accommodation decidedOn version',
  },
  withdrawHosting: {
    input: { hosting: 'fi:offered', on: '2026-10-02' },
    answer: 'id visitId status accommodation decidedOn version',
  },
  confirmStop: {
    input: { unit: 'fi:npb', stop: 'nbnp:s', on: '2026-10-03', stopVersion: 3 },
    answer: 'id hostCountry hostConfirmedOn hostConfirmedVersion',
  },
  recordOfficerFormality: {
    input: {
      officer: 'fi:demo-officer-5',
      group: 'nbnp:g',
      kind: 'VISA',
      status: 'REQUESTED',
      on: '2026-09-20',
      note: 'The consulate is slow.',
    },
    answer: 'id formalities(group: "nbnp:g") { kind status on note }',
  },
  recordOfficerFormalities: {
    input: {
      country: 'FI',
      group: 'nbnp:g',
      formalities: [
        { officer: 'fi:demo-officer-5', kind: 'TICKET', status: 'RECEIVED', on: '2026-09-20' },
      ],
    },
    answer: 'results { participant kind refusal { rule } }',
  },
  setOfficerTravelNeeds: {
    input: {
      officer: 'fi:demo-officer-5',
      diet: 'No nuts',
      access: 'No stairs',
      emergencyContact: 'A sister',
    },
    answer: 'id travelNeeds { diet access emergencyContact }',
  },
  handInOfficerReport: {
    input: {
      officer: 'fi:demo-officer-5',
      group: 'nbnp:g',
      visit: 'nbnp:t',
      on: '2026-05-20',
      text: 'What the week showed.',
    },
    answer: 'id group visit receivedOn text',
  },
  correctOfficerReport: {
    input: {
      officer: 'fi:demo-officer-5',
      group: 'nbnp:g',
      visit: 'nbnp:t',
      on: '2026-05-21',
      text: 'What the week really showed.',
    },
    answer: 'id group visit receivedOn text',
  },
} satisfies Readonly<Record<string, { readonly input: Input; readonly answer: string }>>;
