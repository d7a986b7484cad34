// Plain JavaScript: build.mjs runs it. The types of all operations in the pages, and the documents
// that the hub may trust by their hash.
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse } from 'graphql';
import * as fs from 'node:fs';
import { join } from 'node:path';

const config = {
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
};

const presetConfig = {
  fragmentMasking: false,
  persistedDocuments: { hashAlgorithm: 'sha256', hashPropertyName: 'hash' },
};

/** The operations of a source file: graphql(`…`). */
const readDocuments = (file) =>
  [...fs.readFileSync(file, 'utf8').matchAll(/\bgraphql\(`([^`]*)`\)/g)].map(([, rawSDL]) => ({
    location: file,
    rawSDL,
    document: parse(rawSDL),
  }));

/**
 * @param {readonly string[]} sources
 * @param {readonly string[]} operations of the forms, which no source has
 * @param {string} generated the folder with `schema.graphql`, to which the types are written
 */
export async function generateTypes(sources, operations, generated) {
  const schema = parse(fs.readFileSync(join(generated, 'schema.graphql'), 'utf8'));
  const schemaAst = buildASTSchema(schema);
  const ofForms = operations.map((rawSDL) => ({
    location: 'forms',
    rawSDL,
    document: parse(rawSDL),
  }));
  const documents = [...sources.flatMap(readDocuments), ...ofForms];
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: `${generated}/`,
    schema,
    schemaAst,
    documents,
    config,
    presetConfig,
    plugins: [],
    pluginMap: {},
  });
  for (const section of sections)
    fs.writeFileSync(section.filename, await codegen({ ...section, schemaAst }));
}
