import {
  CountryCodeScalar,
  DateScalar,
  DateTimeScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  PartialDateScalar,
  UrlScalar,
} from '@hub/shared/scalars';
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
import type { Places } from './feature-collection.js';
import type { Input } from './read-arguments.js';

/** The formats that documents are written for, by the end of a file’s name. */
const documentFormats = ['ics', 'geojson'] as const;
type DocumentFormat = (typeof documentFormats)[number];

/** A query of ours whose answer is a file: its aliases say what of the answer is what of the file. */
export interface ExportDocument {
  /** `name.format` */
  readonly fileName: string;
  readonly format: DocumentFormat;
  readonly text: string;
}

/** What exports of one network are made of, beside its graph. */
export interface ExportContent {
  readonly documents: readonly ExportDocument[];
  readonly places: Places;
  /** Scalars whose forms are known, so that it can be said which argument is not of its form. */
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
    throw new Error(`${fileName}: the document has to be one query.`);
  }
  return definition;
}

/** Why a document cannot be asked of this schema; nothing where it can. */
export function findFaults(schema: GraphQLSchema, document: ExportDocument): readonly string[] {
  try {
    operationOf(document);
  } catch (error) {
    return [(error as Error).message];
  }
  return validate(schema, parse(document.text)).map(({ message }) => message);
}

/** What a document takes. */
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
