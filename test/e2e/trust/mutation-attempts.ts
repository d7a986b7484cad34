import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { getNamedType, isCompositeType, type GraphQLField } from 'graphql';
import { sampleOf } from '../network/samples.js';
import type { Someone } from './access-rules.js';

/** A call of a mutation with records that exist. */
export interface Attempt {
  readonly mutation: string;
  /** The organisation whose data it changes. */
  readonly owner: string;
  /** Its variables, in a document in which it has this number. */
  define(number: number): string;
  /** Its field of that document. */
  select(number: number): string;
  variables(number: number): Record<string, unknown>;
}

/** The records of the demonstration, by the name of the argument. The police is Latvia’s. */
const ids: Readonly<Record<string, string>> = {
  programme: 'nbnp:demo-programme',
  group: 'nbnp:demo-group-2',
  visit: 'nbnp:demo-visit-2',
  stop: 'nbnp:demo-stop-2-1',
  assignment: 'nbnp:demo-assignment-2-2',
  event: 'nbnp:poi-2007',
  party: 'nbnp:ncm',
  organisers: 'nbnp:ncm',
  organisation: 'nbnp:ncm',
  about: 'nbnp:ncm',
  statement: 'nbnp:st-01a',
  outcome: 'nbnp:out-kuressaare-continue',
  link: 'nbnp:none',
  contactPoint: 'nbnp:none',
  contact: 'lv:none',
  participant: 'lv:demo-officer-3',
  officer: 'lv:demo-officer-3',
  person: 'lv:demo-officer-3',
  expert: 'lv:demo-expert-2',
  unit: 'lv:police',
  site: 'lv:site-lv-marta',
  delegate: 'ncm:demo-delegate-1',
  office: 'ncm:demo-office',
  region: 'RU-KR',
};

/** Arguments that name different records in different mutations. */
const otherIds: readonly (readonly [mutation: RegExp, argument: string, id: string])[] = [
  [/Officers?$/, 'nomination', 'lv:demo-nomination-2-3'],
  [/Delegates?(Nomination)?$/, 'nomination', 'ncm:demo-nomination-1-1'],
  [/OfficerNomination$/, 'nomination', 'fi:demo-nomination-2-4'],
  [/RegionalHosting$/, 'hosting', 'ncm:demo-hosting-2'],
  [/Hosting$/, 'hosting', 'lv:demo-hosting-1'],
  [/^record(Departure|Return)$/, 'id', 'nbnp:demo-visit-2'],
  [/^recordGroup/, 'id', 'nbnp:demo-group-2'],
  [/^withdrawEvaluationSignature$/, 'id', 'nbnp:demo-programme'],
  [/^mergeOrganisations$/, 'into', 'nbnp:nbnp'],
  [/^mergePoliceUnits$/, 'into', 'lv:oced'],
  [/RegionalSites?$/, 'site', 'ncm:site-ru-icc'],
  [/^mergeRegionalSites$/, 'into', 'ncm:site-ru-shelter'],
  [/^mergeOffices$/, 'into', 'ncm:tll'],
  [/^mergeNationalSites$/, 'into', 'lv:site-lv-safehouse'],
  [/^eraseOfficer$/, 'id', 'lv:demo-officer-3'],
  [/^eraseExpert$/, 'id', 'lv:demo-expert-2'],
  [/^holdDelegateData$/, 'person', 'ncm:demo-delegate-1'],
  [/^holdNetworkData$/, 'person', 'nbnp:demo-stop-2-1'],
  [/^eraseDelegate$/, 'id', 'ncm:demo-delegate-1'],
];

function idOf(mutation: string, argument: string): string {
  const [, , id] = otherIds.find(([of, name]) => of.test(mutation) && name === argument) ?? [];
  const known = id ?? ids[argument];
  if (known === undefined) throw new Error(`No record for ${mutation}(${argument}).`);
  return known;
}

function toAttempt(owner: string, { name, args, type }: GraphQLField<unknown, unknown>): Attempt {
  const nameOf = (argument: string, number: number) => `${argument}${number}`;
  const selection = isCompositeType(getNamedType(type)) ? '{ __typename }' : '';
  const sampleFor = (argument: string) => idOf(name, argument);
  return {
    mutation: name,
    owner,
    define: (number) =>
      args.map((one) => `$${nameOf(one.name, number)}: ${String(one.type)}`).join(', '),
    select(number) {
      const given = args.map((one) => `${one.name}: $${nameOf(one.name, number)}`).join(', ');
      return `a${number}: ${name}(${given}) ${selection}`;
    },
    variables: (number) =>
      Object.fromEntries(
        args.map((one) => [nameOf(one.name, number), sampleOf(one.type, sampleFor, one.name)]),
      ),
  };
}

/** A call of every mutation that there is. */
export async function createAttempts(): Promise<Attempt[]> {
  const owners = [
    ['nbnp', nbnp],
    ['ncm', ncmOffices],
    ['lv', nationalPolice],
  ] as const;
  const attempts = owners.map(async ([owner, { createSubgraph }]) => {
    const { schema } = await createSubgraph();
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    return fields.map((field) => toAttempt(owner, field));
  });
  return (await Promise.all(attempts)).flat();
}

/** What a host’s liaison does too: she confirms stops, and hosts. */
const isOfHost = (mutation: string): boolean => /(Stop|Hosting)$/.test(mutation);

/**
 * Who may call a mutation: a co-ordinator writes the data of her own organisation. A liaison
 * confirms stops and hosts, and of the network’s confirms stops alone.
 */
export function mayCall(who: Someone, { mutation, owner }: Attempt): boolean {
  // What people do themselves.
  if (/^(acknowledgeInformation|say\w+FormalityDone|share\w+Contact)$/.test(mutation)) return false;
  // Whose person it is, and who told her server.
  if (mutation === 'eraseTexts')
    return who?.organisation === 'lv' && ['coordinator', 'service'].includes(who.role);
  if (who?.organisation !== owner) return false;
  if (who.role === 'liaison')
    return owner === 'nbnp' ? mutation === 'confirmNetworkStop' : isOfHost(mutation);
  return who.role === 'coordinator';
}

/** As many calls as one operation may have root fields, and less. */
const mostAtOnce = 25;

/** The operations that make all calls. */
export function* writeOperations(attempts: readonly Attempt[]) {
  for (let start = 0; start < attempts.length; start += mostAtOnce) {
    const some = attempts.slice(start, start + mostAtOnce);
    const definitions = some.map((one, number) => one.define(number)).join(', ');
    const fields = some.map((one, number) => one.select(number)).join('\n');
    yield {
      query: `mutation (${definitions}) { ${fields} }`,
      variables: Object.assign({}, ...some.map((one, number) => one.variables(number))) as Record<
        string,
        unknown
      >,
      mutations: new Map(some.map(({ mutation }, number) => [`a${number}`, mutation])),
    };
  }
}
