import { describe, expect, it } from 'vitest';
import { inputs } from '../../generated/inputs.ts';
import { mutations } from '../../generated/mutations.ts';
import { isFinal } from '../../parts/form/final.ts';
import type { InputField } from '../../parts/form/input-field.ts';
import words from '../../words/forms/en.json' with { type: 'json' };
import { bodyForms } from './body-rows.ts';
import type { FormMutation, FormRow } from './form-row.ts';
import { knowledgeForms } from './knowledge-rows.ts';
import { otherForms } from './other-rows.ts';
import { peopleForms } from './people-rows.ts';
import { planningForms } from './planning-rows.ts';

const forms = Object.entries<FormRow>({
  ...planningForms,
  ...otherForms,
  ...peopleForms,
  ...bodyForms,
  ...knowledgeForms,
});
const texts: Readonly<Record<string, string>> = words.forms;

describe.each(forms)('the form %s', (name, row) => {
  const { fields, fixed, required = [], choices = {}, words: named = name } = row;
  const input = mutations[row.sends ?? (name as FormMutation)].input;
  const all = inputs[input] ?? [];
  const shown = fields.flatMap((field) => all.find((one) => one.name === field) ?? []);
  const own = Object.keys({ ...fixed({}, ''), ...row.added?.({}, {} as never) });

  it('asks for fields of its input alone, and sends all that the input requires', () => {
    expect(shown.map((field) => field.name)).toEqual(fields);
    // What is required of each item of a list is a field of the list’s type.
    const known = shown.flatMap(({ name: list, type }) => [
      list,
      ...(inputs[type] ?? []).map((inner) => `${list}.${inner.name}`),
    ]);
    const typedAt = Object.entries(row.typed ?? {}).flat();
    for (const field of [...required, ...typedAt]) expect(known).toContain(field);
    const needed = all.filter(({ isRequired }) => isRequired).map((field) => field.name);
    expect([...fields, ...own]).toEqual(expect.arrayContaining(needed));
  });

  it('never asks for an id, nor for a version', () => {
    const asked = (field: InputField, at: string): string[] => {
      const inner = inputs[field.type];
      if (inner) return inner.flatMap((one) => asked(one, `${at}.${one.name}`));
      const isBare = field.type === 'ID' && !(at in choices);
      return isBare || /version/i.test(field.name) ? [at] : [];
    };
    expect(shown.flatMap((field) => asked(field, field.name))).toEqual([]);
  });

  it('has the colour of danger exactly if it says that nobody can undo it', () => {
    const says = /cannot be (undone|brought back)|is final/.test(texts[`${named}_lead`] ?? '');
    expect(isFinal(named)).toBe(says);
  });

  it('says what it is, what happens, what its button does, and what was done', () => {
    for (const part of ['', '_lead', '_send', '_done'])
      expect(texts[`${named}${part}`]).toBeTruthy();
  });
});
