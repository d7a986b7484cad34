import type { CodegenConfig } from '@graphql-codegen/cli';

/** What a dashboard outside this clone would write, with the schema from `/graphql/schema.graphql`. */
const config: CodegenConfig = {
  schema: 'gateway/explorer/schema.graphql',
  documents: ['test/dashboards/events.graphql'],
  generates: {
    'test/dashboards/events.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        scalars: { PartialDate: 'string' },
      },
    },
  },
};

export default config;
