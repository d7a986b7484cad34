import { signal } from '@preact/signals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { settings } from '../../../frame/settings.ts';

/** For each field, its owners (contracts) and who reads it there, in words. */
type FieldFacts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `off`: this hub does not publish its schema. */
export type SchemaState = 'loading' | 'ready' | 'off' | 'failed';

export const schemaState = signal<SchemaState>('loading');
export const schema = signal<GraphQLSchema | undefined>(undefined);
/** Here as soon as the schema has its descriptions. */
export const fieldFacts = signal<FieldFacts | undefined>(undefined);

async function fetchOk(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

const fetchText = async (path: string) => (await fetchOk(path)).text();

/** Loads the names and types of the schema, once. To check and complete an operation needs no more. */
export async function loadSchema(): Promise<void> {
  if (schema.value) return;
  if (!settings.value.hasSchema) {
    schemaState.value = 'off';
    return;
  }
  try {
    const text = await fetchText('/graphql/bare-schema.graphql');
    schema.value ??= buildSchema(text, { assumeValid: true });
    schemaState.value = 'ready';
  } catch {
    schemaState.value = 'failed';
  }
}

async function fetchDescriptions(): Promise<void> {
  const [text, facts] = await Promise.all([
    fetchText('/graphql/schema.graphql'),
    fetchText('/graphql/field-facts.json'),
  ]);
  schema.value = buildSchema(text, { assumeValid: true });
  fieldFacts.value = JSON.parse(facts) as FieldFacts;
  schemaState.value = 'ready';
}

let described: Promise<void> | undefined;

/** Loads the descriptions, and what is known of the fields, once. */
export async function loadDescriptions(): Promise<void> {
  if (!settings.value.hasSchema) return;
  described ??= fetchDescriptions();
  try {
    await described;
  } catch (error) {
    described = undefined;
    throw error;
  }
}
