import { anonymous, type Reader } from '@hub/shared/identity';

/** One fetch of the hub to a partner, repeated with other variables. */
export interface PartnerFetch {
  readonly name: string;
  readonly about: string;
  readonly reader: Reader;
  readonly query: string;
  readonly variables: readonly Readonly<Record<string, unknown>>[];
  /** How many people each reading of it is about. @default it is not recorded */
  readonly people?: number;
}

export const officerCount = 10_000;
export const unitCount = 60;
export const unitId = (number: number): string => `dk:u${number}`;
/** In the order of the ids, so that the neighbours of a drawn row are known. */
export const officerId = (number: number): string => `dk:o${String(number).padStart(5, '0')}`;

const variants = 64;

/** The same numbers in every run. Their quality does not matter. */
function createDraw(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

const draw = createDraw(20_261_124);
const drawOfficer = (): string => officerId(draw(officerCount));
const vary = <Value>(make: () => Value): Value[] => Array.from({ length: variants }, make);
const drawRepresentations = (count: number) => ({
  representations: Array.from({ length: count }, () => ({
    __typename: 'Officer',
    id: drawOfficer(),
  })),
});

const coordinator = (organisation: string): Reader => ({
  kind: 'person',
  organisation,
  subject: 'bench',
  role: 'coordinator',
  purpose: 'measuring',
});
/** Reads of everybody that she is there. */
const network = coordinator('nbnp');

const entities = (selection: string): string =>
  `query Bench($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Officer { ${selection} } } }`;

/** The most frequent fetches of the hub. */
export const partnerFetches: readonly PartnerFetch[] = [
  {
    name: 'list',
    about: '50 of 10,000 officers, each with its unit',
    reader: network,
    query:
      'query Bench($first: Int, $after: String) { officers(first: $first, after: $after) { nodes { __typename id targetGroup country unit { __typename id name city } } pageInfo { hasNextPage endCursor } } }',
    variables: vary(() => ({
      first: 50,
      after: Buffer.from(JSON.stringify([drawOfficer()])).toString('base64url'),
    })),
  },
  {
    name: 'entities',
    about: '75 officers by their keys, each with its unit and languages',
    reader: network,
    query: entities('id targetGroup languages unit { __typename id name }'),
    variables: vary(() => drawRepresentations(75)),
  },
  {
    name: 'one',
    about: 'one officer by its key, with its unit',
    reader: network,
    query: entities('id targetGroup unit { __typename id name }'),
    variables: vary(() => drawRepresentations(1)),
  },
  {
    name: 'reference',
    about: 'all units, public',
    reader: anonymous,
    query: '{ policeUnits { __typename id name acronym city kind } }',
    variables: [{}],
  },
  {
    name: 'names',
    about: 'who 50 officers are: a reading that is recorded before it is answered',
    reader: coordinator('dk'),
    query: entities('id name email rank'),
    variables: vary(() => drawRepresentations(50)),
    people: 50,
  },
  {
    name: 'people',
    about: 'who 1,000 officers are: the largest reading that is recorded',
    reader: coordinator('dk'),
    query: entities('id name email rank'),
    variables: vary(() => drawRepresentations(1_000)).slice(0, 18),
    people: 1_000,
  },
];
