// cspell:ignore гувд ministr POLIC Tåvrichesky TROMSO
import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import { getNamedType, isEnumType, type GraphQLInputType } from 'graphql';
import { toCursor, type Key } from './lists.js';
import type { Row, Rows } from './rows.js';

/** Draws a value for an argument, or for a field of one, of this field. */
export type DrawValue = (
  draw: GeneratorValue,
  name: string,
  type: GraphQLInputType,
  of: string,
) => unknown;

const countries = ['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'SE', 'RU', 'DE'];
const languages = ['en', 'ru', 'et', 'lt', 'lv', 'da', 'fi', 'sv', 'is', 'de'];
const days = [
  '1999-05-05',
  '2006-09-14',
  '2009-09-13',
  '2014-03-01',
  '2015-03-11',
  '2025-03-12',
  '2026-11-24',
  '2027-02-10',
];
const partialDays = [...days, '2009', '2010', '2015', '2009-09', '2007-07', '2025', '2025-03'];
const searches = [
  'police',
  'POLIC',
  'Ö',
  'ö',
  'TROMSO',
  'Bodo',
  'klaipeda',
  'Tåvrichesky',
  'гувд',
  'riik',
  'nordic',
  'a',
  '%',
  '_',
  'zzz',
  '"',
  'ministr',
  '\\',
  "'",
];

/** Draws arguments from what is there, and from what is not. */
export function createDrawValue({ network, offices, police }: Rows): DrawValue {
  const idsOf = (...tables: readonly (readonly Row[] | undefined)[]) =>
    tables.flatMap((table) => (table ?? []).map(({ id }) => id as string));
  const units = idsOf(police.police_units);
  const parties = [...units, ...idsOf(network.organisations, offices.offices)];
  const actors = [...parties, 'nbnp:nbnp', 'ncm:tll', 'DK', 'RU', 'nbnp:none', 'dk:none'];
  const programmes = [...idsOf(network.programmes), 'nbnp:none'];
  const groups = [...idsOf(network.groups), 'nbnp:none'];
  const officeIds = [...idsOf(offices.offices), 'ncm:none'];
  const events = (network.events ?? []).map(({ starts_on, id }) => [starts_on as Key, id as Key]);
  const valuesOf = (column: string) => [
    'none',
    ...new Set((network.events ?? []).map((event) => String(event[column]))),
  ];
  const claims = [network, offices, police].flatMap((tables) => tables.claims ?? []);
  const unknown = ['dk:none', 'nbnp:none', 'ncm:none', 'zz:none', 'fi:', 'ee:%'];
  const everyId = idsOf(
    ...[network, offices, police].flatMap((tables) => Object.values(tables)),
  ).filter((id) => typeof id === 'string' && /^[a-z]+:/.test(id));
  const sortedCursors = ['BORDER_CONTROL', 'POLICE', 'PROSECUTION'].flatMap((group) =>
    everyId.slice(0, 40).map((id): Key[] => ['TARGET_GROUP', group, id]),
  );
  const rowCursors = everyId.map((id): Key[] => [id]);
  const cursorsOf: Readonly<Record<string, readonly Key[][]>> = {
    events: [...events, [null, 'nbnp:bb-1'], ['2009', '']],
    tasks: [
      ['2026-12-01', null, 'nbnp:task'],
      ['2029-01-01', '2026-12-01', ''],
      [null, null, ''],
    ],
    endings: [
      ['79738798', 'nbnp:ending'],
      ['79738798', ''],
    ],
    officers: [...rowCursors, ...sortedCursors],
    delegates: [...rowCursors, ...sortedCursors],
    contacts: parties.slice(0, 20).map((id, index) => [String(1 + (index % 4)), id, 'nbnp:nbnp']),
  };
  const idsOfField: Readonly<Record<string, readonly string[]>> = {
    policeUnit: units,
    officer: idsOf(police.officers),
    expert: idsOf(police.experts),
    office: officeIds,
    delegate: idsOf(offices.delegates),
    programme: programmes,
    group: groups,
    visit: idsOf(network.visits),
    itineraryStop: idsOf(network.itinerary_stops),
    event: idsOf(network.events),
    organisation: idsOf(network.organisations),
  };
  const byName: Readonly<Record<string, readonly unknown[]>> = {
    country: countries,
    hostCountry: countries,
    represented: countries,
    language: languages,
    on: days,
    freeFrom: days,
    freeTo: days,
    openOn: days,
    search: searches,
    unit: [...units, ...unknown],
    party: actors,
    // As of a party: an id that another owner does not have leads nowhere.
    around: actors.filter((id) => id !== 'dk:none'),
    distance: [1, 1, 2, 3],
    without: [[], ['nbnp:nbnp'], ['nbnp:nbnp', 'ncm:tll', 'DK'], ['ncm:cph'], unknown],
    organiser: [...parties, ...unknown],
    programme: programmes,
    city: valuesOf('city'),
    series: valuesOf('series'),
    about: [...programmes, ...idsOf(network.events, network.organisations), ...unknown],
    group: groups,
    subject: [
      ...claims.map((claim) => claim.subject_id ?? claim.office_id ?? claim.unit_id),
      ...unknown,
    ],
    property: ['none', ...new Set(claims.map(({ property }) => property))],
    owner: ['nbnp', 'ncm', 'dk', 'fi', 'zz'],
    groups: [[], groups, ...groups.map((id) => [id])],
    office: officeIds,
    coordinatingOffice: officeIds,
    region: ['RU-MUR', 'RU-LEN', 'RU-KGD', 'RU-KR', 'RU-XXX'],
    code: ['RU-MUR', 'RU-LEN', 'RU-KGD', 'RU-KR', 'RU-XXX'],
    kind: [
      'ministry',
      'police',
      'network',
      'ngo',
      'none',
      ...new Set((network.organisations ?? []).map(({ kind }) => kind as string)),
    ],
    rehearsals: [true, true, false],
    merged: [true, false],
    first: [1, 1, 2, 3, 5, 7, 12, 50, 1000],
    last: [1, 1, 2, 3, 5, 7, 12, 50, 1000],
    minimum: [1, 1, 2, 3, 4, 9],
  };
  return (draw, name, type, of) => {
    const named = getNamedType(type);
    const pick = <T>(values: readonly T[]): T =>
      values[draw(fc.nat, { max: values.length - 1 })] as T;
    // Only their own staff may sort people by name, or search their names.
    const isOfPeople = ['officers', 'experts', 'delegates'].includes(of);
    if (isEnumType(named))
      return pick(named.getValues().filter(({ value }) => !(isOfPeople && value === 'NAME')))
        .value as string;
    if (named.name === 'ID' && (name === 'from' || name === 'to')) return pick(actors);
    if (name === 'from' || name === 'to')
      return pick(named.name === 'PartialDate' ? partialDays : days);
    if (name === 'after' || name === 'before') return toCursor(pick(cursorsOf[of] ?? rowCursors));
    // That its owner has none is no null, but a reference that leads nowhere.
    if (name === 'id' && of === 'party') return pick(parties);
    if (name === 'id')
      return pick(
        draw(fc.nat, { max: 9 }) > 0 ? (idsOfField[of] ?? everyId) : [...everyId, ...unknown],
      );
    if (name === 'search' && isOfPeople) return null;
    const values = byName[name];
    if (!values) throw new Error(`Nothing is known to draw for ${name}: ${named.name}.`);
    return pick(values);
  };
}
