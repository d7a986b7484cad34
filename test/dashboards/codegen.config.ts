/** The custom scalars of the graph. Each is a text in JSON; its form is in `@specifiedBy`. */
const scalars = {
  CountryCode: 'string',
  Date: 'string',
  DateTime: 'string',
  EmailAddress: 'string',
  LanguageTag: 'string',
  PartialDate: 'string',
  URL: 'string',
};

/** A `CodegenConfig` of `@graphql-codegen/cli`: what a dashboard outside this clone would write, with the schema from `/graphql/schema.graphql`. */
const config = {
  schema: 'gateway/explorer/generated/schema.graphql',
  documents: ['test/dashboards/events.graphql'],
  generates: {
    'test/dashboards/events.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        strictScalars: true,
        scalars,
      },
    },
  },
};

export default config;
