import {
  CountryCodeScalar,
  DateScalar,
  DateTimeScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  PartialDateScalar,
  UrlScalar,
} from '@hub/shared/graphql';
import {
  Kind,
  parse,
  typeFromAST,
  validate,
  valueFromASTUntyped,
  type GraphQLInputType,
  type GraphQLScalarType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Places } from './formats/feature-collection.js';
import type { Input } from './read-arguments.js';

/** The formats that have documents, by file extension. */
const documentFormats = ['ics', 'atom', 'geojson', 'graphml', 'json', 'html'] as const;
type DocumentFormat = (typeof documentFormats)[number];

/** A query whose response becomes a file. Its aliases name the parts of the file. */
export interface ExportDocument {
  /** `name.format` */
  readonly fileName: string;
  readonly format: DocumentFormat;
  readonly text: string;
}

/** What the exports of one network need besides its schema. */
export interface ExportContent {
  readonly documents: readonly ExportDocument[];
  readonly places: Places;
  /** Scalars with a known form, so that errors can name the invalid argument. */
  readonly scalars: readonly GraphQLScalarType[];
}

export const noContent: ExportContent = {
  documents: [],
  places: { source: '', precision: '', places: [] },
  scalars: [],
};

const networkScalars = [
  DateScalar,
  DateTimeScalar,
  PartialDateScalar,
  CountryCodeScalar,
  LanguageTagScalar,
  UrlScalar,
  EmailAddressScalar,
];

/** Reads `<name>.<format>.graphql` and `places.json` from a folder. */
export function readExportContent(folder: string): ExportContent {
  const documents = readdirSync(folder).flatMap((file): ExportDocument[] => {
    const [, fileName, ending] = /^(\w+\.(\w+))\.graphql$/.exec(file) ?? [];
    const format = documentFormats.find((known) => known === ending);
    if (fileName === undefined || !format) return [];
    return [{ fileName, format, text: readFileSync(join(folder, file), 'utf8') }];
  });
  const places = JSON.parse(readFileSync(join(folder, 'places.json'), 'utf8')) as Places;
  return { documents, places, scalars: networkScalars };
}

function operationOf({ fileName, text }: ExportDocument): OperationDefinitionNode {
  const [definition, ...others] = parse(text).definitions;
  if (
    others.length > 0 ||
    definition?.kind !== Kind.OPERATION_DEFINITION ||
    definition.operation !== 'query'
  ) {
    throw new Error(`${fileName}: the document must have exactly one query.`);
  }
  return definition;
}

/** Why a document is invalid for this schema. Empty if it is valid. */
export function findErrors(schema: GraphQLSchema, document: ExportDocument): readonly string[] {
  try {
    operationOf(document);
  } catch (error) {
    return [(error as Error).message];
  }
  return validate(schema, parse(document.text)).map(({ message }) => message);
}

/** The inputs of a document. */
export function inputsOf(schema: GraphQLSchema, document: ExportDocument): Input[] {
  const { variableDefinitions = [] } = operationOf(document);
  return variableDefinitions.flatMap(({ variable, type, defaultValue }): Input[] => {
    const known = typeFromAST(schema, type) as GraphQLInputType | undefined;
    if (!known) return [];
    return [
      {
        name: variable.name.value,
        type: known,
        defaultValue: defaultValue && valueFromASTUntyped(defaultValue),
      },
    ];
  });
}
