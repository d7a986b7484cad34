import type { Programme } from '../network/run-programme.js';

const contact = {
  function: 'Duty desk',
  mailbox: 'duty@example.org',
  telephone: '+371 6707 5000',
  openingHours: 'On weekdays, 9 to 17.',
  languages: ['lv', 'en'],
  source: 'https://example.org/contact',
  checkedOn: '2030-01-01',
};

const bodies = [
  ['nbnp', 'Organisation', { organisation: 'nbnp:iacis' }],
  ['ncm', 'Office', { office: 'ncm:led' }],
  ['fi', 'Unit', { unit: 'fi:npb' }],
] as const;

/** Keeps the contact points of bodies of each kind. */
export async function runContactPoints({ done }: Programme): Promise<void> {
  for (const [owner, noun, body] of bodies) {
    const { contactPoints } = await done(
      owner,
      `set${noun}ContactPoint`,
      { ...body, contactPoint: null, set: contact },
      'id contactPoints { id }',
    );
    const { id: contactPoint } = contactPoints[0];
    const moved = { ...contact, telephone: null };
    const again = { ...body, contactPoint, set: moved, version: 1 };
    await done(owner, `set${noun}ContactPoint`, again);
    const removed = { ...body, contactPoint, version: 2 };
    await done(owner, `remove${noun}ContactPoint`, removed);
  }
}

/** Keeps the directory: a new organisation, what becomes of it, and one that was registered twice. */
export async function runOrganisations({ done }: Programme): Promise<void> {
  const page = { source: 'https://example.org/centre', on: '2030-01-01' };
  const centre = {
    name: 'Centre of the North',
    acronym: 'CN',
    variants: ['North Station'],
    kind: 'ngo',
    country: 'FI',
    city: 'Tampere',
    foundedOn: '2001',
    parent: 'nbnp:iacis',
    roleInField: 'Shelter',
    note: 'By the river.',
    isAnother: false,
    ...page,
  };
  const register = async (change: object) =>
    (await done('nbnp', 'registerOrganisation', { ...centre, ...change })).id;
  const into = await register({});
  const organisation = await register({ name: 'Centre North' });
  await done('nbnp', 'changeOrganisation', {
    organisation,
    name: 'North Centre',
    acronym: null,
    variants: [],
    kind: 'centre',
    country: 'SE',
    city: 'Stockholm',
    foundedOn: '2002',
    parent: 'fi:npb',
    roleInField: null,
    note: null,
    isAnother: true,
    source: 'https://example.org/next',
    on: '2030-01-02',
    version: 1,
  });
  const closed = { organisation, closedOn: '2020', ...page, version: 2 };
  await done('nbnp', 'closeOrganisation', closed);
  const reason = 'It was registered twice.';
  const merged = { organisation, into, ...page, reason, version: 3, intoVersion: 1 };
  await done('nbnp', 'mergeOrganisations', merged);
}

/** Keeps a police force’s units: new ones, what becomes of one, and one that was registered twice. */
export async function runUnits({ done }: Programme): Promise<void> {
  const page = { source: 'https://example.org/north', on: '2030-01-01' };
  const north = {
    name: 'Police of the North',
    country: 'FI',
    acronym: 'PN',
    variants: ['Northern Police'],
    city: 'Tampere',
    validFrom: '2001',
    parent: 'fi:npb',
    kind: 'police_unit',
    note: 'By the river.',
    isAnother: false,
    ...page,
  };
  const register = async (change: object) =>
    (await done('fi', 'registerPoliceUnit', { ...north, ...change })).id;
  const into = await register({});
  const unit = await register({ name: 'North Police' });
  await done('fi', 'changePoliceUnit', {
    unit,
    name: 'Police, North',
    acronym: null,
    variants: [],
    city: 'Helsinki',
    validFrom: '2002',
    parent: null,
    kind: 'police',
    note: null,
    isAnother: true,
    source: 'https://example.org/next',
    on: '2030-01-02',
    version: 1,
  });
  const closed = { unit, validTo: '2020', successor: into, ...page, version: 2 };
  await done('fi', 'closePoliceUnit', closed);
  const reason = 'It was registered twice.';
  const merged = { unit, into, ...page, reason, version: 3, intoVersion: 1 };
  await done('fi', 'mergePoliceUnits', merged);
}

/** Keeps the sites of a police force, and those of the offices, in the same manner. */
export async function runSites({ done }: Programme): Promise<void> {
  const page = { source: 'https://example.org/shelter', on: '2030-01-01' };
  const keepers = [
    ['fi', 'NationalSite', { country: 'FI' }, { unit: null }, { unit: 'fi:npb' }],
    ['ncm', 'RegionalSite', {}, { region: 'RU-MUR' }, { region: 'RU-ARK' }],
  ] as const;
  for (const [owner, noun, routed, place, next] of keepers) {
    const shelter = {
      ...routed,
      name: 'Shelter of the North',
      sector: 'NGO',
      evidence: 'OFFERED_VISIT',
      city: 'Tampere',
      ...place,
      organisation: 'nbnp:iacis',
      kind: 'shelter',
      visitedOn: '2020',
      note: 'By the river.',
      isRehearsal: false,
      isAnother: false,
      ...page,
    };
    const register = async (change: object) =>
      (await done(owner, `register${noun}`, { ...shelter, ...change })).id;
    const into = await register({});
    const site = await register({ name: 'North Shelter' });
    await done(owner, `change${noun}`, {
      site,
      name: 'Shelter, North',
      sector: 'SOCIAL',
      evidence: 'RELEVANT_HOST',
      city: 'Helsinki',
      ...next,
      organisation: null,
      kind: 'centre',
      visitedOn: null,
      note: null,
      isAnother: true,
      source: 'https://example.org/next',
      on: '2030-01-02',
      version: 1,
    });
    await done(owner, `close${noun}`, { site, closedOn: '2020', ...page, version: 2 });
    const reason = 'It was registered twice.';
    const merged = { site, into, ...page, reason, version: 3, intoVersion: 1 };
    await done(owner, `merge${noun}s`, merged);
  }
}

/** An office that opens, is described anew, closes for good, and was registered twice. */
export async function runOffices({ done }: Programme): Promise<void> {
  const stated = { source: 'https://www.norden.org/en/offices', on: '2026-01-10' };
  const described = {
    name: 'Nordic point in Pärnu',
    kind: 'INFORMATION_POINT',
    city: 'Pärnu',
    openedOn: '2020',
    parent: 'ncm:tll',
    variants: ['norden.ee'],
    roleInField: 'Information',
    note: 'By the harbour.',
    isAnother: true,
    ...stated,
  };
  const opened = { ...described, country: 'EE', isRehearsal: false };
  const { id: office } = await done('ncm', 'registerOffice', opened);
  const branch = { ...described, kind: 'BRANCH', variants: [], note: null };
  await done('ncm', 'changeOffice', { office, ...branch, version: 1 });
  await done('ncm', 'closeOffice', { office, closedOn: '2025-12-31', ...stated, version: 2 });
  const reason = 'It was registered twice.';
  const merged = { office, into: 'ncm:parnu', ...stated, reason, version: 3, intoVersion: 1 };
  await done('ncm', 'mergeOffices', merged);
  const covered = { region: 'RU-MUR', office: 'ncm:mmk', ...stated, version: 1 };
  await done('ncm', 'setCoverage', covered, 'code');
}
