/** Something that a caller without a token may send, which is little to send and was much to answer. */
export interface CallerAttack {
  readonly name: string;
  /** The body of a request. Each `salt` gives another body, so that nothing that was remembered answers it. */
  write(salt: number): string;
}

const times = (count: number, write: (index: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(between);

const toBody = (query: string, variables?: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ query, variables });

const eventsBy = 'query ($f: EventFilter) { events(filter: $f) { nodes { id } } }';
const eventsFirst = 'query ($n: Int) { events(first: $n) { nodes { id } } }';

/** To add an attack, add a row. `bystander.long.test.ts` runs each of them. */
export const callerAttacks: readonly CallerAttack[] = [
  {
    name: '29 bad literals',
    write: (salt) =>
      toBody(`{ ${times(29, (i) => `a${i}: events(first: "${salt}") { nodes { id } }`)} }`),
  },
  {
    name: '990 fragments',
    write: (salt) =>
      toBody(
        `{ __typename } ${times(990, (i) => `fragment f${i} on Query { __typename }`)} #${salt}`,
      ),
  },
  {
    name: '990 unknown fields',
    write: (salt) => toBody(`{ policeUnits { ${times(990, (i) => `f${i}x${salt}`)} } }`),
  },
  {
    name: 'a variable of 9,000 unknown fields',
    write: (salt) => {
      const fields = Array.from({ length: 9_000 }, (_, i) => [`from${i}x${salt}`, 1]);
      return toBody(eventsBy, { f: Object.fromEntries(fields) });
    },
  },
  {
    name: 'a megabyte of control characters in a variable',
    write: (salt) => toBody(eventsFirst, { n: `${'\u0001'.repeat(160_000)}${salt}` }),
  },
  {
    name: 'a megabyte of control characters in the document',
    write: (salt) => toBody(`{ event(id: "${'\u007f'.repeat(900_000)}${salt}") { id } }`),
  },
  {
    name: 'one argument 3,000 times below 60,000 lines',
    write: (salt) =>
      toBody(
        `${'\n'.repeat(60_000)}{ events(${'first: 1 '.repeat(3_000)}) { nodes { id } } } #${salt}`,
      ),
  },
  {
    name: 'one field 400 times',
    write: (salt) => toBody(`{ policeUnits { ${'parent { id } '.repeat(400)} } } #${salt}`),
  },
  {
    name: '90,000 parameters',
    write: (salt) => `{${times(90_000, (i) => `"a${i}x${salt}":1`, ',')},"query":"{ __typename }"}`,
  },
  {
    name: '1,900 variables of an unknown type',
    write: (salt) => toBody(`query (${times(1_900, (i) => `$v${i}: T${salt}`)}) { __typename }`),
  },
  {
    name: 'a name of a megabyte',
    write: (salt) => toBody(`{ ${'a'.repeat(900_000)}${salt} }`),
  },
];
