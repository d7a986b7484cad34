import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of all operations in the pages, and the documents that the hub may trust by their hash. */
const config: CodegenConfig = {
  schema: 'generated/schema.graphql',
  documents: ['pages/**/*.{ts,tsx}', 'frame/**/*.{ts,tsx}', 'graph/**/*.{ts,tsx}'],
  silent: true,
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256', hashPropertyName: 'hash' },
      },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
        scalars: {
          CountryCode: 'string',
          Date: 'string',
          DateTime: 'string',
          EmailAddress: 'string',
          LanguageTag: 'string',
          PartialDate: 'string',
          URL: 'string',
        },
      },
    },
  },
};

export default config;
