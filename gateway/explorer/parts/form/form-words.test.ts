import { buildSchema, isInputObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inputs } from '../../generated/inputs.ts';
import { mutations } from '../../generated/mutations.ts';
import words from '../../words/forms/en.json' with { type: 'json' };

const schemaFile = new URL('../../generated/schema.graphql', import.meta.url);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));

const labels: Readonly<Record<string, string>> = words.labels;
const hints: Readonly<Record<string, string>> = words.hints;

/** What the pages know themselves, and so never ask for. */
const sent =
  /version$|^(idempotencyKey|nomination|assignment|hosting|stop|id|event|statement|about|link)$/i;

/** The input types of all forms, with those inside them. */
const inputNames = new Set<string>();
const add = (input: string): void => {
  if (inputNames.has(input)) return;
  inputNames.add(input);
  for (const { type } of inputs[input] ?? []) if (type in inputs) add(type);
};
for (const { input } of Object.values(mutations)) add(input);

describe('the texts of forms', () => {
  it('have a label for each field that a form can ask for', () => {
    const missing = [...inputNames].flatMap((input) =>
      (inputs[input] ?? [])
        .filter(({ name }) => !sent.test(name))
        .filter(({ name }) => !labels[`${input.replace(/Input$/, '')}_${name}`] && !labels[name])
        .map(({ name }) => `${input}.${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('are none of the descriptions of the schema', () => {
    const descriptions = new Set(
      Object.values(schema.getTypeMap())
        .filter(isInputObjectType)
        .flatMap((type) => Object.values(type.getFields()))
        .map(({ description }) => description),
    );
    const copied = [...Object.values(labels), ...Object.values(hints)].filter((text) =>
      descriptions.has(text),
    );
    expect(descriptions.size).toBeGreaterThan(100);
    expect(copied).toEqual([]);
  });
});
