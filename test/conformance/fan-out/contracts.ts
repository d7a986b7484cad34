/** A second schema that many partners serve: the branches of a library, each over its own copies. */
export const branchContract = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

  directive @route(by: String!) on FIELD_DEFINITION | OBJECT
  directive @gather(orderBy: [String!], narrowBy: [String!], ownerOnly: [String!], orders: [[String!]!]) on FIELD_DEFINITION

  type Query {
    copy(id: ID!): Copy @route(by: "id")
    opening(branch: Branch!): String @route(by: "branch")
    copies(filter: CopyFilter, first: Int = 5, after: String, last: Int, before: String, orderBy: CopyOrder = SHELF): CopyConnection
      @gather(orderBy: ["shelf", "id"], narrowBy: ["filter.branch", "filter.copy"], ownerOnly: ["orderBy.READER"], orders: [["ISBN", "isbn", "id"], ["READER", "lentTo", "id"]])
    shelves(branch: Branch): [Shelf!] @gather(orderBy: ["rank", "id"], narrowBy: ["branch"])
    loans: Int @gather
  }
  type Mutation { lend(input: LendInput!): Copy @route(by: "input.copy") }

  enum Branch { NORTH SOUTH EAST }
  enum CopyOrder { SHELF ISBN READER }
  input CopyFilter { branch: Branch copy: ID lent: Boolean }
  input LendInput { copy: ID! reader: String! }

  interface Thing { id: ID! }
  type Copy implements Thing @key(fields: "id") @route(by: "id") { id: ID! shelf: String isbn: ID! lentTo: String }
  type CopyEdge { cursor: String! node: Copy! }
  type CopyConnection { edges: [CopyEdge!]! nodes: [Copy!]! pageInfo: PageInfo! totalCount: Int countAtLeast: Int! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Shelf implements Thing @key(fields: "id") @route(by: "id") { id: ID! rank: Int copies: [Copy!]! }
  type Book @key(fields: "isbn") { isbn: ID! copies: [Copy!] @gather(orderBy: ["id"]) copyCount: Int @gather }
`;

/** One partner alone serves this one. */
export const catalogueContract = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])

  type Query { book(isbn: ID!): Book books: [Book!] shown: [Thing] }
  interface Thing { id: ID! }
  type Book @key(fields: "isbn") { isbn: ID! title: String! copyCount: Int @external isRare: Boolean @requires(fields: "copyCount") }
  type Copy implements Thing @key(fields: "id") { id: ID! isbn: ID! @external book: Book @requires(fields: "isbn") }
  type Shelf implements Thing @key(fields: "id", resolvable: false) { id: ID! }
`;
