import { federation, find, type Suite } from './suite.js';

const parcels = [
  { id: 'p1', grams: 100, sender: 's1' },
  { id: 'p2', grams: 250, sender: 's2' },
];
const factors: Readonly<Record<string, number>> = { g: 1, dg: 0.1, mg: 1000 };

type Parcel = Readonly<{ id: string; weight?: number; box?: { side: number } }>;

/** What one field requires with arguments, beside what others and the client select with other ones. */
export const requiredArguments: readonly Suite[] = [
  {
    name: '@requires with arguments, beside the same fields with others',
    subgraphs: {
      depot: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { parcels: [Parcel!] parcel(id: ID!): Parcel }
          interface Heavy { id: ID! weight(unit: String = "g"): Float }
          type Parcel implements Heavy @key(fields: "id") {
            id: ID! weight(unit: String = "g"): Float box: Box stamps(first: Int!): [Stamp!]
            neighbour: Heavy }
          type Box { side(unit: String!): Float }
          type Stamp @key(fields: "id") { id: ID! }`,
        resolvers: {
          Query: {
            parcels: () => parcels,
            parcel: (_: unknown, { id }: { id: string }) => parcels.find((one) => one.id === id),
          },
          Heavy: { __resolveType: () => 'Parcel' },
          Parcel: {
            __resolveReference: find(parcels, 'id'),
            weight: ({ grams }: { grams: number }, { unit }: { unit: string }) =>
              grams * (factors[unit] ?? 0),
            box: (parcel: object) => parcel,
            stamps: ({ id }: { id: string }, { first }: { first: number }) =>
              ['a', 'b', 'c', 'd'].slice(0, first).map((letter) => ({ id: `${id}${letter}` })),
            neighbour: ({ id }: { id: string }) => parcels.find((one) => one.id !== id),
          },
          Box: {
            side: ({ grams }: { grams: number }, { unit }: { unit: string }) =>
              grams * 2 * (factors[unit] ?? 0),
          },
        },
      },
      tariff: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          interface Heavy { id: ID! weight(unit: String = "g"): Float }
          type Parcel implements Heavy @key(fields: "id") { id: ID!
            weight(unit: String = "g"): Float @external box: Box @external stamps(first: Int!): [Stamp!] @external
            neighbour: Heavy @external
            fee: String @requires(fields: "weight(unit: \\"dg\\")")
            duty: String @requires(fields: "weight(unit: \\"mg\\")")
            toll: String @requires(fields: "weight")
            space: String @requires(fields: "box { side(unit: \\"dg\\") } weight(unit: \\"dg\\")")
            volume: String @requires(fields: "box { side(unit: \\"mg\\") }")
            postage: Int @requires(fields: "stamps(first: 3) { price }")
            beside: String @requires(fields: "neighbour { weight(unit: \\"mg\\") }") }
          type Box { side(unit: String!): Float @external }
          type Stamp @key(fields: "id") { id: ID! price: Int @external }`,
        resolvers: {
          Heavy: { __resolveType: () => 'Parcel' },
          Parcel: {
            __resolveReference: (reference: object) => reference,
            fee: ({ weight }: Parcel) => `fee for ${weight}`,
            duty: ({ weight }: Parcel) => `duty for ${weight}`,
            toll: ({ weight }: Parcel) => `toll for ${weight}`,
            space: ({ weight, box }: Parcel) => `${weight} in ${box?.side}`,
            volume: ({ box }: Parcel) => `${box?.side} wide`,
            postage: ({ stamps }: { stamps: { price: number }[] }) =>
              stamps.reduce((sum, { price }) => sum + price, 0),
            beside: ({ neighbour }: { neighbour: { weight: number } }) =>
              `beside ${neighbour.weight}`,
          },
        },
      },
      prices: {
        typeDefs: `${federation('2.3', '@key')} type Stamp @key(fields: "id") { id: ID! price: Int }`,
        resolvers: {
          Stamp: {
            __resolveReference: ({ id }: { id: string }) => ({ id, price: id.charCodeAt(2) - 96 }),
          },
        },
      },
    },
    operations: [
      '{ parcels { fee } }',
      {
        query: '{ parcels { id fee duty toll } }',
        data: {
          parcels: [
            { id: 'p1', fee: 'fee for 10', duty: 'duty for 100000', toll: 'toll for 100' },
            { id: 'p2', fee: 'fee for 25', duty: 'duty for 250000', toll: 'toll for 250' },
          ],
        },
      },
      {
        query:
          '{ parcel(id: "p1") { weight(unit: "mg") fee w: weight toll weight2: weight(unit: "dg") } }',
        data: {
          parcel: { weight: 100000, fee: 'fee for 10', w: 100, toll: 'toll for 100', weight2: 10 },
        },
      },
      {
        query: '{ parcel(id: "p2") { space volume duty box { side(unit: "g") } weight } }',
        data: {
          parcel: {
            space: '25 in 50',
            volume: '500000 wide',
            duty: 'duty for 250000',
            box: { side: 500 },
            weight: 250,
          },
        },
      },
      {
        query:
          'query ($n: Int = 1) { parcels { postage stamps(first: $n) { id } beside neighbour { weight } } }',
        data: {
          parcels: [
            {
              postage: 6,
              stamps: [{ id: 'p1a' }],
              beside: 'beside 250000',
              neighbour: { weight: 250 },
            },
            {
              postage: 6,
              stamps: [{ id: 'p2a' }],
              beside: 'beside 100000',
              neighbour: { weight: 100 },
            },
          ],
        },
      },
      {
        query: '{ parcels { weight: postage stamps: fee fee: duty } }',
        data: {
          parcels: [
            { weight: 6, stamps: 'fee for 10', fee: 'duty for 100000' },
            { weight: 6, stamps: 'fee for 25', fee: 'duty for 250000' },
          ],
        },
      },
    ],
  },
  {
    name: 'keys that a subgraph names and does not resolve',
    subgraphs: {
      wards: {
        typeDefs: `${federation('2.5', '@key', '@requires', '@external')}
          type Query { clinic: Clinic }
          type Clinic @key(fields: "id") { id: ID! beds: [Bed!]! }
          type Bed
            @key(fields: "place { floor room }", resolvable: false)
            @key(fields: "code place { room side }")
            @key(fields: "tag", resolvable: false)
            @key(fields: "code", resolvable: false) {
            code: ID! tag: ID! place: Place! label: String! @external shown: String! @requires(fields: "label") }
          type Place { floor: ID! room: ID! side: ID! }`,
        resolvers: {
          Query: {
            clinic: () => ({
              id: 'c1',
              beds: [{ code: 'b1', tag: 't1', place: { floor: 'f', room: 'r', side: 's' } }],
            }),
          },
          Bed: {
            __resolveReference: (reference: { code?: string; place?: { side?: string } }) =>
              reference.code && reference.place?.side ? reference : null,
            shown: ({ label }: { label: string }) => `shown ${label}`,
          },
        },
      },
      labels: {
        typeDefs: `${federation('2.5', '@key')}
          type Bed
            @key(fields: "code")
            @key(fields: "tag", resolvable: false)
            @key(fields: "place { floor room }", resolvable: false)
            @key(fields: "code place { room side }", resolvable: false) {
            code: ID! tag: ID! place: Place! label: String! }
          type Place { floor: ID! room: ID! side: ID! }`,
        resolvers: {
          Bed: {
            __resolveReference: ({ code }: { code: string }) => ({
              code,
              label: `label of ${code}`,
            }),
          },
        },
      },
    },
    operations: [
      {
        query: '{ clinic { id beds { code label shown } } }',
        data: {
          clinic: {
            id: 'c1',
            beds: [{ code: 'b1', label: 'label of b1', shown: 'shown label of b1' }],
          },
        },
      },
    ],
  },
];
