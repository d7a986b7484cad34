/** An operation that a client sends repeatedly. */
export interface NetworkOperation {
  readonly name: string;
  readonly about: string;
  /** The organisation of the calling co-ordinator. @default an anonymous caller */
  readonly organisation?: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** One operation of each kind over the demonstration. */
export const networkOperations: readonly NetworkOperation[] = [
  {
    name: 'events',
    about: 'all events, each with who had which role in it',
    query:
      'query Bench { events(first: 100) { nodes { id title startsOn roles { role party { id name } } } } }',
  },
  {
    name: 'units',
    about: 'the units of all national police forces',
    query: 'query Bench { policeUnits { id name city } }',
  },
  {
    name: 'officers',
    about: 'the names of all officers, which each police force records',
    organisation: 'nbnp',
    query: 'query Bench { officers(first: 100) { nodes { id name } } }',
  },
  {
    name: 'itinerary',
    about: 'one visit with its stops, their sites and its hostings, all recorded',
    organisation: 'nbnp',
    query:
      'query Bench { visit(id: "nbnp:demo-visit-1") { id title stops { id day title sector hostCountry site { id } } hostings { id status accommodation } } }',
  },
];
