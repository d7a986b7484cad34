import { signal } from '@preact/signals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { settings } from '../../../frame/settings.ts';

/** For each field, its owners (contracts) and who reads it there, in words. */
type FieldFacts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `off`: this hub does not publish its schema. */
export type SchemaState = 'loading' | 'ready' | 'off' | 'failed';

export const schemaState = signal<SchemaState>('loading');
export const schema = signal<GraphQLSchema | undefined>(undefined);
export const fieldFacts = signal<FieldFacts>({});

async function fetchOk(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

/** Loads the schema and what is known of its fields, once. */
export async function loadSchema(): Promise<void> {
  if (schema.value) return;
  if (!settings.value.hasSchema) {
    schemaState.value = 'off';
    return;
  }
  try {
    const [text, facts] = await Promise.all([
      fetchOk('/graphql/schema.graphql').then((response) => response.text()),
      fetchOk('/graphql/field-facts.json').then((response) => response.json()),
    ]);
    fieldFacts.value = facts as FieldFacts;
    schema.value = buildSchema(text, { assumeValid: true });
    schemaState.value = 'ready';
  } catch {
    schemaState.value = 'failed';
  }
}
